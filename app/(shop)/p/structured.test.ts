/** What a page of a product tells machines about its variants, from the database to the script in the page. */
import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, it, vi } from "vitest";
import { GET } from "@/app/feeds/google.xml/route";
import { faultsOf } from "@/components/catalog/structured-rules";
import { type Cast, cast, guest } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import {
  optionValues,
  productImages,
  productOptions,
  variantOptionValues,
  variants,
} from "@/db/schema/catalog";
import { settings } from "@/db/schema/settings";
import { comeAs, type Page, pageOf } from "@/db/testing/front-door";
import VariantRoute from "./[slug]/[sku]/page";
import ProductRoute from "./[slug]/page";

// What comes late is asked for by `require` on a server, which is the bundler's; nothing of it is told to machines.
vi.hoisted(() => Object.assign(globalThis, { window: globalThis }));
vi.mock("@/components/ui/late", () => ({ late: () => null, Late: () => null }));

let world: Cast;
beforeAll(async () => {
  Reflect.deleteProperty(globalThis, "window");
  world = await cast();
  await comeAs(null);
  const { id: productId, variantIds } = world.print;
  const [size, finish] = [newId(), newId()];
  await db.insert(productOptions).values([
    { id: size, productId, name: "Size", position: 0 },
    { id: finish, productId, name: "Finish", position: 1 },
  ]);
  for (const [i, value] of ["A4", "A2"].entries()) {
    const [sized, finished] = [newId(), newId()];
    await db.insert(optionValues).values([
      { id: sized, optionId: size, value, position: i },
      { id: finished, optionId: finish, value: `Finish ${i}`, position: i },
    ]);
    await db
      .insert(variantOptionValues)
      .values([sized, finished].map((optionValueId) => ({ variantId: variantIds[i] ?? "", optionValueId })));
  }
  await db
    .update(variants)
    .set({ barcode: "4006381333931" })
    .where(eq(variants.id, variantIds[0] ?? ""));
  await db.update(settings).set({ returnWindowDays: 30 });
});

type Node = Record<string, unknown>;
async function told(route: unknown, params: Record<string, string>): Promise<Node> {
  const html = await pageOf(route as Page, {}, params);
  const blocks = [...html.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g)].map(
    ([, text = ""]) => JSON.parse(text) as Node,
  );
  const graph = blocks.flatMap((block) => (block["@graph"] as Node[] | undefined) ?? []);
  // The cast has no pictures.
  for (const block of blocks)
    expect(faultsOf(block).filter((fault) => !fault.endsWith("without image"))).toEqual([]);
  return graph.find((node) => /^Product/.test(String(node["@type"]))) ?? {};
}

it("tells a group with an offer of its own for each variant: address, price, stock, what it differs by", async () => {
  await order(guest(), [{ variantId: world.print.variantIds[1] ?? "", quantity: 5 }]);
  const group = await told(ProductRoute, { slug: world.print.slug });
  expect(group).toMatchObject({
    "@type": "ProductGroup",
    name: "Print One",
    productGroupID: world.print.slug,
    url: `http://localhost:3000/p/${world.print.slug}`,
    // What Google has no word for is a property of the variant.
    variesBy: ["https://schema.org/size"],
  });
  // A price on the group beside those of its variants would be one too many.
  expect(group).not.toHaveProperty("offers");
  const all = group.hasVariant as Node[];
  const offer = (sku: string, price: string, availability: string) => ({
    "@type": "Offer",
    url: `http://localhost:3000/p/${world.print.slug}/${sku}`,
    price,
    priceCurrency: "EUR",
    availability: `https://schema.org/${availability}`,
    itemCondition: "https://schema.org/NewCondition",
    seller: { "@type": "Organization", name: "Line" },
    hasMerchantReturnPolicy: { "@id": "#returns" },
    shippingDetails: { "@id": "#delivery" },
  });
  expect(all).toHaveLength(2);
  expect(all[0]).toMatchObject({
    "@type": "Product",
    name: "Print One, Small",
    sku: "PRINT-S",
    gtin: "4006381333931",
    size: "A4",
    additionalProperty: [{ "@type": "PropertyValue", name: "Finish", value: "Finish 0" }],
    offers: offer("PRINT-S", "29.00", "InStock"),
  });
  expect(all[1]).toMatchObject({
    sku: "PRINT-L",
    size: "A2",
    offers: offer("PRINT-L", "49.00", "OutOfStock"),
  });
  expect(all[1]).not.toHaveProperty("gtin");
  // The page of one variant tells the same group: one product, however it is come upon.
  expect(await told(VariantRoute, { slug: world.print.slug, sku: "PRINT-L" })).toEqual(group);
});

it("tells a product alone where there is nothing to choose, and follows its price", async () => {
  await db
    .update(variants)
    .set({ price: sql`1990` })
    .where(eq(variants.id, world.mug.variantIds[0] ?? ""));
  const mug = await told(ProductRoute, { slug: world.mug.slug });
  expect(mug).toMatchObject({
    "@type": "Product",
    name: "Mug One",
    sku: "MUG",
    offers: { price: "19.90", availability: "https://schema.org/LimitedAvailability" },
  });
  expect(mug).not.toHaveProperty("hasVariant");
});

it("tells a former price as the page strikes it, to search engines and in the merchant feed alike", async () => {
  const { id: productId, slug, variantIds } = world.mug;
  await db
    .insert(productImages)
    .values({ id: newId(), productId, key: "mug.webp", alt: "A mug", width: 1_200, height: 1_200 });
  const asked = async (price: number) => {
    // It went from 18.00 to 19.90 a moment ago: what it cost within 30 days is struck, not what its owner wrote.
    await db
      .update(variants)
      .set({ price, compareAtPrice: 2_500 })
      .where(eq(variants.id, variantIds[0] ?? ""));
    const feed = await (await GET(new Request("http://localhost:3000/feeds/google.xml"))).text();
    const [item = ""] = /<g:id>MUG<.*?<g:shipping>/s.exec(feed) ?? [];
    return {
      struck: /<s [^>]*>([^<]*)/.exec(await pageOf(ProductRoute as unknown as Page, {}, { slug }))?.[1],
      offer: (await told(ProductRoute, { slug })).offers as Node,
      feed: [...item.matchAll(/<g:(?:sale_)?price>[^<]*/g)].map(([text]) => text),
    };
  };
  expect(await asked(1_500)).toMatchObject({
    struck: "€18",
    offer: {
      price: "15.00",
      priceCurrency: "EUR",
      priceSpecification: {
        "@type": "UnitPriceSpecification",
        priceType: "https://schema.org/StrikethroughPrice",
        price: "18.00",
        priceCurrency: "EUR",
      },
    },
    feed: ["<g:price>18.00 EUR", "<g:sale_price>15.00 EUR"],
  });
  const dear = await asked(1_900);
  expect(dear.struck).toBeUndefined();
  expect(dear.offer).toMatchObject({ price: "19.00" });
  expect(dear.offer).not.toHaveProperty("priceSpecification");
  expect(dear.feed).toEqual(["<g:price>19.00 EUR"]);
});
