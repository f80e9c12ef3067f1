import { writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { getImport, listImportRows } from "@/lib/queries/admin/imports";
import { getStocktake, listStocktakes } from "@/lib/queries/admin/stocktake";
import { adjust } from "@/lib/services/inventory/adjust";
import { systemActor } from "@/lib/system";
import { draftPlace } from "./kept-file";
import { run } from "./run";
import { reopen, resume, start, stop, takeIn, undo } from "./steps";
import { applyCount, takeCount } from "./stocktake";

let world: Cast;

beforeAll(async () => {
  world = await cast();
  const path = await draftPlace();
  const rows = ["a", "b", "c"].map((x) => `count-${x},Count ${x},COUNT-${x},5,10`).join("\n");
  writeFileSync(path, `Handle,Title,SKU,Price,Inventory quantity\n${rows}\n`);
  await run(systemActor("import"), { path, owner: "ring" });
});

async function sheet(staff: Staff, rows: string, head = "SKU,Product,Variant,On the shelf,Counted") {
  const path = await draftPlace();
  writeFileSync(path, `${head}\n${rows}\n`);
  return takeCount(staff, { path, fileName: "counted.csv" });
}

async function outcomes(importId: string): Promise<string[]> {
  const rows =
    await sql`select handle, outcome, message, before from import_rows where import_id = ${importId} order by line`;
  return rows.map(
    ({ handle, outcome, message, before }) =>
      `${handle} ${outcome} ${message ?? `${before.expected} to ${before.counted}`}`,
  );
}

async function onHand(sku: string): Promise<number> {
  const [row] =
    await sql`select on_hand from inventory i join variants v on v.id = i.variant_id where v.sku = ${sku}`;
  return Number(row?.on_hand);
}

describe("a counted sheet", () => {
  it("is compared with the shelves and changes nothing before it is applied", async () => {
    const importId = await sheet(
      world.ring,
      "COUNT-a;x;;10;7\ncount-B;x;;10;10\nCOUNT-c;x;;10;\nCOUNT-a;x;;10;8\nnone;;;;3\nCOUNT-c;;;;many",
      "sku;p;v;shelf;COUNTED",
    );
    expect(await outcomes(importId)).toEqual([
      "COUNT-a updated 10 to 7",
      "count-B unchanged 10 to 10",
      "COUNT-a failed It was counted on line 2 already.",
      'none failed There is no variant "none".',
      'COUNT-c failed "many" is no count.',
    ]);
    expect(await onHand("COUNT-a")).toBe(10);
    await applyCount(world.ring, { importId, reason: "Yearly count" });
    expect(await onHand("COUNT-a")).toBe(7);
    await expect(applyCount(world.ring, { importId, reason: "again" })).rejects.toMatchObject({
      code: "illegal_transition",
    });
    const moves =
      await sql`select on_hand_delta, reason from stock_movements m join variants v on v.id = m.variant_id
      where v.sku = 'COUNT-a' and kind = 'adjustment'`;
    expect(moves.map(({ on_hand_delta, reason }) => [on_hand_delta, reason])).toEqual([[-3, "Yearly count"]]);
    expect(await sql`select 1 from audit where action = 'inventory.count'`).toHaveLength(1);
  });

  it("counts what is sold and not yet sent", async () => {
    await order(guest(), [{ variantId: await variantId("COUNT-b"), quantity: 4 }], {
      method: "cash_on_delivery",
    });
    const importId = await sheet(world.ring, "COUNT-b,,,,10");
    expect(await outcomes(importId)).toEqual(["COUNT-b unchanged 10 to 10"]);
  });

  it("is set whole or not at all: where goods moved, it is compared anew", async () => {
    const importId = await sheet(world.ring, "COUNT-b,,,,9\nCOUNT-c,,,,4");
    await adjust(world.ring, { variantId: await variantId("COUNT-c"), delta: -1, reason: "broken" });
    await expect(applyCount(world.ring, { importId, reason: "count" })).rejects.toMatchObject({
      data: { fields: { reason: expect.stringContaining("COUNT-c moved since") } },
    });
    expect(await onHand("COUNT-b")).toBe(6);
    expect(await outcomes(importId)).toEqual(["COUNT-b updated 10 to 9", "COUNT-c updated 9 to 4"]);
    await Promise.allSettled([1, 2, 3].map(() => applyCount(world.ring, { importId, reason: "count" })));
    expect([await onHand("COUNT-b"), await onHand("COUNT-c")]).toEqual([5, 4]);
  });

  it("reaches an owner's own goods alone, and tells what it cannot be", async () => {
    expect(await outcomes(await sheet(world.line, "COUNT-a,,,,1"))).toEqual([
      'COUNT-a failed There is no variant "COUNT-a".',
    ]);
    const foreign = await sheet(world.ring, "COUNT-a,,,,1");
    await expect(applyCount(world.line, { importId: foreign, reason: "mine" })).rejects.toMatchObject({
      code: "not_found",
    });
    const broken = await sheet(world.ring, "a,b", "x,y");
    const [row] = await sql`select status, message from imports where id = ${broken}`;
    expect(row).toEqual({ status: "failed", message: 'Its first line has no column "SKU" and "Counted".' });
  });
});

describe("a sheet that an admin counted, with goods of all", () => {
  it("is nothing to owners: they neither see nor apply it", async () => {
    const importId = await sheet(world.admin, "COUNT-b;x;;10;9", "sku;p;v;shelf;counted");
    for (const owner of [world.line, world.ring]) {
      expect(await getStocktake(owner, importId)).toBeNull();
      expect((await listStocktakes(owner)).map(({ id }) => id)).not.toContain(importId);
      await expect(applyCount(owner, { importId, reason: "Not mine" })).rejects.toMatchObject({
        code: "not_found",
      });
    }
    expect(await getStocktake(world.admin, importId)).not.toBeNull();
  });
});

describe("an import that an admin began, into whichever shop", () => {
  it("is nothing to owners: they neither see, stop nor undo it", async () => {
    const path = await draftPlace();
    writeFileSync(path, "handle,title,price\nadmins-own,Admin's own,5\n");
    const importId = await takeIn(world.admin, { path, fileName: "all.csv" });
    for (const owner of [world.line, world.ring]) {
      expect(await getImport(owner, importId)).toBeNull();
      const asked = { page: 1, pageSize: 30, view: "all", currency: "EUR" } as const;
      expect(await listImportRows(owner, importId, asked)).toEqual([]);
      for (const touch of [start, stop, undo, resume, reopen])
        await expect(touch(owner, importId)).rejects.toMatchObject({ code: "not_found" });
    }
    expect(await getImport(world.admin, importId)).not.toBeNull();
  });
});
