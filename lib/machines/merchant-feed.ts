/** The merchant feed: each variant as an item of RSS 2.0 with Google's attributes (support.google.com/merchants/answer/7052112). */
import { mediaPath, productPath, shotsFor } from "@/lib/domain/catalog";
import { gtinOf } from "@/lib/domain/gtin";
import { toDecimal } from "@/lib/domain/money";
import type { ListedProduct, ListedVariant } from "@/lib/queries/catalog/listing";
import type { Store } from "@/lib/queries/settings";
import { cheapestRate, type DeliveryZone } from "@/lib/queries/shipping";
import { element } from "./xml";

/** Lengths and counts that the specification allows. */
const MOST = { title: 150, description: 5_000, type: 750, pictures: 10 };

/** Option names that have an attribute of their own. */
const ATTRIBUTES: Readonly<Record<string, string>> = {
  color: "g:color",
  colour: "g:color",
  size: "g:size",
  material: "g:material",
  pattern: "g:pattern",
};

export interface FeedContext {
  readonly store: Store;
  readonly zones: readonly DeliveryZone[];
  /** Where the readers of this feed have things sent. */
  readonly country: string;
  /** The shop's address without a slash at its end. */
  readonly site: string;
}

/** The whole feed, batch by batch. */
export async function* merchantFeed(
  batches: AsyncGenerator<ListedProduct[]>,
  context: FeedContext,
): AsyncGenerator<string> {
  let head = headOf(context);
  for await (const products of batches) {
    yield head + products.map((product) => productItems(product, context)).join("");
    head = "";
  }
  yield `${head}</channel>\n</rss>\n`;
}

const headOf = ({ store, site }: FeedContext): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0">
<channel>
${element("title", store.name)}
${element("link", `${site}/`)}
${element("description", `Everything that ${store.name} sells.`)}
`;

/** The items of a product. One without a picture is left out: a picture is required. */
export function productItems(product: ListedProduct, context: FeedContext): string {
  return product.shots.length === 0
    ? ""
    : product.variants.map((variant) => item(product, variant, context)).join("");
}

function item(product: ListedProduct, variant: ListedVariant, context: FeedContext): string {
  const { store, site } = context;
  const { slug, name, trail, owner } = product;
  const isOneOfMany = product.variants.length > 1;
  const [picture, ...others] = shotsFor(product.shots, {
    ...variant,
    id: "",
    price: "",
    was: null,
    wasAmount: null,
    unitPrice: null,
  });
  const gtin = gtinOf(variant.barcode);
  const money = (amount: number) => `${toDecimal(amount, store.currency)} ${store.currency}`;
  const description = product.description.join("\n\n") || product.subtitle || name;
  return `<item>
${element("g:id", variant.sku)}
${element("g:title", (variant.title ? `${name}, ${variant.title}` : name).slice(0, MOST.title))}
${element("g:description", description.slice(0, MOST.description))}
${element("g:link", `${site}${productPath(slug, isOneOfMany ? variant.sku : undefined)}`)}
${picture ? element("g:image_link", `${site}${mediaPath(picture.key)}`) : ""}
${others
  .slice(0, MOST.pictures)
  .map((shot) => element("g:additional_image_link", `${site}${mediaPath(shot.key)}`))
  .join("")}
${element("g:availability", variant.band === "out" ? "out_of_stock" : "in_stock")}
${element("g:price", money(variant.was ?? variant.amount))}
${variant.was === null ? "" : element("g:sale_price", money(variant.amount))}
${element("g:brand", owner.slice(0, 70))}
${gtin ? element("g:gtin", gtin) : element("g:identifier_exists", "no")}
${element("g:condition", "new")}
${isOneOfMany ? element("g:item_group_id", slug.slice(0, 50)) : ""}
${element("g:product_type", trail.join(" > ").slice(0, MOST.type))}
${variant.weight > 0 ? element("g:shipping_weight", `${variant.weight} g`) : ""}
${attributesOf(variant)}
${shippingOf(variant, context)}
</item>
`.replace(/\n+/g, "\n");
}

function attributesOf({ values }: ListedVariant): string {
  return values
    .map(({ name, value }) => {
      const known = ATTRIBUTES[name.toLowerCase()];
      return known
        ? element(known, value.slice(0, 100))
        : `<g:product_detail>${element("g:attribute_name", name)}${element("g:attribute_value", value)}</g:product_detail>`;
    })
    .join("\n");
}

/** The cheapest delivery to the feed's country; nothing where the shop does not deliver there. */
function shippingOf(variant: ListedVariant, { zones, country, store }: FeedContext): string {
  const zone = zones.find(({ places }) => places.some((p) => p.country === country && p.region === null));
  const rate = zone && cheapestRate(zone, variant);
  if (!rate) return "";
  const price = `${toDecimal(rate.price, store.currency)} ${store.currency}`;
  const { name, daysMin, daysMax } = rate;
  return `<g:shipping>${element("g:country", country)}${element("g:service", name)}${element("g:price", price)}${element("g:min_transit_time", daysMin)}${element("g:max_transit_time", daysMax)}</g:shipping>`;
}
