import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { cast } from "@/db/cast";
import { db, sql } from "@/db/client";
import { products } from "@/db/schema/catalog";
import { importRowsOf, see, stateOfShop } from "@/db/testing/imported";
import { systemActor } from "@/lib/system";
import { run } from "./run";

const system = systemActor("import");
const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url).pathname;

beforeAll(async () => {
  await cast();
});

describe("an export with old headers", () => {
  it("becomes products; what is wrong is named by line and left out", async () => {
    const report = await run(system, { path: fixture("old-headers.csv"), owner: "ring" });
    expect(report.products).toEqual({ created: 2, updated: 0, unchanged: 0, skipped: 1, failed: 4 });
    expect(report.rows).toEqual({ created: 5, updated: 0, unchanged: 0, skipped: 1, failed: 5 });
    expect(report.problems.map(({ lines, message }) => `${lines}: ${message}`)).toEqual([
      '8: Line 8: "free" is no price in EUR.',
      "9: The product has no title.",
      "10: The row has no handle, so it belongs to no product.",
      "11: Gift cards, downloads and bundles are not sold here.",
      '12-13: Lines 12 and 13 have the same SKU "tw-1".',
    ]);
    expect(report.remarks.map(({ lines, text }) => `${lines}: ${text}`)).toEqual(
      expect.arrayContaining([
        "4: quantity -2 became 0",
        "4: compare-at price 89.90 left out: it is not above the price",
      ]),
    );
    expect(report.remarks.filter(({ text }) => text.startsWith("picture not loaded"))).not.toEqual([]);
  });

  it("keeps everything that the file says, with a description that can do no harm", async () => {
    const lamp = await see("fringe-lamp");
    expect(lamp).toMatchObject({
      name: "Fringe Lamp",
      status: "active",
      format: "html",
      subtitle: "Halo Works",
      tags: ["light", "table"],
      path: "imported/lamps",
      owner: "ring",
    });
    expect(lamp?.description).toBe(
      '<p>A lamp with <b>interference</b> fringes.</p>\n<a rel="nofollow noopener">more</a>',
    );
    expect(lamp?.variants).toEqual([
      {
        sku: "FL-AM-S",
        title: "Amber / Small",
        price: 5990,
        was: 7990,
        weight: 1250,
        available: 7,
        backorder: false,
      },
      {
        sku: "FL-AM-L",
        title: "Amber / Large",
        price: 8990,
        was: null,
        weight: 2100,
        available: 0,
        backorder: false,
      },
      {
        sku: "FRINGE-LAMP-BLUE-SMALL",
        title: "Blue / Small",
        price: 5990,
        was: null,
        weight: 1250,
        available: 3,
        backorder: true,
      },
    ]);
    // Its type is a category of the shop already.
    expect(await see("creme-bowl")).toMatchObject({ status: "draft", path: "objects" });
  });

  it("notes every line, and stock as movements that sum up", async () => {
    const rows = await sql`select line, outcome from import_rows order by line`;
    expect(rows.map(({ line, outcome }) => `${line} ${outcome}`).join(", ")).toBe(
      "2 created, 4 created, 5 created, 6 created, 7 created, 8 failed, 9 failed, 10 failed, 11 skipped, 12 failed, 13 failed",
    );
    const [record] = await sql`select status, rows_total, rows_done, rows_failed from imports`;
    expect(record).toMatchObject({ status: "finished", rows_total: 11, rows_done: 11, rows_failed: 5 });
    const wrong = await sql`select v.sku from inventory i join variants v on v.id = i.variant_id
      where i.on_hand <> (select coalesce(sum(m.on_hand_delta), 0) from stock_movements m where m.variant_id = v.id)`;
    expect(wrong).toHaveLength(0);
    const reasons = await sql`select distinct reason from stock_movements where reason like 'import%'`;
    expect(reasons.map(({ reason }) => reason)).toEqual(["import old-headers.csv"]);
  });

  it("leaves nothing behind of products that failed", async () => {
    const left =
      await sql`select slug from products where slug in ('bad-price', 'no-title', 'twins', 'voucher')`;
    expect(left).toHaveLength(0);
  });

  it("changes nothing when it is read again", async () => {
    const before = await stateOfShop();
    const report = await run(system, { path: fixture("old-headers.csv"), owner: "ring" });
    expect(report.products).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await stateOfShop()).toEqual(before);
  });
});

it("an export with new headers becomes the same kind of products", async () => {
  const report = await run(system, { path: fixture("new-headers.csv"), images: false });
  expect(report.products).toMatchObject({ created: 2, failed: 0 });
  expect(await see("beat-notebook")).toMatchObject({
    status: "active",
    path: "imported/notebooks",
    owner: "line",
    description: "<h2>Beats</h2><div>Two lines of <em>almost</em> the same pitch.</div>",
    variants: [
      { sku: "BN-A5", title: "A5", price: 1250, available: 20, weight: 210 },
      { sku: "BN-A4", title: "A4", price: 1750, was: 2100, available: 5, weight: 380 },
    ],
  });
  expect(await see("quiet-notebook")).toMatchObject({ status: "draft" });
});

