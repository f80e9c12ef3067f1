/** A script as the shop's name, its statement and a SKU, saved by their forms: on pages, papers, mails and for machines they stay words. */
import type { NextRequest } from "next/server";
import { extractText, getDocumentProxy, getMeta } from "unpdf";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast, guest } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { runJobs } from "@/db/testing/orders";
import { editProduct } from "@/lib/actions/admin/catalog";
import { saveSettings } from "@/lib/actions/admin/settings";
import type { MailData, MailTemplate } from "@/lib/mail/messages";
import { render } from "@/lib/mail/render";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { sampleParts, samples } from "@/scripts/mail-samples";
import ShopLayout from "./(shop)/layout";
import InvoicePage from "./(shop)/orders/[number]/invoice/page";
import { GET as invoiceFile } from "./(shop)/orders/[number]/invoice.pdf/route";
import VariantRoute from "./(shop)/p/[slug]/[sku]/page";
import ProductRoute from "./(shop)/p/[slug]/page";
import HomePage from "./(shop)/page";
import AdminLayout from "./admin/layout";
import AdminOrder from "./admin/orders/[number]/page";
import SlipsPage from "./admin/orders/slips/page";
import { GET as slipsFile } from "./admin/orders/slips.pdf/route";
import AdminProduct from "./admin/products/[id]/page";
import AdminSettings from "./admin/settings/page";
import AdminStock from "./admin/stock/page";
import { GET as goods } from "./api/export/route";
import { GET as feed } from "./feeds/google.xml/route";
import GlobalNotFound from "./global-not-found";
import manifest from "./manifest";
import { GET as markdown } from "./markdown/product/[slug]/route";
import { GET as picture } from "./og/[...name]/route";

// They ask for their parts by `require`, which is the bundler's.
vi.mock("@/components/catalog/together-late", () => ({ Together: () => null }));
vi.mock("@/components/catalog/product-stage", () => ({ ProductStage: () => null }));
vi.mock("./fonts", () => ({ display: { variable: "" }, text: { variable: "" } }));
vi.mock("@/components/ui/late", () => ({ late: () => null, Late: () => null }));

/** Leaves an attribute, a tag and a script's string; begins as a formula. */
const NAME = `=1"'><script>window.named=1</script><img src=x onerror=window.named=1>`;
const STATEMENT = `=2"'><script>window.stated=1</script>`;
const SKU = `=3"'><script>window.sku=1</script>`;
const CODE = /<script>window|<img src=x|"'>|\]\]>/;

let world: Cast;
/** Delivered and billed. */
let bought: { orderId: string; number: string; key: string };

const drawn = (page: unknown, params = {}, query = {}) => pageOf(page as Page, query, params);
/** The page's HTML with the words in it and nothing of them as code. */
function safe(html: string, ...words: string[]): string {
  expect(html).not.toMatch(CODE);
  for (const each of words) expect(wordsOf(html)).toContain(each.replace(/\s+/g, " "));
  return html;
}
/** What a page tells search engines, read as they read it. */
const toldBy = (html: string): string =>
  JSON.stringify(
    [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(([, text = ""]) =>
      JSON.parse(text),
    ),
  );
const inJson = (words: string) => JSON.stringify(words).slice(1, -1);

beforeAll(async () => {
  world = await cast();
  await comeAs(world.id.admin);
  const settings = { storeName: NAME, homeStatement: STATEMENT };
  expect(
    await sendForm(await drawn(AdminSettings), 'aria-label="Settings"', saveSettings, settings),
  ).toHaveProperty("to");
  const editor = await drawn(AdminProduct, { id: world.mug.id });
  expect(await sendForm(editor, "In search engines", editProduct, { "variants.0.sku": SKU })).toHaveProperty(
    "to",
  );
  const [kept] = await sql`select store_name as name, home_statement as statement,
    (select sku from variants where id = ${world.mug.variantIds[0] ?? ""}) as sku from settings`;
  expect(kept).toEqual({ name: NAME, statement: STATEMENT, sku: SKU });
  // The feed has what can be shown alone.
  await sql`insert into product_images (id, product_id, key, alt, width, height, placeholder, is_primary)
    values (${newId()}, ${world.mug.id}, 'goods/mug.webp', 'A mug', 60, 40, '', true)`;
  bought = await order(guest(), [{ variantId: world.mug.variantIds[0] ?? "", quantity: 1 }], {
    method: "cash_on_delivery",
  });
  const { shipmentId } = await ship(world.line, bought.orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId: bought.orderId, shipmentId });
  await runJobs();
});

