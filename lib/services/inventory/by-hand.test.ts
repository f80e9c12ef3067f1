import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { stockMovements } from "@/db/schema/inventory";
import { orderLines } from "@/db/schema/orders";
import { wrongInTheBooks } from "@/db/testing/books";
import { availableOf, wrongCounters } from "@/db/testing/stock";
import { withTx } from "@/db/tx";
import { getStock } from "@/lib/queries/admin/stock";
import { adjust, restock, setAvailable, setOnHand } from "./adjust";
import { setBackorder, setThreshold } from "./policy";
import { takeIn } from "./returned";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const auditOf = (variantId: string) =>
  db
    .select({ action: audit.action, actorId: audit.actorId, before: audit.before, after: audit.after })
    .from(audit)
    .where(and(eq(audit.subject, "inventory"), eq(audit.subjectId, variantId)))
    .orderBy(asc(audit.createdAt), asc(audit.id));

describe("what is available, set in a list", () => {
  it("counts from what the list showed, once a key, and is taken back by the opposite", async () => {
    const variantId = await shelf(world, 5);
    const set = (available: number, was: number, key?: string) =>
      setAvailable(world.line, { variantId, available, was, reason: "Lost", key });
    expect(await set(8, 5, "key-set-1")).toEqual({ available: 8, delta: 3 });
    expect(await set(8, 5, "key-set-1")).toEqual({ available: 8, delta: 3 });
    expect(await availableOf(variantId)).toBe(8);
    await expect(set(4, 5)).rejects.toMatchObject({
      data: { fields: { available: expect.stringContaining("Meanwhile 8 are available") } },
    });
    await expect(set(-1, 8)).rejects.toMatchObject({ data: { fields: { available: expect.any(String) } } });
    await expect(
      setAvailable(world.ring, { variantId, available: 1, was: 8, reason: "Lost" }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await adjust(world.line, { variantId, delta: -3, reason: "Taken back" })).toEqual({
      available: 5,
    });
    expect(await wrongCounters(variantId)).toEqual([]);
  });
});

describe("a change by hand", () => {
  it("counts away nothing that somebody else put on the shelf meanwhile", async () => {
    const variantId = await shelf(world, 5);
    const opened = (await getStock(world.line, variantId))?.version ?? -1;
    await restock(world.admin, { variantId, quantity: 20, reason: "Delivery" });
    // Another matter of the same row.
    await setThreshold(world.line, { variantId, threshold: 4 });
    const count = (version: number) =>
      setOnHand(world.line, { variantId, version, counted: 5, reason: "Stocktake" });
    await expect(count(opened)).rejects.toMatchObject({
      code: "conflict",
      data: { told: { did: "changed what is on hand to “25”", version: opened + 1 } },
    });
    expect((await getStock(world.line, variantId))?.onHand).toBe(25);
    await count(opened + 1);
    expect(await getStock(world.line, variantId)).toMatchObject({ onHand: 5, version: opened + 2 });
  });

  it("of the mark for low stock is refused where the form showed another one", async () => {
    const variantId = await shelf(world, 5);
    await setThreshold(world.line, { variantId, version: 3, threshold: 4 });
    // What happened to the count meanwhile is another matter.
    await restock(world.admin, { variantId, quantity: 2, reason: "Delivery" });
    const late = (version: number) => setThreshold(world.admin, { variantId, version, threshold: 9 });
    await expect(late(3)).rejects.toMatchObject({
      code: "conflict",
      data: { told: { did: "changed the mark for low stock to “4”", version: 4 } },
    });
    expect((await auditOf(variantId)).at(-1)).toMatchObject({
      actorId: world.id.admin,
      action: "inventory.restock",
    });
    await late(4);
    expect((await auditOf(variantId)).at(-1)).toMatchObject({
      before: { threshold: 4 },
      after: { threshold: 9 },
    });
  });

  it("stands in the audit log with who, before and after", async () => {
    const variantId = await shelf(world, 5);
    await restock(world.line, { variantId, quantity: 2, reason: "Delivery" });
    await adjust(world.admin, { variantId, delta: -1, reason: "Broken" });
    await setOnHand(world.line, { variantId, counted: 4, reason: "Stocktake" });
    await setThreshold(world.line, { variantId, threshold: 2 });
    await setBackorder(world.line, { variantId, backorder: true, limit: 9 });
    const by = { actorId: world.id.line };
    expect(await auditOf(variantId)).toMatchObject([
      { ...by, action: "inventory.restock", before: { onHand: 5 }, after: { onHand: 7, reason: "Delivery" } },
      { actorId: world.id.admin, action: "inventory.adjust", before: { onHand: 7 }, after: { onHand: 6 } },
      { ...by, action: "inventory.count", before: { onHand: 6 }, after: { onHand: 4 } },
      { ...by, action: "inventory.threshold", before: { threshold: 3 }, after: { threshold: 2 } },
      {
        ...by,
        action: "inventory.backorder",
        before: { backorder: false },
        after: { backorder: true, limit: 9 },
      },
    ]);
  });

  it("happens once per key, however often and at once it is sent", async () => {
    const variantId = await shelf(world, 5);
    const sent = { variantId, key: `form-${variantId}` };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => restock(world.line, { ...sent, quantity: 3 })),
    );
    expect(answers).toEqual(answers.map(() => ({ available: 8 })));
    expect(await adjust(world.line, { ...sent, delta: -2, reason: "Lost" })).toEqual({ available: 6 });
    expect(await adjust(world.line, { ...sent, delta: -2, reason: "Lost" })).toEqual({ available: 6 });
    await setOnHand(world.line, { ...sent, counted: 9, reason: "Stocktake" });
    await adjust(world.line, { variantId, delta: -1, reason: "Lost" });
    await setOnHand(world.line, { ...sent, counted: 9, reason: "Stocktake" });
    expect(await availableOf(variantId)).toBe(8);
    expect(await wrongCounters(variantId)).toEqual([]);
  });

  it("does not count what was taken off an order as lying there to be packed", async () => {
    const variantId = await shelf(world, 10);
    const { orderId } = await order(guest(), [{ variantId, quantity: 4 }], { method: "cash_on_delivery" });
    await withTx(async (tx) => {
      await tx.update(orderLines).set({ cancelledQuantity: 1 }).where(eq(orderLines.orderId, orderId));
      await takeIn(tx, world.line, orderId, [{ variantId, restock: 1, writeOff: 0 }]);
    });
    // 7 unsold and 3 to be packed lie on the shelf.
    expect(await setOnHand(world.line, { variantId, counted: 10, reason: "Stocktake" })).toEqual({
      available: 7,
    });
  });

  it("cannot end backorder, nor narrow it, below what is promised", async () => {
    const variantId = await shelf(world, 1);
    await setBackorder(world.line, { variantId, backorder: true });
    await order(guest(), [{ variantId, quantity: 4 }]);
    for (const rule of [{ backorder: false }, { backorder: true, limit: 2 }])
      await expect(setBackorder(world.line, { variantId, ...rule })).rejects.toMatchObject({
        code: "invalid_input",
      });
    await setBackorder(world.line, { variantId, backorder: true, limit: 3 });
    await expect(setBackorder(world.ring, { variantId, backorder: true })).rejects.toMatchObject({
      code: "not_found",
    });
    await expect(adjust(world.line, { variantId, delta: -1, reason: "Lost" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

it("takes returned goods in: what is fit is for sale again, the rest is written off, and both are in the ledger", async () => {
  const [variantId, other] = [await shelf(world, 10), await shelf(world, 2)];
  const wishes = [
    { variantId, quantity: 5 },
    { variantId: other, quantity: 1 },
  ];
  const { orderId } = await order(guest(), wishes, { method: "cash_on_delivery" });
  const lines = [
    { variantId, restock: 2, writeOff: 1 },
    { variantId: other, restock: 0, writeOff: 1, reason: "Broken on the way" },
  ];
  await withTx((tx) => takeIn(tx, world.line, orderId, lines));
  expect([await availableOf(variantId), await availableOf(other)]).toEqual([7, 1]);
  const moved = await db
    .select({ kind: stockMovements.kind, delta: stockMovements.onHandDelta, reason: stockMovements.reason })
    .from(stockMovements)
    .where(and(eq(stockMovements.orderId, orderId), eq(stockMovements.actorId, world.id.line)))
    .orderBy(asc(stockMovements.id));
  expect(moved).toHaveLength(4);
  expect(moved).toEqual(
    expect.arrayContaining([
      { kind: "return", delta: 3, reason: null },
      { kind: "adjustment", delta: -1, reason: "Written off: returned damaged" },
      { kind: "return", delta: 1, reason: null },
      { kind: "adjustment", delta: -1, reason: "Broken on the way" },
    ]),
  );
  expect(await wrongInTheBooks()).toEqual([]);
});
