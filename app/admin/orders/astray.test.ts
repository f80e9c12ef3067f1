/** What does not go to plan, by the forms of an order's page, and the cash that couriers bring: what ends on the books. */
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { wrongInTheBooks } from "@/db/testing/books";
import { type Delivered, deliveredOrder, paidOrder } from "@/db/testing/delivered";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs, stateOf, stockOf } from "@/db/testing/orders";
import { callOff, correctParcel, giveUpPart, parcelStrayed } from "@/lib/actions/admin/astray";
import { bookCash } from "@/lib/actions/admin/books";
import { markDelivered, sendParcel } from "@/lib/actions/admin/orders";
import AdminBooks from "../books/page";
import AdminOrder from "./[number]/page";

let world: Cast;
let gateway: TestGateway;
/** Line's, for 20.00. */
let jug = "";
let tote = "";

beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  jug = await shelf(world, 20);
  tote = world.tote.variantIds[0] ?? "";
});
afterAll(() => gateway.close());

const jugs = (quantity: number) => ({ variantId: jug, quantity });
const shown = (number: string, query: Record<string, string> = {}) => pageOf(AdminOrder, query, { number });
const timelineOf = async (number: string) =>
  wordsOf(/<section[^>]*aria-labelledby="timeline".*?<\/section>/s.exec(await shown(number))?.[0] ?? "");
const heldIn = async (orderId: string, account: string): Promise<number> => {
  const [row] = await db.execute<{ sum: number }>(sql`SELECT COALESCE(sum(e.amount), 0)::float8 AS sum
    FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE t.order_id = ${orderId} AND e.account::text = ${account}`);
  return row?.sum ?? 0;
};
async function send(number: string, trackingNumber: string): Promise<string> {
  await sendForm(await shown(number), 'aria-label="Ship"', sendParcel, { carrier: "DHL", trackingNumber });
  return shown(number);
}

it("takes a refused cash parcel back: its goods are for sale again, the order ends, no cash is waited for", async () => {
  const before = await stockOf(jug);
  const order = await paidOrder(gateway, guest(), [jugs(2)], { method: "cash_on_delivery" });
  await comeAs(world.id.line);
  const sent = await send(order.number, "JJD 7");
  expect(await stockOf(jug)).toEqual({ on_hand: Number(before?.on_hand) - 2, reserved: before?.reserved });
  // Giving an order up is not an owner's to do.
  expect(sent).not.toContain("Refused or lost");
  const form = 'aria-label="Parcel JJD 7 did not arrive"';
  const back = await sendForm(sent, form, parcelStrayed, { became: "fit", note: "Nobody at home, twice" });
  expect(back).toEqual({ to: `/admin/orders/${order.number}?done=back` });
  // Sent once more, it is the same parcel that came back once.
  expect(await sendForm(sent, form, parcelStrayed, { became: "fit" })).toEqual(back);
  expect(await stockOf(jug)).toEqual(before);
  const after = await shown(order.number, { done: "back" });
  expect(wordsOf(after)).toContain("It is noted that the parcel came back.");
  expect(wordsOf(after)).toContain("Came back");
  expect(wordsOf(after)).toContain("Nothing of this arrived. An admin ends it and gives back what was paid.");
  expect(after).not.toContain("It arrived");
  expect(after).not.toContain("It did not arrive");

  await comeAs(world.id.admin);
  const office = await shown(order.number);
  const given = await sendForm(office, 'aria-label="Refused or lost"', giveUpPart, { became: "refused" });
  expect(given).toEqual({ to: `/admin/orders/${order.number}?done=givenup` });
  await runJobs();
  expect(await stateOf(order.orderId)).toEqual({ status: "cancelled", captured: 0, refunded: 0 });
  expect((await paymentOf(order.orderId)).status).toBe("cancelled");
  expect(await heldIn(order.orderId, "cod_receivable")).toBe(0);
  expect(await stockOf(jug)).toEqual(before);
  const over = await shown(order.number);
  expect(wordsOf(over)).toContain("Its parcel was refused or not collected.");
  expect(over).not.toContain('aria-label="Refused or lost"');
  const told = await timelineOf(order.number);
  expect(told).toContain("Parcel came back (Line)\n“Nobody at home, twice”");
  expect(told).toContain("Order cancelled");
  expect(await wrongInTheBooks()).toEqual([]);
});

