/** Orders of the former shop as they are drawn: for admins to read, for their own people once proved, for nobody else. */
import { writeFileSync } from "node:fs";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { eraseCustomer } from "@/lib/actions/admin/customers";
import { checkImport, startImport } from "@/lib/actions/admin/imports";
import { draftPlace } from "@/lib/services/imports/kept-file";
import { takeIn } from "@/lib/services/imports/steps";
import { workOn } from "@/lib/services/imports/work";
import { systemActor } from "@/lib/system";
import OwnOrders from "../../../(shop)/account/orders/page";
import { POST as takeCustomer } from "../../../api/customers/[key]/route";
import AdminCustomer from "../../customers/[key]/page";
import AdminImport from "../../import/[id]/page";
import AdminOrders from "../page";
import FormerOrder from "./[id]/page";
import FormerOrders from "./page";

const FILE = `Name,Email,Financial Status,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,Discount Code,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Shipping Name,Shipping Address1,Shipping City,Shipping Country,Notes,Payment Reference,Refunded Amount,Id
#1001,ada@example.com,partially_refunded,fulfilled,USD,"1,190.00",4.90,0.00,"1,194.90",SPRING,10.00,2026-05-01 10:00:00 +0200,2,Mug - Blue,600.00,mug,Ada Lovelace,Torstraße 1,Berlin,DE,"Ring twice,
please",secret-1,20.00,5001
#1002,grace@navy.example,paid,,EUR,5.00,0.00,0.00,5.00,,,2026-04-01 10:00:00 +0200,1,Card,5.00,,Grace Hopper,Pier 1,Berlin,DE,,secret-2,0.00,5002
`;
let world: Cast;
let importId = "";
const ids: Record<string, string> = {};

beforeAll(async () => {
  world = await cast();
  const path = await draftPlace();
  writeFileSync(path, FILE);
  importId = await takeIn(world.admin, { path, fileName: "orders.csv" });
});

const drawn = async (...[page, query, params]: Parameters<typeof pageOf>) =>
  wordsOf(await pageOf(page, query, params));
const importPage = () => pageOf(AdminImport, {}, { id: importId });

it("are tried and imported from the import's page, which says that they stay out of books and stock", async () => {
  await comeAs(world.id.admin);
  expect(wordsOf(await pageOf(AdminOrders))).not.toContain("From the former shop");
  const first = await importPage();
  expect(wordsOf(first)).toMatch(/They go into no books, no stock, no payouts and no figures of this shop/);
  expect(wordsOf(first)).toContain("Not read: Payment Reference");
  await sendForm(first, 'aria-label="Columns"', checkImport);
  await workOn(systemActor("job"), importId);
  const checked = await importPage();
  expect(wordsOf(checked)).toContain("2 orders would be new, 0 changed.");
  expect(wordsOf(checked)).toContain("total:\n$1,194.90");
  await sendForm(checked, "Import it now", startImport);
  await workOn(systemActor("job"), importId);
  for (const row of await sql`select id, number from former_orders`) ids[String(row.number)] = String(row.id);
  expect(await importPage()).toContain(`href="/admin/orders/former/${ids["#1001"]}"`);
});

it("are listed, found and read by an admin, and by no owner", async () => {
  await comeAs(world.id.admin);
  expect(await pageOf(AdminOrders)).toContain('href="/admin/orders/former"');
  expect(await drawn(FormerOrders)).toMatch(/#1001[\s\S]*#1002/);
  const found = await drawn(FormerOrders, { q: "grace@", sort: "total" });
  expect([found.includes("#1002"), found.includes("#1001")]).toEqual([true, false]);
  const one = await drawn(FormerOrder, {}, { id: ids["#1001"] ?? "" });
  for (const text of [
    "Partially refunded, sent · placed 1 May 2026, 10:00",
    "It never was in this shop's books, stock, payouts or figures",
    "Mug - Blue\nmug\n$600.00\n2\n$1,200.00",
    "Total\n$1,194.90\nGiven back\n-$20.00",
    "A discount (SPRING) of\n$10.00\nis taken off already.",
    "Ada Lovelace\nTorstraße 1\nBerlin\nGermany\nada@example.com",
    "Ring twice,\nplease",
  ])
    expect(one).toContain(text);
  // The customer has a page here, where their data is seen to.
  expect(one).not.toContain("Erase this customer");
  const customer = await drawn(AdminCustomer, {}, { key: world.id.ada });
  expect(customer).toContain("Spent here\n€0.00");
  expect(customer).toContain("Before, in the former shop\n$1,174.90\n1 order");

  await comeAs(world.id.line);
  for (const [page, params] of [
    [FormerOrders, {}],
    [FormerOrder, { id: ids["#1001"] ?? "" }],
  ] as const)
    expect(await drawn(page as typeof FormerOrders, {}, params)).toMatch(/^No line crosses here\./);
  expect(await pageOf(AdminOrders)).not.toContain("/admin/orders/former");
});

it("stand in their own account for people whose address is proved", async () => {
  await comeAs(world.id.ada);
  expect(await drawn(OwnOrders)).not.toContain("#1001");
  await sql`update users set email_verified_at = shop_now() where id = ${world.id.ada}`;
  const html = await pageOf(OwnOrders);
  expect(wordsOf(html)).toMatch(/From our former shop[\s\S]*#1001[\s\S]*2 ×\nMug - Blue\n\$1,194\.90/);
  expect(html).not.toMatch(/orders\/(#|%23)1001|invoice"/);
});

it("are exported and erased for somebody who never bought here", async () => {
  await comeAs(world.id.admin);
  const id = ids["#1002"] ?? "";
  const html = await pageOf(FormerOrder, {}, { id });
  const exported = async (typed: string) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ isFormer: "1", typed })) body.set(name, value);
    const headers = { host: "localhost:3000", origin: "http://localhost:3000" };
    const request = new Request(`http://localhost:3000/api/customers/${id}`, {
      method: "POST",
      body,
      headers,
    });
    return takeCustomer(request as never, { params: Promise.resolve({ key: id }) } as never);
  };
  expect((await exported("ada@example.com")).headers.get("location")).toBe(
    `/admin/orders/former/${id}?wrong=export#privacy`,
  );
  expect(await (await exported("grace@navy.example")).json()).toMatchObject({
    formerOrders: [{ number: "#1002", address: { name: "Grace Hopper" }, lines: [{ title: "Card" }] }],
  });
  const send = (typed: string) => sendForm(html, 'aria-label="Erase"', eraseCustomer, { typed, sure: "on" });
  expect(await send("ada@example.com")).toMatchObject({ fieldErrors: { typed: expect.anything() } });
  expect(await send("grace@navy.example")).toEqual({ to: `/admin/orders/former/${id}?done=erased` });
  const gone = await drawn(FormerOrder, { done: "erased" }, { id });
  expect(gone).toContain("This customer was erased. Goods and sums stay.");
  expect(gone).not.toMatch(/grace|Pier/i);
});