describe("a second file", () => {
  it("changes only what differs, and expires the pages of that product alone", async () => {
    await importRowsOf("up-a,A,Size,S,UP-A-S,10,5,Ups\nup-a,,,M,UP-A-M,12,5,\nup-b,B,,,UP-B,20,5,Ups");
    const [b] = await db.select().from(products).where(eq(products.slug, "up-b"));
    await sql`delete from cache_expiries`;
    const report = await importRowsOf(
      "up-a,A,Size,S,UP-A-S,11,9,Ups\nup-a,,,L,UP-A-L,15,2,\nup-b,B,,,UP-B,20,5,Ups",
    );
    expect(report.products).toMatchObject({ updated: 1, unchanged: 1 });
    expect((await see("up-a"))?.variants).toMatchObject([
      { sku: "UP-A-S", price: 1100, available: 5 },
      { sku: "UP-A-M", price: 1200, available: 5 },
      { sku: "UP-A-L", price: 1500, available: 2 },
    ]);
    const [after] = await db.select().from(products).where(eq(products.slug, "up-b"));
    expect(after).toEqual(b);
    const tags = (await sql`select distinct tag from cache_expiries`).map(({ tag }) => tag);
    const [a] = await db.select().from(products).where(eq(products.slug, "up-a"));
    expect(tags.toSorted()).toEqual([`category:${a?.categoryId}`, "home", `product:${a?.id}`].toSorted());
    expect(report.remarks.map(({ text }) => text)).toEqual(
      expect.arrayContaining([
        "not in the file, left as they are: UP-A-M",
        "stock left as it is in the shop",
      ]),
    );
  });

  it("sets stock where it is told to", async () => {
    await importRowsOf("set-a,A,,,SET-A,10,5,Ups");
    await importRowsOf("set-a,A,,,SET-A,10,2,Ups", { setStock: true });
    expect((await see("set-a"))?.variants[0]?.available).toBe(2);
    const moves =
      await sql`select kind, on_hand_delta, reason from stock_movements m join variants v on v.id = m.variant_id
      where v.sku = 'SET-A' order by m.created_at, m.id`;
    expect(moves.map(({ kind, on_hand_delta, reason }) => [kind, on_hand_delta, reason])).toEqual([
      ["restock", 5, "import rows.csv"],
      ["adjustment", -3, "import rows.csv"],
    ]);
  });

  it("may swap options, rename SKUs and give a product options that it had not", async () => {
    await importRowsOf("sw,Swap,Size,S,SW-1,10,1,Ups\nsw,,,M,SW-2,10,1,");
    expect((await importRowsOf("sw,Swap,Size,M,SW-1,10,1,Ups\nsw,,,S,SW-2,10,1,")).products.updated).toBe(1);
    expect((await see("sw"))?.variants.map(({ sku, title }) => `${sku} ${title}`)).toEqual([
      "SW-1 M",
      "SW-2 S",
    ]);
    expect((await importRowsOf("sw,Swap,Size,M,SW-9,10,1,Ups\nsw,,,S,SW-2,10,1,")).products.updated).toBe(1);
    expect((await see("sw"))?.variants.map(({ sku }) => sku)).toEqual(["SW-9", "SW-2"]);
    await importRowsOf("one,One,,,ONE,10,1,Ups");
    const report = await importRowsOf("one,One,Colour,Red,ONE-R,10,1,Ups\none,,,Blue,ONE-B,10,1,");
    expect(report.remarks.map(({ text }) => text)).toContain(
      "taken off sale, because the product has other options now: ONE",
    );
    expect((await see("one"))?.variants.map(({ title }) => title)).toEqual(["Red", "Blue"]);
    expect(
      (await importRowsOf("one,One,Colour,Red,ONE-R,10,1,Ups\none,,,Blue,ONE-B,10,1,")).products.unchanged,
    ).toBe(1);
  });

  it("knows a renamed product by its SKUs", async () => {
    await importRowsOf("old-name,Old,,,REN-1,10,1,Ups");
    const report = await importRowsOf("new-name,New,,,REN-1,10,1,Ups");
    expect(report.products.updated).toBe(1);
    expect(await see("new-name")).toBeUndefined();
    expect((await see("old-name"))?.name).toBe("New");
  });

  it("keeps what the file before it had, for an undo", async () => {
    await importRowsOf("und,Before,,,UND,10,1,Ups");
    const { importId } = await importRowsOf("und,After,,,UND,12,1,Ups");
    const [row] = await sql`select before from import_rows where import_id = ${importId} and line = 2`;
    expect(row?.before).toMatchObject({
      was: { product: { name: "Before" }, variants: [{ sku: "UND", price: 1000 }] },
      is: { product: { name: "After" }, variants: [{ sku: "UND", price: 1200 }] },
    });
  });
});