afterEach(() => vi.restoreAllMocks());

it("on the pages of the shop, and in what they tell search engines", async () => {
  await comeAs(null);
  const home = safe(await drawn(HomePage), STATEMENT);
  expect(toldBy(home)).toContain(inJson(NAME));
  safe(await drawn(ShopLayout), NAME, STATEMENT);
  safe(await drawn(GlobalNotFound), NAME);
  const { slug } = world.mug;
  for (const html of [await drawn(ProductRoute, { slug }), await drawn(VariantRoute, { slug, sku: SKU })])
    expect(toldBy(safe(html))).toContain(inJson(SKU));
});

it("in the back office", async () => {
  await comeAs(world.id.admin);
  safe(await drawn(AdminLayout), NAME);
  for (const html of [await drawn(AdminProduct, { id: world.mug.id }), await drawn(AdminSettings)])
    safe(html);
  safe(await drawn(AdminStock), SKU);
  safe(await drawn(AdminOrder, { number: bought.number }), SKU);
  safe(await drawn(SlipsPage, {}, { ids: bought.orderId }), NAME, SKU);
});

it("on papers, whose title and author are words as well", async () => {
  await comeAs(null);
  const { number, key } = bought;
  safe(await drawn(InvoicePage, { number }, { key }));
  const asked = new Request(`http://localhost:3000/orders/${number}/invoice.pdf?key=${key}`);
  const invoice = await invoiceFile(asked, { params: Promise.resolve({ number }) });
  await comeAs(world.id.admin);
  const slip = await slipsFile(
    new Request(`http://localhost:3000/admin/orders/slips.pdf?ids=${bought.orderId}`) as NextRequest,
  );
  for (const file of [invoice, slip]) {
    expect(file.headers.get("content-type")).toBe("application/pdf");
    const pdf = await getDocumentProxy(new Uint8Array(await file.arrayBuffer()));
    expect((await getMeta(pdf)).info).toMatchObject({ Author: NAME });
    expect((await extractText(pdf, { mergePages: true })).text.replace(/\s/g, "")).toContain(
      NAME.replace(/\s/g, ""),
    );
  }
});

it("in every mail", async () => {
  // The samples look for a picture in a running shop.
  vi.spyOn(globalThis, "fetch").mockImplementation(async () => new Response(""));
  for (const template of Object.keys(samples) as MailTemplate[]) {
    const data = samples[template] as MailData[typeof template];
    const parts = await sampleParts("http://localhost:3000", template, data);
    const { html, text, subject } = render({ ...parts, store: { ...parts.store, name: NAME } });
    expect(html, template).not.toMatch(/<script>window|<img src=x|"'>/);
    expect(html, template).toContain("&lt;script&gt;window.named=1&lt;/script&gt;");
    expect(`${subject}\n${text}`, template).toContain(NAME);
  }
});

it("for machines: feed, manifest, Markdown, the list of goods and the picture of a link", async () => {
  await comeAs(null);
  const xml = await (await feed(new Request("http://localhost:3000/feeds/google.xml"))).text();
  expect(xml).not.toMatch(CODE);
  expect(xml).toContain("&lt;script&gt;window.named=1&lt;/script&gt;");
  expect(xml).toContain("&lt;script&gt;window.sku=1&lt;/script&gt;");
  expect(await manifest()).toMatchObject({ name: NAME });
  const at = <P>(params: P) => ({ params: Promise.resolve(params) });
  const text = await markdown(
    new Request("http://localhost:3000/p/mug-one.md"),
    at({ slug: world.mug.slug }),
  );
  expect(text.headers.get("content-type")).toMatch(/^text\/markdown/);
  expect(await text.text()).not.toMatch(/<script>window|<img src=x/);
  const led = await picture(
    new Request("http://localhost:3000/og/home/x.png"),
    at({ name: ["home", "x.png"] }),
  );
  const name = new URL(led.headers.get("location") ?? "", "http://x").pathname.split("/").slice(2);
  const drawing = await picture(new Request("http://localhost:3000/og"), at({ name }));
  expect([drawing.status, drawing.headers.get("content-type")]).toEqual([200, "image/png"]);
  await comeAs(world.id.admin);
  const list = await (await goods()).text();
  // A spreadsheet takes it for text.
  expect(list).toContain(`'${SKU.replaceAll('"', '""')}`);
});
