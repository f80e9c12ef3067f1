/** What staff did to stock by hand is taken back by the log: by a movement, once, never below what is held. */
import { asc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { inventory, stockMovements } from "@/db/schema/inventory";
import { availableOf, wrongCounters } from "@/db/testing/stock";
import type { Staff } from "@/lib/domain/actors";
import { canRevert } from "@/lib/domain/audit-revert";
import { lastEntryBy } from "@/lib/services/audit";
import { revert } from "@/lib/services/audit-revert";
import { adjust, restock, setAvailable, setOnHand } from "./adjust";
import { setBackorder, setThreshold } from "./policy";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** A request of its own; answers the entry that it left. */
async function entryOf(person: Staff, work: (staff: Staff) => Promise<unknown>): Promise<string> {
  const staff = { ...person };
  await work(staff);
  return lastEntryBy(staff) ?? "";
}

const movementsOf = (variantId: string) =>
  db
    .select({ delta: stockMovements.onHandDelta, actorId: stockMovements.actorId })
    .from(stockMovements)
    .where(eq(stockMovements.variantId, variantId))
    .orderBy(asc(stockMovements.id));

test("a change is taken back by a movement the other way round, once, whatever was sold meanwhile", async () => {
  const variantId = await shelf(world, 5);
  const entryId = await entryOf(world.line, (line) =>
    restock(line, { variantId, quantity: 4, reason: "Delivery" }),
  );
  await order(guest(), [{ variantId, quantity: 2 }]);
  const before = await movementsOf(variantId);
  const undone = await entryOf(world.line, (line) => revert(line, { entryId }));
  expect(await movementsOf(variantId)).toEqual([...before, { delta: -4, actorId: world.id.line }]);
  expect(await availableOf(variantId)).toBe(3);
  expect(await wrongCounters(variantId)).toEqual([]);
  const again = { data: { reason: "It is taken back already." } };
  await expect(revert(world.line, { entryId })).rejects.toMatchObject(again);
  await expect(revert(world.admin, { entryId })).rejects.toMatchObject(again);
  await expect(revert(world.line, { entryId: undone })).rejects.toThrow(/^Changes of this kind/);
});

test("of several who take it back at once, one does", async () => {
  const variantId = await shelf(world, 5);
  const entryId = await entryOf(world.line, (line) => restock(line, { variantId, quantity: 4 }));
  const tried = [world.line, world.admin, world.line, world.admin].map((staff) => revert(staff, { entryId }));
  const answers = await Promise.allSettled(tried);
  expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await availableOf(variantId)).toBe(5);
  expect(await wrongCounters(variantId)).toEqual([]);
});

test("what is sold or held for orders is not taken: it is refused and nothing moves", async () => {
  const variantId = await shelf(world, 1);
  const entryId = await entryOf(world.line, (line) =>
    adjust(line, { variantId, delta: 3, reason: "Found again" }),
  );
  await order(guest(), [{ variantId, quantity: 2 }]);
  const before = await movementsOf(variantId);
  await expect(revert(world.line, { entryId })).rejects.toMatchObject({
    code: "revert_refused",
    data: { reason: "Only 2 are unsold and free; the others are held for orders." },
  });
  expect(await movementsOf(variantId)).toEqual(before);
  expect(await availableOf(variantId)).toBe(2);
});

test("what was counted since stands, until that is taken back itself", async () => {
  const variantId = await shelf(world, 5);
  const received = await entryOf(world.line, (line) =>
    restock(line, { variantId, quantity: 4, reason: "Delivery" }),
  );
  const counted = await entryOf(world.admin, (admin) =>
    setOnHand(admin, { variantId, counted: 7, reason: "Stocktake" }),
  );
  await expect(revert(world.line, { entryId: received })).rejects.toThrow(/^It was counted since/);
  const set = await entryOf(world.admin, (admin) =>
    setAvailable(admin, { variantId, available: 6, was: 7, reason: "Lost" }),
  );
  await expect(revert(world.admin, { entryId: counted })).rejects.toThrow(/^It was counted since/);
  await revert(world.admin, { entryId: set });
  await revert(world.admin, { entryId: counted });
  expect(await availableOf(variantId)).toBe(9);
  await revert(world.line, { entryId: received });
  expect(await availableOf(variantId)).toBe(5);
});

test("the mark for low stock and what is sold below zero are as before, unless they moved on", async () => {
  const variantId = await shelf(world, 5);
  const read = async () =>
    (
      await db
        .select({
          threshold: inventory.lowStockThreshold,
          backorder: inventory.backorder,
          limit: inventory.backorderLimit,
        })
        .from(inventory)
        .where(eq(inventory.variantId, variantId))
    )[0];
  const was = await read();
  const low = await entryOf(world.line, (line) => setThreshold(line, { variantId, threshold: 17 }));
  const below = await entryOf(world.line, (line) =>
    setBackorder(line, { variantId, backorder: true, limit: 3 }),
  );
  expect(await read()).toEqual({ threshold: 17, backorder: true, limit: 3 });
  const further = await entryOf(world.admin, (admin) => setThreshold(admin, { variantId, threshold: 18 }));
  await expect(revert(world.line, { entryId: low })).rejects.toThrow(/changed threshold to “18”/);
  await revert(world.admin, { entryId: further });
  await revert(world.line, { entryId: below });
  await revert(world.line, { entryId: low });
  expect(await read()).toEqual(was);
});

test("sold below zero meanwhile, it stays so, and the way back says why", async () => {
  const variantId = await shelf(world, 1);
  const entryId = await entryOf(world.line, (line) =>
    setBackorder(line, { variantId, backorder: true, limit: 3 }),
  );
  await order(guest(), [{ variantId, quantity: 3 }]);
  await expect(revert(world.line, { entryId })).rejects.toMatchObject({
    code: "revert_refused",
    data: { reason: expect.stringMatching(/^2 more are promised already/) },
  });
});

test("an owner takes back neither what another one did nor what an admin did to their goods", async () => {
  const variantId = await shelf(world, 5);
  const byLine = await entryOf(world.line, (line) => restock(line, { variantId, quantity: 1 }));
  const byAdmin = await entryOf(world.admin, (admin) => restock(admin, { variantId, quantity: 1 }));
  const low = await entryOf(world.line, (line) => setThreshold(line, { variantId, threshold: 9 }));
  for (const entryId of [byLine, low])
    await expect(revert(world.ring, { entryId })).rejects.toMatchObject({ code: "not_found" });
  await expect(revert(world.line, { entryId: byAdmin })).rejects.toMatchObject({ code: "not_found" });
  expect(await availableOf(variantId)).toBe(7);
});

test.each([
  ["inventory.adjust", { onHand: 5 }, { onHand: 7, reason: "Found" }, true],
  ["inventory.take_back", { onHand: 7 }, { onHand: 5, takenBack: "x" }, false],
  ["inventory.spread", { buckets: 1 }, { buckets: 2 }, false],
] as const)("%s from %j to %j: %s", (action, before, after, expected) => {
  expect(canRevert({ subject: "inventory", action, before, after }, new Date())).toBe(expected);
});
