import { expect, test } from "vitest";
import type { ProductView } from "@/lib/queries/catalog/product";
import type { Store } from "@/lib/queries/settings";
import { productData } from "./structured";
import { faultsOf } from "./structured-rules";
import { articleData, breadcrumbData, listData, shopData } from "./structured-shop";

const SITE = "https://shop.example";

const store: Store = {
  name: "Moiré",
  tagline: null,
  homeStatement: null,
  homeText: null,
  email: "shop@example.com",
  currency: "EUR",
  timeZone: "Europe/Berlin",
  seller: { name: "Moiré", address: null, taxNumber: null },
  bankDetails: null,
  country: "DE",
  countryName: "Germany",
  locale: "en-IE",
  pricesIncludeTax: true,
  returnWindowDays: 30,
  cashOnDelivery: true,
  maxLineQuantity: 20,
  delivery: { price: "€4.90", freeOver: "€80", amount: 490, freeOverAmount: 8_000, daysMin: 2, daysMax: 3 },
};

const variant = (sku: string, amount: number, valueIds: string[]) => ({
  id: sku,
  sku,
  title: valueIds.join(" / "),
  amount,
  price: "",
  was: null,
  wasAmount: null as number | null,
  unitPrice: null,
  weight: 300,
  barcode: "4006381333931",
  band: "in" as const,
  valueIds,
});

const product = (change: Partial<ProductView> = {}): ProductView =>
  ({
    id: "p",
    slug: "ring-cushion",
    name: "Ring cushion",
    subtitle: "Linen",
    description: ["Rings that </script><b>meet</b>."],
    details: [],
    metaTitle: null,
    metaDescription: null,
    owner: { id: "o", name: "Line Works", slug: "line-works", about: "" },
    trail: [],
    rating: 4.5,
    ratingCount: 2,
    distribution: [1, 1, 0, 0, 0],
    reviews: [
      {
        id: "r",
        author: "Ada",
        rating: 5,
        title: "Good",
        comment: "",
        isVerified: true,
        reply: null,
        on: "2026-11-01",
      },
    ],
    options: [
      {
        name: "Colour",
        values: [
          { id: "red", value: "Red", swatch: null },
          { id: "blue", value: "Blue", swatch: null },
        ],
      },
      { name: "Fill", values: [{ id: "down", value: "Down", swatch: null }] },
    ],
    variants: [variant("C-1", 5_900, ["red", "down"]), variant("C-2", 8_900, ["blue", "down"])],
    shots: [{ key: "a/b.webp", alt: "", backdrop: null, valueId: null }],
    related: [],
    isNew: false,
    ...change,
  }) as ProductView;

// biome-ignore lint/suspicious/noExplicitAny: the test looks into finished data.
const nodes = (data: unknown) => (data as any)["@graph"] as any[];

test("a product with variants says all that is required and recommended", () => {
  const data = productData(product(), store, SITE);
  expect(faultsOf(data)).toEqual([]);
  const [group, , paid, free] = nodes(data);
  expect(group).toMatchObject({
    "@type": "ProductGroup",
    productGroupID: "ring-cushion",
    variesBy: ["https://schema.org/color"],
    aggregateRating: { ratingValue: "4.50", reviewCount: 2 },
  });
  expect(group.hasVariant).toMatchObject([
    {
      sku: "C-1",
      color: "Red",
      gtin: "4006381333931",
      additionalProperty: [{ name: "Fill", value: "Down" }],
    },
    { sku: "C-2", offers: { price: "89.00", url: `${SITE}/p/ring-cushion/C-2` } },
  ]);
  // Over the sum from which delivery is free the offer says so.
  expect(group.hasVariant.map((one: { offers: unknown }) => one.offers)).toMatchObject([
    { shippingDetails: { "@id": paid["@id"] } },
    { shippingDetails: { "@id": free["@id"] } },
  ]);
  expect([paid.shippingRate.value, free.shippingRate.value]).toEqual(["4.90", "0.00"]);
});

test("a product of one variant is a Product", () => {
  const data = productData(
    product({ options: [], variants: [variant("C-1", 5_900, [])], ratingCount: 0, reviews: [] }),
    store,
    SITE,
  );
  expect(faultsOf(data)).toEqual([]);
  expect(nodes(data)[0]).toMatchObject({ "@type": "Product", sku: "C-1", offers: { price: "59.00" } });
  expect(nodes(data)[0].aggregateRating).toBeUndefined();
});

test("a former price is told beside the one that is asked, and only where there is one", () => {
  const cut = { ...variant("C-1", 5_900, ["red", "down"]), was: "€69", wasAmount: 6_900 };
  const data = productData(
    product({ variants: [cut, variant("C-2", 8_900, ["blue", "down"])] }),
    store,
    SITE,
  );
  expect(faultsOf(data)).toEqual([]);
  const [first, second] = nodes(data)[0].hasVariant;
  expect(first.offers).toMatchObject({
    price: "59.00",
    priceSpecification: {
      "@type": "UnitPriceSpecification",
      priceType: "https://schema.org/StrikethroughPrice",
      price: "69.00",
      priceCurrency: "EUR",
    },
  });
  expect(first.offers).not.toHaveProperty("priceType");
  expect(second.offers).not.toHaveProperty("priceSpecification");
});

test("shops without delivery or returns promise none; a barcode that is no trade number is not told", () => {
  const bare = { ...store, delivery: null, returnWindowDays: 0 };
  const odd = { ...variant("C-1", 5_900, []), barcode: "12345" };
  const data = productData(product({ options: [], variants: [odd] }), bare, SITE);
  expect(faultsOf(data)).toEqual(["@graph[0].offers: Offer without shippingDetails"]);
  expect(nodes(data)[0].gtin).toBeUndefined();
  expect(nodes(data)[1].returnPolicyCategory).toMatch(/NotPermitted$/);
});

test("shop, lists, trail and articles are whole", () => {
  const items = [{ name: "Mug", href: "/p/mug" }];
  for (const data of [
    shopData(store, SITE),
    listData({ name: "Cups", url: "/c/cups" }, items, SITE),
    breadcrumbData(items, SITE),
    articleData(
      { title: "Why", summary: "So", on: "2026-11-01", href: "/journal/why", picture: "/journal/a.svg" },
      store,
      SITE,
    ),
  ])
    expect(faultsOf(data)).toEqual([]);
});

test("the rules find what is missing, malformed, unknown or named in vain", () => {
  expect(
    faultsOf({
      "@context": "https://schema.org",
      "@type": "Offer",
      price: "12,50",
      shippingDetails: { "@id": "#x" },
    }),
  ).toEqual([
    ": Offer without priceCurrency",
    ": Offer without availability",
    ": Offer without url",
    ": Offer without itemCondition",
    ": Offer without hasMerchantReturnPolicy",
    ": Offer without seller",
    ": price is 12,50",
    "shippingDetails: #x is named and not there",
  ]);
  expect(faultsOf({ "@type": "Spaceship" })).toEqual(["no @context", ": Spaceship is no type that we know"]);
});
