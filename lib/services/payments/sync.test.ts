import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { sync } from "./sync";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

it("asking the gateway settles what a lost webhook would have told, once", async () => {
  const shopper = guest();
  const wishes = [{ variantId: world.tote.variantIds[0] ?? "", quantity: 1 }];
  const { orderId, total } = await order(shopper, wishes);
  expect(await sync(world.system, orderId)).toBe("ignored");
  await gateway.turn("lose", { count: 100 });
  await gateway.pay(shopper, orderId);
  expect(await sync(world.system, orderId)).toBe("captured");
  expect(await sync(world.system, orderId)).toBe("duplicate");
  const [row] = await db.select().from(orders).where(eq(orders.id, orderId));
  expect(row).toMatchObject({ status: "confirmed", captured: total });
  expect(await wrongInTheBooks()).toEqual([]);
});
