import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { remitCash } from "./remit";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function collected() {
  const wishes = [{ variantId: await shelf(world, 5), quantity: 1 }];
  return deliveredOrder(gateway, world.admin, guest(), wishes, { method: "cash_on_delivery" });
}

async function heldIn(account: string): Promise<number> {
  const [row] = await db.execute<{ sum: number }>(
    sql`SELECT COALESCE(sum(amount), 0)::float8 AS sum FROM ledger_entries WHERE account::text = ${account}`,
  );
  return row?.sum ?? 0;
}

it("books each order's cash once, however it is told", async () => {
  const one = await collected();
  const two = await collected();
  const reference = "DHL 47";
  const tell = (orderIds: string[], key?: string) => remitCash(world.admin, { orderIds, reference, key });
  const total = one.total + two.total;
  expect(await heldIn("cod_receivable")).toBe(total);
  expect(await tell([one.orderId, one.orderId], "remit-key-1")).toEqual({ amount: one.total });
  expect(await tell([one.orderId], "remit-key-1")).toEqual({ amount: one.total });
  const gone = { code: "not_found" };
  await expect(tell([one.orderId])).rejects.toMatchObject(gone);
  await expect(tell([one.orderId, two.orderId])).rejects.toMatchObject(gone);
  await expect(tell([newId()])).rejects.toMatchObject(gone);
  await expect(tell([])).rejects.toMatchObject({ code: "invalid_input" });
  const all = await Promise.allSettled([tell([two.orderId]), tell([two.orderId]), tell([two.orderId])]);
  expect(all.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect([await heldIn("bank"), await heldIn("cod_receivable")]).toEqual([total, 0]);
  expect(await wrongInTheBooks()).toEqual([]);
});

it("books a sum up to what couriers hold", async () => {
  const { total } = await collected();
  const tell = (amount: number) => remitCash(world.admin, { amount, reference: "DHL 48" });
  for (const amount of [total + 1, 0, -5, 0.5])
    await expect(tell(amount)).rejects.toMatchObject({ code: "invalid_input" });
  const all = await Promise.allSettled([tell(total), tell(total), tell(total)]);
  expect(all.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  expect(await heldIn("cod_receivable")).toBe(0);
  expect(await wrongInTheBooks()).toEqual([]);
});
