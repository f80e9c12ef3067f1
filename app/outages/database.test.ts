/** While PostgreSQL is away or full: what was drawn is served, everything else is told to come again, nothing is done twice. */

import sharp from "sharp";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db, sql } from "@/db/client";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { holdAll } from "@/db/testing/full-pool";
import { boughtAt, buy, fillCart, goToPayment, orderPage } from "@/db/testing/shopping";
import { addToCart, changeQuantity } from "@/lib/actions/cart";
import { log } from "@/lib/log";
import { notes } from "@/lib/running/notes.mjs";
import { putFile } from "@/lib/storage";
import AccountPage from "../(shop)/account/page";
import CartPage from "../(shop)/cart/page";
import AddressPage from "../(shop)/checkout/page";
import SearchPage from "../(shop)/search/page";
import AdminHome from "../admin/page";
import { GET as live } from "../api/live/route";
import { GET as suggest } from "../api/suggest/route";
import { GET as picture } from "../media/[...key]/route";

/** The pool leads over a line that can be cut, and is small enough to be filled. */
const line = await vi.hoisted(async () => {
  process.env.DATABASE_POOL = "2";
  return (await import("@/db/testing/line")).startDatabaseLine();
});

/** However slow the machine is. */
const LONG = { timeout: 30_000 };
let world: Cast;
let mug = "";
let asAda: () => void;
let asAdmin: () => void;
beforeAll(async () => {
  world = await cast();
  [mug = ""] = world.mug.variantIds;
  asAda = await comeAs(world.id.ada);
  asAdmin = await comeAs(world.id.admin);
  const drawing = sharp({ create: { width: 60, height: 40, channels: 3, background: "#c84" } });
  await putFile("goods/mug.webp", await drawing.webp().toBuffer(), "image/webp");
});
afterEach(() => line.mend());
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await line.cut();
});

/** What the edge makes of a page that fails (lib/csp/guard.mjs): a 503 where it is the database's fault. */
async function statusOf(page: unknown, query = {}): Promise<number> {
  const note = { database: false };
  const html = await notes.run(note, () => pageOf(page as Page, query).catch(() => ""));
  if (html) return 200;
  return note.database ? 503 : 500;
}
/** The pages that nobody keeps, each as the one who uses it. */
async function statuses(): Promise<Record<string, number>> {
  const [cart, search] = [await statusOf(CartPage), await statusOf(SearchPage, { q: "mug" })];
  const checkout = await statusOf(AddressPage);
  asAda();
  const account = await statusOf(AccountPage);
  asAdmin();
  return { cart, search, checkout, account, office: await statusOf(AdminHome) };
}
const all = (status: number) => ({
  cart: status,
  search: status,
  checkout: status,
  account: status,
  office: status,
});
const doors = () => [
  suggest(new Request("http://shop.test/api/suggest?q=mu")),
  live(new Request(`http://shop.test/api/live?product=${world.mug.id}`)),
];
const shown = (width: string) =>
  picture(new Request("http://shop.test/media"), {
    params: Promise.resolve({ key: [width, "goods", "mug.webp"] }),
  });

/** Mutes the log while `work` fails, and answers the references that it would have held. */
async function references<T>(work: () => Promise<T>): Promise<[T, (string | undefined)[]]> {
  const lines: (string | undefined)[] = [];
  const muted = vi.spyOn(log, "error").mockImplementation((_, more) => {
    lines.push(String(more?.reference ?? more?.id));
  });
  try {
    return [await work(), lines];
  } finally {
    muted.mockRestore();
  }
}

it("cut: pictures are served, pages are a 503, machines are told when to come again; all of it is back with the line", async () => {
  await fillCart(mug, "Mug One");
  expect(await statuses()).toEqual(all(200));
  await line.cut();
  expect((await shown("240w")).status).toBe(200);
  expect(await statuses()).toEqual(all(503));
  const [answers, told] = await references(() => Promise.all(doors()));
  for (const answer of answers) {
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const body = (await answer.json()) as { reference: string; message: string };
    expect(body).toMatchObject({ error: "unavailable_now" });
    expect(told).toContain(body.reference);
    expect(body.message).not.toMatch(/ECONN|127\.0\.0\.1|select/i);
  }
  await line.mend();
  await expect.poll(() => statuses(), LONG).toEqual(all(200));
  for (const answer of await Promise.all(doors())) expect(answer.status).toBe(200);
});

it("cut: a form is told with its reference, keeps what was typed, and is taken as it stands afterwards", async () => {
  await fillCart(mug, "Mug One");
  const page = await pageOf(CartPage as unknown as Page);
  await line.cut();
  const change = () => sendForm(page, 'name="quantity"', changeQuantity, { quantity: "2" });
  const [answer, told] = await references(change);
  expect(answer).toMatchObject({
    status: "error",
    code: "unavailable_now",
    message: expect.stringContaining("nothing was changed"),
    values: { quantity: "2" },
  });
  expect((answer as { message: string }).message).toContain(`Reference ${told[0]}`);
  await line.mend();
  await expect.poll(change, LONG).toMatchObject({ status: "ok" });
  expect(wordsOf(await pageOf(CartPage as unknown as Page))).toContain("€36");
});

it("cut in the COMMIT of an order: nobody says that it failed, and asking again leads to the one order", async () => {
  await fillCart(mug, "Mug One");
  const page = await goToPayment("nora@example.com");
  // On new connections statements are sent in words once more.
  await line.cut();
  await line.mend();
  await expect.poll(async () => (await sql`select 1 as n`).length, LONG).toBe(1);
  line.loseAnswer(/commit\0/i, /insert into "orders"/);
  const [answer] = await references(() => buy(page, "cash_on_delivery"));
  expect(answer).toMatchObject({
    status: "error",
    code: "outcome_unknown",
    message: expect.stringContaining("cannot say yet whether that went through"),
  });
  await line.mend();
  await expect.poll(async () => (await sql`select number from orders`).length, LONG).toBe(1);
  const order = boughtAt(await buy(page, "cash_on_delivery"));
  expect(await sql`select number from orders`).toEqual([{ number: order.number }]);
  expect(wordsOf(await orderPage(order))).toContain("Thank you. It is ordered");
  expect(await sql`select on_hand - reserved as left from inventory where variant_id = ${mug}`).toEqual([
    { left: 2 },
  ]);
});

it("full: what needs no connection is served, the others are told busy in words, and then it is as before", async () => {
  await fillCart(mug, "Mug One");
  process.env.DATABASE_WAIT_MS = "150";
  const giveBack = await holdAll(db, 2);
  const form = new FormData();
  form.set("variantId", mug);
  form.set("quantity", "1");
  const begun = performance.now();
  const [[answers, added]] = await references(
    async () => [await Promise.all(doors()), await addToCart({ status: "idle" }, form)] as const,
  );
  // The wait is the setting's, 150 ms each; left to itself the pool waits five seconds. Loose on purpose.
  expect(performance.now() - begun).toBeLessThan(5_000);
  for (const answer of answers) {
    expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "2"]);
    expect(await answer.json()).toMatchObject({ error: "busy" });
  }
  expect(added).toMatchObject({
    status: "error",
    code: "busy",
    message: expect.stringContaining("nothing was changed"),
    values: { quantity: "1" },
  });
  expect((await shown("240w")).status).toBe(200);
  expect(await statusOf(CartPage)).toBe(503);
  await giveBack();
  delete process.env.DATABASE_WAIT_MS;
  expect(await addToCart({ status: "idle" }, form)).toMatchObject({ status: "ok" });
  expect(await statusOf(CartPage)).toBe(200);
});
