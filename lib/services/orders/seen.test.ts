import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf, variantId } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { paidOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs } from "@/db/testing/orders";
import type { Staff } from "@/lib/domain/actors";
import { listNotes } from "@/lib/queries/admin/notes";
import { getStaffOrder } from "@/lib/queries/admin/order";
import { getRefundable } from "@/lib/queries/admin/refunds";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { refund } from "@/lib/services/payments/refund";
import { changeAddress } from "./address";
import { deliver } from "./deliver";
import { addNote } from "./notes";
import { ship, startProcessing } from "./ship";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const bought = async () => {
  const wishes = [
    { variantId: await shelf(world, 9, 2_000), quantity: 2 },
    { variantId: await variantId("TOTE"), quantity: 1 },
  ];
  const paid = await paidOrder(gateway, guest(), wishes);
  await runJobs();
  return paid;
};
const seenBy = async (staff: Staff, number: string) => (await getStaffOrder(staff, number))?.seen;
const shipping = { ...BERLIN, line1: "Kantstraße 7" };

it("refuses what was filled in before somebody else changed the order, says who did what, and takes it again", async () => {
  const { admin, line } = world;
  const { orderId, number } = await bought();
  const seen = await seenBy(admin, number);
  expect(seen).toBeGreaterThan(0);
  await changeAddress(admin, { orderId, shipping, seen, key: "address-of-mine" });
  const conflict = (text: string) => ({ code: "conflict", message: expect.stringContaining(text) });
  const stale = [
    () => changeAddress(admin, { orderId, shipping: BERLIN, seen }),
    () => addNote(admin, { orderId, body: "Wrap it twice", seen }),
    () => refund(admin, { orderId, amount: 100, reason: "Late", seen }),
    () => startProcessing(admin, orderId, undefined, seen),
    () => ship(admin, orderId, { carrier: "DHL", seen }),
  ];
  for (const act of stale) await expect(act()).rejects.toMatchObject(conflict("admin changed the address"));
  expect(await listNotes(admin, orderId)).toEqual([]);
  // The same request that came twice has its answer, though its own change moved the order on.
  await changeAddress(admin, { orderId, shipping, seen, key: "address-of-mine" });
  // The conflict's own number is the state that is stored: saying it again is meant.
  const error = await addNote(admin, { orderId, body: "Wrap it twice", seen }).catch((e) => e);
  expect(error.data.told.version).toBe(await seenBy(admin, number));
  await addNote(admin, { orderId, body: "Wrap it twice", seen: error.data.told.version });
  expect(await listNotes(admin, orderId)).toMatchObject([{ body: "Wrap it twice", isMine: true }]);
  expect(await listNotes(line, orderId)).toMatchObject([{ isMine: false }]);
});

it("tells an owner of their own part alone", async () => {
  const { line, ring, admin } = world;
  const { orderId, number } = await bought();
  const [ofLine, ofRing] = [await seenBy(line, number), await seenBy(ring, number)];
  // The address and another owner's parcel are none of line's; that the order went on is.
  await changeAddress(admin, { orderId, shipping });
  await addNote(line, { orderId, body: "Mine", seen: ofLine });
  await ship(ring, orderId, { carrier: "DHL", seen: ofRing });
  await expect(addNote(ring, { orderId, body: "Late", seen: ofRing })).rejects.toMatchObject({
    message: expect.stringMatching(/^ring (began to pack|sent a parcel of) this order/),
  });
});

it("refuses a refund whose form said another sum is left, though nobody touched the order", async () => {
  const { admin } = world;
  const { orderId, number } = await bought();
  const seen = await seenBy(admin, number);
  const left = (await getRefundable(admin, orderId))?.left ?? 0;
  const wish = { orderId, amount: 500, reason: "A scratch", seen };
  // The bank took a part of it.
  await sql`insert into disputes (id, order_id, payment_id, provider_dispute_id, amount, status)
    select gen_random_uuid(), order_id, id, 'dp_seen', 300, 'open' from payments where order_id = ${orderId}`;
  await expect(refund(admin, { ...wish, left })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("may still be refunded"),
  });
  await refund(admin, { ...wish, left: left - 300 });
});

it("does not call off an order that somebody sent meanwhile, nor one that waits for its money and was changed", async () => {
  const { admin, line } = world;
  const { orderId, number } = await bought();
  const seen = await seenBy(admin, number);
  await ship(line, orderId, { carrier: "DHL" });
  await expect(cancelOrder(admin, orderId, { note: "Sold out", seen })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringMatching(/^line (began to pack|sent goods of) this order/),
  });
  const statusOf = async (id: string) => (await sql`select status from orders where id = ${id}`)[0]?.status;
  expect(await statusOf(orderId)).toBe("processing");

  // What is not called off can still be paid: nothing was closed at the payment service.
  const shopper = guest();
  const waits = await order(shopper, [{ variantId: await shelf(world, 9, 2_000), quantity: 1 }]);
  const before = await seenBy(admin, waits.number);
  await changeAddress(shopper, { orderId: waits.orderId, shipping });
  await expect(cancelOrder(admin, waits.orderId, { note: "Sold out", seen: before })).rejects.toMatchObject({
    message: expect.stringContaining("The customer changed the address"),
  });
  await gateway.pay(shopper, waits.orderId);
  await gateway.settled();
  expect(await statusOf(waits.orderId)).toBe("confirmed");
  await cancelOrder(admin, waits.orderId, { note: "Sold out", seen: await seenBy(admin, waits.number) });
  expect(await statusOf(waits.orderId)).toBe("cancelled");
});

it("marks no parcel as arrived on a page that is out of date", async () => {
  const { admin, line } = world;
  const { orderId, number } = await bought();
  const { shipmentId } = await ship(line, orderId, { carrier: "DHL" });
  const seen = await seenBy(line, number);
  await deliver(admin, { orderId, shipmentId });
  await expect(deliver(line, { orderId, shipmentId, seen })).rejects.toMatchObject({
    code: "conflict",
    message: expect.stringContaining("admin marked goods of this order as arrived"),
  });
});
