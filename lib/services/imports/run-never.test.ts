import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { fileOf, importRowsOf, see, stateOfShop } from "@/db/testing/imported";
import { systemActor } from "@/lib/system";
import { run } from "./run";

const system = systemActor("import");
let world: Cast;

beforeAll(async () => {
  world = await cast();
});

describe("never", () => {
  it("takes a SKU of another product, nor half of the product that wanted it", async () => {
    const report = await importRowsOf(
      "thief,Thief,Size,S,THIEF-S,5,1,Loot\nthief,,,M,mug,5,1,\nmug-one-x,X,,,XX,5,1,Ups",
    );
    expect(report.problems).toMatchObject([
      { lines: "2-3", message: 'Line 3: the SKU "mug" belongs to another product already.' },
    ]);
    expect(await see("thief")).toBeUndefined();
    expect(await see("mug-one-x")).toBeDefined();
    expect(await sql`select 1 from categories where path = 'imported/loot'`).toHaveLength(0);
  });

  it("touches another owner's products", async () => {
    const path = fileOf("tote-one,Mine Now,,,TOTE,1,1,Ups\nother,Other,,,tote,1,1,Ups");
    const report = await run(world.line, { path });
    expect(report.products.failed).toBe(2);
    expect(await see("tote-one")).toMatchObject({ name: "Tote One", owner: "ring" });
    const own = await run(world.line, { path: fileOf("lines-own,Own,,,LO,5,1,Ups"), owner: "ring" });
    expect(own.products.created).toBe(1);
    expect((await see("lines-own"))?.owner).toBe("line");
  });

  it("keeps anything of a dry run", async () => {
    const before = await stateOfShop();
    const [records] = await sql`select count(*) from imports`;
    const report = await importRowsOf("dry,Dry,,,DRY,5,1,Never Seen\nbad,,,,B,5,1,", { dryRun: true });
    expect(report.products).toMatchObject({ created: 1, failed: 1 });
    expect(await stateOfShop()).toEqual(before);
    expect((await sql`select count(*) from imports`)[0]).toEqual(records);
  });

  it("runs at all where there is nobody to sell or no such owner", async () => {
    await expect(importRowsOf("a,A,,,A,5,1,", { owner: "nobody" })).rejects.toThrow(
      'There is no owner "nobody"; there is line, ring.',
    );
  });

  it("mixes up rows that are scattered over the file", async () => {
    const report = await importRowsOf("sc,Sc,Size,S,SC-S,5,1,Ups\nmid,Mid,,,MID,5,1,Ups\nsc,,,M,SC-M,5,1,");
    expect(report.products).toMatchObject({ created: 1, failed: 2 });
    expect(await see("sc")).toBeUndefined();
  });

  it("makes two of one when two imports run at once", async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `race-${i},Race ${i},,,RACE-${i},5,1,Racing`).join(
      "\n",
    );
    const reports = await Promise.all([importRowsOf(rows), importRowsOf(rows)]);
    expect(
      reports.map(({ products: { created, unchanged, failed } }) => created + unchanged + failed * 100),
    ).toEqual([12, 12]);
    expect(reports.reduce((sum, report) => sum + report.products.created, 0)).toBe(12);
  });
});

describe.skipIf(!existsSync("../shared/data/shopify-partners"))("real exports", () => {
  it.each([
    ["apparel.csv", 20, 22],
    ["home-and-garden.csv", 20, 21],
    ["jewelery.csv", 20, 23],
  ])("%s comes in whole, and once", async (name, count, variants) => {
    const path = `../shared/data/shopify-partners/${name}`;
    const first = await run(system, { path, images: false });
    expect([first.products.created, first.variants, first.rows.failed]).toEqual([count, variants, 0]);
    const before = await stateOfShop();
    const second = await run(system, { path, images: false });
    expect(second.products.unchanged).toBe(count);
    expect(await stateOfShop()).toEqual(before);
  });
});
