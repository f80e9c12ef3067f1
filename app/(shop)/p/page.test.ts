/** What the page of a product says before the cart, and what a search that finds nothing offers, by the pages themselves. */
import { eq } from "drizzle-orm";
import { beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast, guest } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import {
  categories,
  optionValues,
  productImages,
  productOptions,
  variantOptionValues,
} from "@/db/schema/catalog";
import { settings } from "@/db/schema/settings";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { OWN } from "@/db/testing/next/headers";
import { addToCart } from "@/lib/actions/cart";
import SearchPage from "../search/page";
import VariantRoute from "./[slug]/[sku]/page";
import ProductRoute from "./[slug]/page";

// What comes late is asked for by `require` on a server, which is the bundler's.
vi.hoisted(() => Object.assign(globalThis, { window: globalThis }));
vi.mock("@/components/ui/late", () => ({ late: () => null, Late: () => null }));

let world: Cast;
beforeAll(async () => {
  Reflect.deleteProperty(globalThis, "window");
  world = await cast();
  await comeAs(null);
  await db.update(settings).set({ returnWindowDays: 21 });
});

const product = (slug: string) => pageOf(ProductRoute as unknown as Page, {}, { slug });
const variant = (slug: string, sku: string) => pageOf(VariantRoute as unknown as Page, {}, { slug, sku });

it("says arrival, delivery, returns and stock before anything goes into the cart", async () => {
  const small = wordsOf(await variant(world.print.slug, "PRINT-S"));
  expect(small).toContain(
    "In stock\nArrives in 1 to 3 working days\nDelivery to Ireland\n€4.90, free over €100\n",
  );
  expect(small).toContain("Returns\n21 days, from your order page");
  expect(small.split("\n")).toEqual(expect.arrayContaining(["€29", "Tax included."]));

  const large = world.print.variantIds[1] ?? "";
  await order(guest(), [{ variantId: large, quantity: 4 }]);
  expect(wordsOf(await variant(world.print.slug, "PRINT-L"))).toContain("Only a few left\nArrives");
  await order(guest(), [{ variantId: large, quantity: 1 }]);
  const out = wordsOf(await variant(world.print.slug, "PRINT-L"));
  expect(out).toContain("Sold out");
  expect(out).not.toMatch(/Arrives|Add to cart/);
});

it("leads who pressed too late without scripts back to the page that is kept, which says so", async () => {
  const page = `/p/${world.print.slug}/PRINT-L`;
  const html = await variant(world.print.slug, "PRINT-S");
  const press = (variantId: string, quantity: string, referer: string) => {
    Object.assign(OWN, { referer });
    return sendForm(html.replace(/<\/?noscript>/g, ""), "Add to cart", addToCart, { variantId, quantity });
  };
  const [small = "", large = ""] = world.print.variantIds;
  expect(await press(large, "1", `${OWN.origin}${page}?from=mail`)).toEqual({ to: `${page}#sold-meanwhile` });
  expect(html).toMatch(/<p id="sold-meanwhile" class="hidden [^"]*target:block">The last one was sold/);
  // What depends on what was asked for is said on a page of its own, as is anything pressed elsewhere.
  expect(await press(small, "900", `${OWN.origin}${page}`)).toMatchObject({ message: /^Only 10 of Print/ });
  expect(await press(large, "1", "https://elsewhere.example/p")).toMatchObject({ message: /is sold out/ });
  Reflect.deleteProperty(OWN, "referer");
});

it("shows where it belongs and what goes with it, but not itself", async () => {
  const html = await product(world.mug.slug);
  const [trail = ""] = /<nav aria-label="Breadcrumb".*?<\/nav>/s.exec(html) ?? [];
  expect(trail).toContain('href="/c/objects"');
  expect(wordsOf(trail)).toBe("Objects\n/\nMug One");
  const related = html.slice(html.indexOf("Goes with it"));
  const names = [...related.matchAll(/href="\/p\/([a-z-]+)/g)].map(([, slug]) => slug);
  expect(new Set(names)).toEqual(new Set([world.print.slug, world.tote.slug]));
});

it("shows the pictures of the variant that the address names", async () => {
  const { id: productId, variantIds, slug } = world.print;
  const option = newId();
  await db.insert(productOptions).values({ id: option, productId, name: "Size" });
  for (const [i, size] of ["small", "large"].entries()) {
    const optionValueId = newId();
    await db.insert(optionValues).values({ id: optionValueId, optionId: option, value: size, position: i });
    await db.insert(variantOptionValues).values({ variantId: variantIds[i] ?? "", optionValueId });
    const picture = { key: `${size}.webp`, alt: `The ${size} one`, width: 1_200, height: 1_200 };
    await db
      .insert(productImages)
      .values({ id: newId(), productId, optionValueId, position: i, isPrimary: i === 0, ...picture });
  }
  const shown = async (sku: string) =>
    /<ul[^>]*aria-label="Pictures of Print One".*?<\/ul>/s.exec(await variant(slug, sku))?.[0] ?? "";
  expect(await shown("PRINT-L")).toContain("large.webp");
  expect(await shown("PRINT-L")).not.toContain("small.webp");
  expect(await shown("PRINT-S")).toContain("small.webp");
});

it("offers the nearest category and what others take where a search finds nothing, and keeps the words", async () => {
  await db.insert(categories).values({ id: newId(), name: "Lanterns", slug: "lanterns", path: "lanterns" });
  const html = await pageOf(SearchPage as unknown as Page, { q: "lantrens" });
  const words = wordsOf(html);
  expect(words).toContain("No line crosses here.");
  expect(words).toMatch(/Perhaps in\s+Lanterns/);
  expect(html).toContain('href="/c/lanterns"');
  expect(html).toMatch(/<input[^>]*name="q"[^>]*value="lantrens"/);
  expect(words.slice(words.indexOf("What others take home"))).toContain("Mug One");
  await db.update(categories).set({ isActive: false }).where(eq(categories.path, "lanterns"));
  expect(await pageOf(SearchPage as unknown as Page, { q: "lantrens" })).not.toContain("/c/lanterns");
});
