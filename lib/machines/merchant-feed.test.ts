import { expect, test } from "vitest";
import type { ListedProduct } from "@/lib/queries/catalog/listing";
import type { Store } from "@/lib/queries/settings";
import { productItems } from "./merchant-feed";

const store = { name: "Moiré", currency: "EUR", country: "DE", locale: "en-IE" } as Store;
const zones = [
  {
    name: "Home",
    places: [{ country: "DE", region: null }],
    rates: [
      {
        name: "Parcel",
        kind: "flat" as const,
        amount: 490,
        rangeMin: null,
        rangeMax: null,
        freeOver: 5_000,
        daysMin: 2,
        daysMax: 3,
      },
    ],
  },
];
const variant = {
  sku: "C-1",
  title: "",
  amount: 4_100,
  was: 5_100,
  barcode: "4006381333931",
  weight: 300,
  band: "low" as const,
  valueIds: [],
  values: [],
};
const product: ListedProduct = {
  id: "p",
  slug: "cushion",
  name: "Cushion </item> & \u0000co",
  subtitle: "",
  description: ["Soft"],
  owner: "Line Works",
  trail: ["Textiles", "Cushions"],
  shots: [{ key: "a.webp", alt: "", backdrop: null, valueId: null }],
  variants: [variant],
};
const items = (change: Partial<ListedProduct> = {}, country = "DE") =>
  productItems({ ...product, ...change }, { store, zones, country, site: "https://shop.example" });

test("an item says price before and now, delivery, and nothing that could end it", () => {
  const item = items();
  for (const said of [
    "<g:title>Cushion &lt;/item&gt; &amp; co</g:title>",
    "<g:link>https://shop.example/p/cushion</g:link>",
    "<g:price>51.00 EUR</g:price>",
    "<g:sale_price>41.00 EUR</g:sale_price>",
    "<g:availability>in_stock</g:availability>",
    "<g:gtin>4006381333931</g:gtin>",
    "<g:service>Parcel</g:service><g:price>4.90 EUR</g:price>",
  ])
    expect(item).toContain(said);
  expect(item).not.toContain("item_group_id");
});

test("delivery is free from its sum on, and not told where the shop does not deliver", () => {
  expect(items({ variants: [{ ...variant, amount: 6_000, was: null }] })).toContain(
    "<g:price>0.00 EUR</g:price>",
  );
  expect(items({}, "FR")).not.toContain("<g:shipping>");
});

test("variants are a group; a product without a picture is left out", () => {
  const many = items({ variants: [variant, { ...variant, sku: "C-2", barcode: "x" }] });
  expect(many.match(/<g:item_group_id>cushion</g)).toHaveLength(2);
  expect(many).toContain("<g:link>https://shop.example/p/cushion/C-2</g:link>");
  expect(many).toContain("<g:identifier_exists>no</g:identifier_exists>");
  expect(items({ shots: [] })).toBe("");
});