it("writes a lost parcel off and gives its money back, after which the older page does nothing", async () => {
  const before = await stockOf(jug);
  const order = await paidOrder(gateway, guest(), [jugs(1)]);
  await comeAs(world.id.admin);
  const sent = await send(order.number, "JJD 8");
  const old = await sendForm(sent, 'aria-label="Refused or lost"', giveUpPart, { became: "lost" });
  expect(old).toEqual({ to: `/admin/orders/${order.number}?done=givenup` });
  // The page of before: the parcel is under way no more, and it says who did what.
  const late = await sendForm(sent, "JJD 8 did not arrive", parcelStrayed, { became: "fit" });
  expect(late).toMatchObject({ status: "error", code: "conflict" });
  await runJobs();
  await gateway.settled();
  expect(await stateOf(order.orderId)).toMatchObject({ status: "cancelled", refunded: order.total });
  expect(await stockOf(jug)).toEqual({ on_hand: Number(before?.on_hand) - 1, reserved: before?.reserved });
  expect(await timelineOf(order.number)).toContain("Parcel lost (Line)");
  expect(await wrongInTheBooks()).toEqual([]);
});

it("offers no giving up once a parcel arrived; with the other one lost, the part arrived", async () => {
  const order = await paidOrder(gateway, guest(), [jugs(2)]);
  await comeAs(world.id.admin);
  for (const trackingNumber of ["JJD 10", "JJD 11"])
    await sendForm(await shown(order.number), 'aria-label="Ship"', sendParcel, {
      carrier: "DHL",
      trackingNumber,
      "lines.0.quantity": "1",
    });
  const both = await shown(order.number);
  expect(both).toContain('aria-label="Refused or lost"');
  await sendForm(both, 'aria-label="Parcel JJD 10"', markDelivered);
  const one = await shown(order.number);
  expect(one).not.toContain('aria-label="Refused or lost"');
  expect(await sendForm(one, "JJD 11 did not arrive", parcelStrayed, { became: "lost" })).toEqual({
    to: `/admin/orders/${order.number}?done=lost`,
  });
  expect(await stateOf(order.orderId)).toMatchObject({ status: "delivered" });
  // The lost jug is paid for, and nothing pays it back by itself.
  expect(wordsOf(await shown(order.number))).toContain("A parcel of this never arrived.");
});

it("an owner calls off one piece, then what is left of their part, and nothing of another's", async () => {
  const before = await stockOf(jug);
  const order: Delivered = await paidOrder(gateway, guest(), [jugs(3), { variantId: tote, quantity: 1 }]);
  await comeAs(world.id.line);
  const html = await shown(order.number);
  const form = 'aria-label="Cannot be sent"';
  const why = "A crack in the glaze";
  expect(await sendForm(html, form, callOff, { note: why, became: "gone" })).toMatchObject({
    fieldErrors: { all: "Choose pieces, or all that is left." },
  });
  expect(await sendForm(html, form, callOff, { "lines.0.quantity": "1", note: "" })).toMatchObject({
    fieldErrors: { note: ["Tell the shopper why."], became: ["Please choose what became of them."] },
  });
  await comeAs(world.id.ring);
  const wish = { "lines.0.quantity": "1", note: why, became: "gone" };
  expect(await sendForm(html, form, callOff, wish)).toMatchObject({ code: "not_found" });
  expect(await sendForm(html, form, callOff, { all: "1", note: why, became: "shelf" })).toMatchObject({
    code: "not_found",
  });
  await comeAs(world.id.line);
  const done = { to: `/admin/orders/${order.number}?done=calledoff` };
  expect(await sendForm(html, form, callOff, wish)).toEqual(done);
  expect(await sendForm(html, form, callOff, wish)).toEqual(done);
  await runJobs();
  await gateway.settled();
  expect(await stateOf(order.orderId)).toEqual({
    status: "confirmed",
    captured: order.total,
    refunded: 2_000,
  });
  // The cracked one is no piece to sell: it came back and was written off, as the ledger tells.
  expect(await stockOf(jug)).toEqual({ on_hand: Number(before?.on_hand) - 3, reserved: before?.reserved });
  const moves = await db.execute(sql`SELECT kind, on_hand_delta AS moved, reason FROM stock_movements
    WHERE order_id = ${order.orderId} AND variant_id = ${jug} AND kind IN ('return', 'adjustment') ORDER BY kind`);
  expect([...moves]).toEqual([
    { kind: "adjustment", moved: -1, reason: "Written off: could not be sent" },
    { kind: "return", moved: 1, reason: null },
  ]);
  const after = await shown(order.number);
  expect(wordsOf(after)).toContain("All 2 pieces go in");
  expect(await timelineOf(order.number)).toContain(`Pieces called off (Line)\n“${why}”`);

  expect(await sendForm(after, form, callOff, { all: "1", note: "Sold elsewhere", became: "shelf" })).toEqual(
    done,
  );
  await runJobs();
  await gateway.settled();
  expect(await stateOf(order.orderId)).toMatchObject({ status: "confirmed", refunded: 3 * 2_000 });
  expect(await stockOf(jug)).toEqual({ on_hand: Number(before?.on_hand) - 1, reserved: before?.reserved });
  const ended = await shown(order.number);
  expect(ended).not.toContain(form);
  expect(wordsOf(ended)).toContain("Cancelled");
  // Ring's part waits as before.
  await comeAs(world.id.ring);
  expect(await shown(order.number)).toContain(form);
  expect(await wrongInTheBooks()).toEqual([]);
});

