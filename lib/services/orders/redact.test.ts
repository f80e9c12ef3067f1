import { eq, sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, shelf } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { runJobs } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { requestReturn } from "@/lib/services/returns/request";
import { changeAddress } from "./address";
import { deliver } from "./deliver";
import { lookUp } from "./look-up";
import { redactOrders } from "./redact";
import { ship } from "./ship";
import { record } from "./transition";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const ADDRESS = { ...BERLIN, name: "Ada Byron", phone: "+49 30 123456", company: "Engines" };

it("erases the person of finished orders and nothing that the books need; a running one keeps its address", async () => {
  const variantId = await shelf(world, 9);
  const placed = () =>
    order(world.ada, [{ variantId, quantity: 1 }], { method: "cash_on_delivery", address: ADDRESS });
  const done = await placed();
  await changeAddress(world.ada, { orderId: done.orderId, shipping: { ...ADDRESS, line1: "Kantstraße 7" } });
  await cancelOrder(world.ada, done.orderId, { note: "Ada says no" });
  const running = await placed();
  const sums = () =>
    db.execute(sql`SELECT number, subtotal, tax, total, user_id FROM orders WHERE id = ${done.orderId}`);
  const before = await sums();
  const erase = () => withTx((tx) => redactOrders(tx, world.system, { userId: world.id.ada }));
  expect(await erase()).toEqual({ erased: 1, running: 1 });
  expect(await erase()).toEqual({ erased: 0, running: 1 });
  expect(await sums()).toEqual(before);
  const left = await db.execute(sql`
    SELECT to_jsonb(o) AS row FROM orders o WHERE id = ${done.orderId}
    UNION ALL SELECT to_jsonb(a) FROM order_addresses a WHERE order_id = ${done.orderId}
    UNION ALL SELECT to_jsonb(c) FROM checkouts c JOIN orders o ON o.checkout_id = c.id WHERE o.id = ${done.orderId}
    UNION ALL SELECT to_jsonb(e) FROM order_events e WHERE order_id = ${done.orderId}`);
  const text = JSON.stringify(left);
  for (const word of ["Ada", "ada@", "Torstra", "Kantstra", "10119", "+49", "Engines"])
    expect(text).not.toContain(word);
  expect(left.filter(({ row }) => (row as { country?: string }).country === "DE")).toHaveLength(3);
  const [kept] = await db.execute(
    sql`SELECT name FROM order_addresses WHERE order_id = ${running.orderId} LIMIT 1`,
  );
  expect(kept).toEqual({ name: "Ada Byron" });
  await expect(lookUp(world.ben, { number: done.number, email: "ada@example.com" })).rejects.toMatchObject({
    code: "not_found",
  });
  const [row] = await db.select().from(orders).where(eq(orders.id, done.orderId));
  expect(row?.email).toMatch(/@erased\.invalid$/);
  expect(await wrongInTheBooks()).toEqual([]);
});

it("erases what was written to the person and by them, and writes to them no more", async () => {
  const variantId = await shelf(world, 9);
  const { orderId } = await order(world.ben, [{ variantId, quantity: 1 }], {
    method: "cash_on_delivery",
    email: "ben@example.com",
    address: { ...ADDRESS, name: "Ben Nevis" },
  });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId, shipmentId });
  const [line] = await db.execute<{ id: string }>(
    sql`SELECT id FROM order_lines WHERE order_id = ${orderId}`,
  );
  const pieces = [{ orderLineId: line?.id ?? "", quantity: 1, reason: "other" as const }];
  await requestReturn(world.ben, { orderId, lines: pieces, note: "Ben is too tall for it" });
  await runJobs();
  const about = async () =>
    JSON.stringify(
      await db.execute(sql`
        SELECT to_jsonb(m) FROM mail m WHERE order_id = ${orderId}
        UNION ALL SELECT to_jsonb(r) FROM returns r WHERE order_id = ${orderId}
        UNION ALL SELECT to_jsonb(e) FROM order_events e WHERE order_id = ${orderId}`),
    );
  expect(await about()).toContain("ben@example.com");
  await withTx((tx) => redactOrders(tx, world.system, { userId: world.id.ben }));
  for (const word of ["Ben", "ben@"]) expect(await about()).not.toContain(word);
  await withTx((tx) => record(tx, world.system, { orderId, kind: "return_expired" }));
  await runJobs();
  expect(await about()).not.toContain("@erased.invalid");
});
