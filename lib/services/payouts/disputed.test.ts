import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf } from "@/db/testing/orders";
import { ownerBalance } from "@/lib/services/ledger/balance";
import { complete } from "@/lib/services/orders/deliver";
import { refund } from "@/lib/services/payments/refund";
import { createPayout } from "./create";
import { markPaid } from "./settle";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function completed() {
  const variantId = await shelf(world, 5, 10_000);
  const made = await deliveredOrder(gateway, world.admin, guest(), [{ variantId, quantity: 1 }]);
  await complete(world.system, made.orderId);
  return made;
}

it("a debt of a disputed order is taken from what others earned: a payout never exceeds the balance", async () => {
  const ownerId = world.id.lineShop;
  const old = await completed();
  const first = await createPayout(world.admin, { ownerId });
  await markPaid(world.admin, { payoutId: first.payoutId, reference: "bank" });
  await refund(world.admin, { orderId: old.orderId, amount: 5_000, reason: "Sorry" });
  await db.execute(sql`DELETE FROM graphile_worker._private_jobs`);
  const { providerIntentId } = await paymentOf(old.orderId);
  await gateway.turn("dispute", { payment_intent: providerIntentId, amount: 1_000 });
  await gateway.settled();
  await completed();
  const balance = await ownerBalance(db, ownerId);
  expect(balance).toBeGreaterThan(0);
  const { amount } = await createPayout(world.admin, { ownerId });
  expect(amount).toBe(balance);
  expect(await ownerBalance(db, ownerId)).toBe(0);
  expect(await wrongInTheBooks(["I10"])).toEqual([]);
});