it("corrects a mistyped number, its seller's alone", async () => {
  const order = await paidOrder(gateway, guest(), [jugs(1), { variantId: tote, quantity: 1 }]);
  await comeAs(world.id.line);
  const sent = await send(order.number, "JJD 9");
  const form = 'aria-label="Parcel JJD 9: correct the number"';
  const right = { carrier: "UPS", trackingNumber: "1Z99" };
  expect(await sendForm(sent, form, correctParcel, { trackingNumber: "<b>" })).toMatchObject({
    fieldErrors: { trackingNumber: ["Letters, digits and dashes only."] },
  });
  await comeAs(world.id.ring);
  expect(await sendForm(sent, form, correctParcel, right)).toMatchObject({ code: "not_found" });
  await comeAs(world.id.line);
  expect(await sendForm(sent, form, correctParcel, right)).toEqual({
    to: `/admin/orders/${order.number}?done=corrected`,
  });
  const after = await shown(order.number);
  expect(after).toContain('href="https://www.ups.com/track?tracknum=1Z99"');
  expect(await timelineOf(order.number)).toContain("Tracking corrected (Line)");
  // A carrier that a program named stays, unless somebody chooses another; a form cannot bring in one of its own.
  await db.execute(
    sql`UPDATE shipments SET carrier = 'Night Bus', tracking_url = NULL WHERE tracking_number = '1Z99'`,
  );
  const bus = 'aria-label="Parcel 1Z99: correct the number"';
  const made = await shown(order.number);
  expect(made).toContain('<option selected="">Night Bus</option>');
  expect(await sendForm(made, bus, correctParcel, { carrier: "Day Bus" })).toMatchObject({
    fieldErrors: { carrier: "Please choose a carrier." },
  });
  await sendForm(made, bus, correctParcel, { trackingNumber: "NB 1" });
  expect(wordsOf(await shown(order.number))).toContain("Night Bus\nNB 1");
});

it("books the cash of couriers as arrived at the bank, no more than they hold, and each transfer once", async () => {
  const order = await deliveredOrder(gateway, world.admin, guest(), [jugs(1)], {
    method: "cash_on_delivery",
  });
  await comeAs(world.id.admin);
  const html = await pageOf(AdminBooks);
  const form = 'aria-label="Cash arrived at the bank"';
  expect(wordsOf(html)).toContain("€24.90");
  const tell = (page: string, amount: string) =>
    sendForm(page, form, bookCash, { amount, reference: "DHL 2026-11" });
  expect(await tell(html, "twenty")).toMatchObject({
    fieldErrors: { amount: "Write an amount, like 12.50." },
  });
  expect(await tell(html, "24.91")).toMatchObject({
    fieldErrors: { amount: "That is not what couriers hold." },
  });
  const done = { to: "/admin/books?done=cash" };
  const twin = await pageOf(AdminBooks);
  expect(await tell(html, "10")).toEqual(done);
  expect(await tell(html, "10")).toEqual(done);
  // A colleague with the page of before may mean the same transfer, also where couriers collected more since.
  const other = await deliveredOrder(gateway, world.admin, guest(), [jugs(1)], {
    method: "cash_on_delivery",
  });
  expect(await tell(twin, "10")).toMatchObject({
    fieldErrors: { amount: expect.stringContaining("Other cash was booked meanwhile.") },
  });
  const rest = await pageOf(AdminBooks, { done: "cash" });
  expect(wordsOf(rest)).toContain("The cash is booked: it is at the bank now.");
  expect(wordsOf(rest)).toContain("€39.80");
  expect(wordsOf(rest)).toMatch(/Booked last\nDHL 2026-11\n€10.00/);
  expect(await tell(rest, "39.80")).toEqual(done);
  const over = await pageOf(AdminBooks);
  expect(over).not.toContain(form);
  expect(wordsOf(over)).toContain("Couriers hold nothing");
  const [sums] = await db.execute(sql`SELECT sum(amount) FILTER (WHERE account = 'bank')::int AS bank,
    sum(amount) FILTER (WHERE account = 'cod_receivable')::int AS couriers FROM ledger_entries`);
  expect(sums).toEqual({ bank: order.total + other.total, couriers: 0 });
  expect(await wrongInTheBooks()).toEqual([]);
  await comeAs(world.id.line);
  expect(await tell(rest, "1")).toMatchObject({ code: "forbidden" });
});
