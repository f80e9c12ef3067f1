import { eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { inventory } from "@/db/schema/inventory";
import { letExpire, stateOf } from "@/db/testing/orders";
import * as cart from "@/lib/services/cart";
import { place } from "@/lib/services/checkout/place";
import { expire } from "./cancel";

let world: Cast;
/** A second client, as another request would be. */
const other = postgres(process.env.DATABASE_URL ?? "", { max: 2, onnotice: () => {} });
beforeAll(async () => {
  world = await cast();
});
afterAll(() => other.end());

async function untilSomebodyWaits(): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    const [row] = await db.execute<{ waiting: number }>(sql`
      SELECT count(*)::int AS waiting FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    if (row && row.waiting > 0) return;
    await new Promise((done) => setTimeout(done, 5));
  }
  throw new Error("nobody waited for the lock");
}

it("locks the cart that an expiry restores before the order and its discount, as placing does", async () => {
  const id = newId();
  await db.insert(discounts).values({ id, title: "Lock", code: "LOCK", kind: "fixed", value: 100 });
  const variantId = await shelf(world);
  const shopper = guest();
  const { orderId } = await order(shopper, [{ variantId, quantity: 1 }], { code: "LOCK" });
  await cart.add(shopper, { variantId, quantity: 1 });
  await letExpire(orderId);
  let expiring: Promise<string> | undefined;
  await other.begin(async (tx) => {
    // The shopper places the next order: cart first, then the discount.
    await tx`SELECT FROM carts WHERE status = 'active' AND guest_token_hash = ${shopper.tokenHash} FOR UPDATE`;
    expiring = expire(world.system, orderId);
    await untilSomebodyWaits();
    await tx`SELECT FROM orders WHERE id = ${orderId} FOR UPDATE NOWAIT`;
    await tx`SELECT FROM discounts WHERE id = ${id} FOR UPDATE NOWAIT`;
  });
  expect(await expiring).toBe("expired");
});

it("holds no other row that orders share while it waits for stock", async () => {
  const variantIds = [await shelf(world, 2), await shelf(world, 2)].sort();
  const wishes = variantIds.map((variantId) => ({ variantId, quantity: 2 }));
  const { orderId } = await order(guest(), wishes);
  await letExpire(orderId);
  let expiring: Promise<string> | undefined;
  await other.begin(async (tx) => {
    await tx`SELECT FROM inventory WHERE variant_id = ${variantIds[1] ?? ""} FOR UPDATE`;
    expiring = expire(world.system, orderId);
    await untilSomebodyWaits();
    // The first line is back on sale, so its pages expire; that job's row is one for the whole shop.
    await tx`SET LOCAL lock_timeout = '300ms'`;
    await tx`SELECT graphile_worker.add_job('cache.expire', '{}'::json, job_key := 'cache.expire')`;
  });
  expect(await expiring).toBe("expired");
  expect(await stateOf(orderId)).toMatchObject({ status: "cancelled" });
});

it("places a cart that nobody is changing: what is added meanwhile is in the order's total or refused", async () => {
  const variantId = await shelf(world);
  const shopper = guest();
  const { cartId, checkoutId, expectedTotal } = await getReady(shopper, [{ variantId, quantity: 1 }]);
  let placing: Promise<unknown> | undefined;
  await other.begin(async (tx) => {
    // One more piece is being put into the cart in another tab.
    await tx`SELECT FROM carts WHERE id = ${cartId} FOR UPDATE`;
    await tx`UPDATE cart_items SET quantity = 2 WHERE cart_id = ${cartId}`;
    placing = place(shopper, { method: "card", checkoutId, expectedTotal }).catch((error: unknown) => error);
    await untilSomebodyWaits();
    await tx`SELECT FROM checkouts WHERE id = ${checkoutId} FOR UPDATE NOWAIT`;
  });
  expect(await placing).toMatchObject({ code: "cart_changed" });
});

it("takes stock in variant order, whatever order the cart has", async () => {
  const [low = "", high = ""] = [await shelf(world), await shelf(world)].sort();
  const wishes = [high, low].map((variantId) => ({ variantId, quantity: 1 }));
  let placing: Promise<unknown> | undefined;
  await other.begin(async (tx) => {
    await tx`SELECT FROM inventory WHERE variant_id = ${low} FOR UPDATE`;
    placing = order(guest(), wishes);
    await untilSomebodyWaits();
    await tx`SELECT FROM inventory WHERE variant_id = ${high} FOR UPDATE NOWAIT`;
  });
  await placing;
  const [row] = await db.select().from(inventory).where(eq(inventory.variantId, high));
  expect(row?.reserved).toBe(1);
});
