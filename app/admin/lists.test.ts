/** Lists of the back office as they are drawn: what each tells a new owner, the log with before and after, a customer who is erased. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { revertEntry } from "@/lib/actions/admin/audit";
import { eraseCustomer } from "@/lib/actions/admin/customers";
import { saveSettings } from "@/lib/actions/admin/settings";
import { cancelOrder } from "@/lib/services/payments/cancel";
import * as staff from "@/lib/services/staff";
import AdminAudit from "./audit/page";
import AdminCustomer from "./customers/[key]/page";
import AdminCustomers from "./customers/page";
import AdminImport from "./import/page";
import AdminOrders from "./orders/page";
import AdminHome from "./page";
import AdminPayouts from "./payouts/page";
import AdminProducts from "./products/page";
import AdminRefunds from "./refunds/page";
import AdminReturns from "./returns/page";
import AdminReviews from "./reviews/page";
import AdminSettings from "./settings/page";
import AdminStock from "./stock/page";

let world: Cast;
let newcomer = "";
beforeAll(async () => {
  world = await cast();
  // The shop is in use; the newcomer has nothing of it.
  await order(guest(), [{ variantId: await variantId("MUG"), quantity: 1 }], { method: "cash_on_delivery" });
  ({ userId: newcomer } = await staff.invite(world.admin, {
    name: "Mira Moss",
    email: "mira@example.com",
    role: "owner",
    shopName: "Moss",
  }));
});

it.each<[string, Page, string, string[]]>([
  ["orders", AdminOrders, "No orders yet.\nThey come in here by themselves, the moment somebody buys", []],
  [
    "products",
    AdminProducts,
    "No products yet.\nBring them in with the export file",
    ["/admin/import", "/admin/products/new"],
  ],
  [
    "stock",
    AdminStock,
    "Nothing to count yet.\nEach variant of a product has its stock here",
    ["/admin/products"],
  ],
  [
    "returns",
    AdminReturns,
    "No returns wait for you.\nWhat a shopper wants to send back is asked for here first",
    [],
  ],
  [
    "refunds",
    AdminRefunds,
    "Nothing was given back yet.\nMoney goes back from an order's page",
    ["/admin/orders", "/admin/returns"],
  ],
  ["reviews", AdminReviews, "No reviews yet.\nWhat shoppers write about the goods waits here", []],
  ["customers", AdminCustomers, "Nobody bought yet.\nWhoever orders stands here", []],
  [
    "payouts",
    AdminPayouts,
    "Nothing was paid out yet.\nWhat completed orders earn adds up in the balance",
    [],
  ],
  ["imports", AdminImport, "Nothing was imported yet. A file is tried first", []],
])("teaches a new owner what the list of %s will hold, and the way on", async (_, list, text, ways) => {
  await comeAs(newcomer);
  const html = await pageOf(list);
  expect(wordsOf(html)).toContain(text);
  const main = html.slice(html.indexOf(text.split(/[\n.']/)[0] ?? ""));
  for (const way of ways) expect(main).toContain(`href="${way}"`);
  expect(html).not.toContain("MUG");
  // Whoever has something sees that instead.
  await comeAs(world.id.line);
  if (["orders", "products", "stock", "customers"].includes(_))
    expect(wordsOf(await pageOf(list))).not.toContain(text);
});

it("shows a new owner how to begin, until there is something to sell", async () => {
  await comeAs(newcomer);
  const html = await pageOf(AdminHome);
  expect(wordsOf(html)).toContain("There is nothing to sell yet\nTake the export file of your former shop");
  for (const way of ["/admin/import", "/admin/products/new"]) expect(html).toContain(`href="${way}"`);
  await comeAs(world.id.line);
  expect(wordsOf(await pageOf(AdminHome))).not.toContain("There is nothing to sell yet");
});

it("draws in the log what a field was and is, with who changed it, and puts it back", async () => {
  await comeAs(world.id.admin);
  await sendForm(await pageOf(AdminSettings), 'aria-label="Settings"', saveSettings, {
    storeName: "Elsewhere",
    returnWindowDays: "14",
  });
  const [was] = await db.execute<{ days: number }>(
    sql`SELECT (before->>'returnWindowDays')::int AS days FROM audit WHERE action = 'settings.edit'`,
  );
  const html = await pageOf(AdminAudit);
  const [entry = ""] = /<tbody.*?<tr .*?<\/table>.*?<\/tr>/s.exec(html) ?? [];
  expect(wordsOf(entry)).toMatch(/^Settings edit/);
  expect(entry.split("</table>")[1]).toContain(">admin<");
  const table = /<table class="w-full.*?<\/table>/s.exec(entry)?.[0] ?? "";
  const rows = [...table.matchAll(/<tr .*?<\/tr>/gs)].map(([row]) => wordsOf(row).split("\n"));
  expect(rows).toEqual([
    ["Field", "Before", "After"],
    ["name of the shop", "Moiré", "Elsewhere"],
    ["return window days", `${was?.days}`, "14"],
  ]);
  const answer = await sendForm(html, "Take back: Settings edit", revertEntry);
  expect(answer).toEqual({ to: expect.stringContaining("done=reverted") });
  const [row] = await db.execute(sql`SELECT store_name, return_window_days FROM settings`);
  expect(row).toEqual({ store_name: "Moiré", return_window_days: was?.days });
});

it("erases a customer by the form, only with the address typed and the box ticked", async () => {
  const email = "mary@example.com";
  const placed = await order(guest(), [{ variantId: await variantId("TOTE"), quantity: 1 }], {
    method: "cash_on_delivery",
    email,
    address: { ...BERLIN, name: "Mary Somerville" },
  });
  await comeAs(world.id.admin);
  const page = () => pageOf(AdminCustomer, {}, { key: placed.orderId });
  const html = await page();
  expect(wordsOf(html)).toContain("Mary Somerville");
  const send = (typed: Record<string, string>) => sendForm(html, 'aria-label="Erase"', eraseCustomer, typed);
  expect(await send({ typed: email })).toMatchObject({ fieldErrors: { sure: expect.anything() } });
  expect(await send({ typed: "ada@example.com", sure: "on" })).toMatchObject({
    fieldErrors: { typed: expect.anything() },
  });
  const kept = async () => [
    ...(await db.execute(sql`SELECT o.email, a.name FROM orders o
      LEFT JOIN order_addresses a ON a.order_id = o.id AND a.kind = 'shipping' WHERE o.id = ${placed.orderId}`)),
  ];
  expect(await kept()).toEqual([{ email, name: "Mary Somerville" }]);
  // Not before the order has ended.
  expect(await send({ typed: email, sure: "on" })).toMatchObject({ code: "in_use" });
  await cancelOrder(world.admin, placed.orderId, { note: "She asked us to" });
  expect(await send({ typed: email, sure: "on" })).toEqual({ to: "/admin/customers?done=erased" });
  expect(JSON.stringify(await kept())).not.toMatch(/mary|Somerville/i);
  expect(wordsOf(await pageOf(AdminCustomers, { done: "erased" }))).not.toContain("Mary Somerville");
});
