/** Structured data of a product, as schema.org names it and Google reads it (structured-rules.ts holds their lists). */
import { mediaPath, openingVariant, productPath, shotsFor, type Variant } from "@/lib/domain/catalog";
import { gtinOf } from "@/lib/domain/gtin";
import { toDecimal } from "@/lib/domain/money";
import type { ProductView } from "@/lib/queries/catalog/product";
import type { Store } from "@/lib/queries/settings";
import { returnPolicy } from "./structured-shop";

type Node = Readonly<Record<string, unknown>>;

/** What Google lets variants differ by; an option of another name is told as a property of the variant. */
const VARIES_BY: Readonly<Record<string, string>> = {
  color: "color",
  colour: "color",
  size: "size",
  material: "material",
  pattern: "pattern",
};
const RETURNS = "#returns";
const DELIVERY = "#delivery";
const FREE_DELIVERY = "#delivery-free";
const REVIEWS_TOLD = 5;

/**
 * A product with its offers, its rating and its latest reviews: a `Product`, or a `ProductGroup` of several variants.
 * What all offers share (delivery, returns) is told once and named by them. `site` is the shop's address.
 */
export function productData(product: ProductView, store: Store, site: string): Node {
  const { slug, name, variants } = product;
  const [only] = variants;
  const page = `${site}${productPath(slug)}`;
  const common = {
    name,
    description: descriptionOf(product),
    url: page,
    brand: { "@type": "Brand", name: product.owner.name },
    ...rated(product),
  };
  const image = picturesOf(product, openingVariant(variants), site);
  if (only && variants.length === 1)
    return graph(store, [only], {
      "@type": "Product",
      ...common,
      image,
      sku: only.sku,
      ...identified(only),
      offers: offerOf(only, product, store, page),
    });
  const names = product.options.map((option) => VARIES_BY[option.name.toLowerCase()]);
  return graph(store, variants, {
    "@type": "ProductGroup",
    ...common,
    ...(image.length > 0 && { image }),
    productGroupID: slug,
    variesBy: names.flatMap((kind) => (kind ? [`https://schema.org/${kind}`] : [])),
    hasVariant: variants.map((variant) => ({
      "@type": "Product",
      name: variant.title ? `${name}, ${variant.title}` : name,
      sku: variant.sku,
      ...identified(variant),
      // The group tells them all; twenty variants with all of theirs were a tenth of the page.
      image: picturesOf(product, variant, site).slice(0, 1),
      ...valuesOf(product, variant),
      offers: offerOf(variant, product, store, `${site}${productPath(slug, variant.sku)}`),
    })),
  });
}

function graph(store: Store, variants: readonly Variant[], main: Node): Node {
  const isFree = variants.map((variant) => deliveredFree(variant, store));
  return {
    "@context": "https://schema.org",
    "@graph": [
      main,
      { "@id": RETURNS, ...returnPolicy(store) },
      ...(isFree.includes(false) ? deliveryOf(store, DELIVERY, store.delivery?.amount) : []),
      ...(isFree.includes(true) ? deliveryOf(store, FREE_DELIVERY, 0) : []),
    ],
  };
}

/** The text of a product for machines: what its owner wrote for search engines, otherwise its own words. */
export const descriptionOf = (product: ProductView): string =>
  product.metaDescription || product.description[0] || product.subtitle || product.name;

function offerOf(variant: Variant, { owner }: ProductView, store: Store, url: string): Node {
  return {
    "@type": "Offer",
    url,
    price: toDecimal(variant.amount, store.currency),
    priceCurrency: store.currency,
    ...struck(variant, store),
    availability: `https://schema.org/${availabilities[variant.band]}`,
    itemCondition: "https://schema.org/NewCondition",
    seller: { "@type": "Organization", name: owner.name },
    hasMerchantReturnPolicy: { "@id": RETURNS },
    ...(store.delivery && {
      shippingDetails: { "@id": deliveredFree(variant, store) ? FREE_DELIVERY : DELIVERY },
    }),
  };
}

/** The former price, where the page strikes one: Google takes the unmarked price of the offer for the one that is asked. */
function struck({ wasAmount }: Variant, { currency }: Store): Node {
  if (wasAmount === null) return {};
  return {
    priceSpecification: {
      "@type": "UnitPriceSpecification",
      priceType: "https://schema.org/StrikethroughPrice",
      price: toDecimal(wasAmount, currency),
      priceCurrency: currency,
    },
  };
}

const availabilities = { in: "InStock", low: "LimitedAvailability", out: "OutOfStock" } as const;

const deliveredFree = ({ amount }: Variant, { delivery }: Store): boolean =>
  delivery?.freeOverAmount != null && amount >= delivery.freeOverAmount;

/** Delivery within the shop's own country; where else it delivers for how much stands in the merchant feed. */
function deliveryOf({ delivery, country, currency }: Store, id: string, amount: number | undefined): Node[] {
  if (!delivery || amount === undefined) return [];
  const days = (from: number, to: number) => ({
    "@type": "QuantitativeValue",
    minValue: from,
    maxValue: to,
    unitCode: "DAY",
  });
  return [
    {
      "@id": id,
      "@type": "OfferShippingDetails",
      shippingRate: {
        "@type": "MonetaryAmount",
        value: toDecimal(amount, currency),
        currency,
      },
      shippingDestination: { "@type": "DefinedRegion", addressCountry: country },
      deliveryTime: {
        "@type": "ShippingDeliveryTime",
        handlingTime: days(0, 1),
        transitTime: days(delivery.daysMin, delivery.daysMax),
      },
    },
  ];
}

function valuesOf({ options }: ProductView, variant: Variant): Node {
  const told: Record<string, unknown> = {};
  const others: Node[] = [];
  for (const [place, option] of options.entries()) {
    const value = option.values.find(({ id }) => id === variant.valueIds[place])?.value;
    const kind = VARIES_BY[option.name.toLowerCase()];
    if (value && kind) told[kind] = value;
    else if (value) others.push({ "@type": "PropertyValue", name: option.name, value });
  }
  return { ...told, ...(others.length > 0 && { additionalProperty: others }) };
}

function identified({ barcode }: Variant): Node {
  const gtin = gtinOf(barcode);
  return gtin ? { gtin } : {};
}

const picturesOf = ({ shots }: ProductView, variant: Variant | undefined, site: string): string[] =>
  shotsFor(shots, variant).map((shot) => `${site}${mediaPath(shot.key)}`);

function rated({ rating, ratingCount, reviews }: ProductView): Node {
  if (ratingCount === 0) return {};
  return {
    aggregateRating: {
      "@type": "AggregateRating",
      ratingValue: rating.toFixed(2),
      reviewCount: ratingCount,
    },
    review: reviews.slice(0, REVIEWS_TOLD).map((review) => ({
      "@type": "Review",
      author: { "@type": "Person", name: review.author },
      datePublished: review.on,
      reviewRating: { "@type": "Rating", ratingValue: review.rating, bestRating: 5, worstRating: 1 },
      ...(review.title && { name: review.title }),
      ...(review.comment && { reviewBody: review.comment }),
    })),
  };
}
