import { expect, test } from "vitest";
import type { Row } from "./columns";
import { groupRows } from "./groups";
import { readProduct } from "./product";
import { isWooCommerce, readWooRow, WOO_COLUMNS, WooBook, wooMapping } from "./woocommerce";

const HEADER = [
  ...["ID", "Type", "SKU", "Name", "Published", "Visibility in catalog", "Short description", "Description"],
  ...[
    "Date sale price starts",
    "Date sale price ends",
    "In stock?",
    "Stock",
    "Backorders allowed?",
    "Weight (lbs)",
  ],
  ...[
    "Sale price",
    "Regular price",
    "Categories",
    "Images",
    "Parent",
    "Attribute 1 name",
    "Attribute 1 value(s)",
  ],
];

/** What a file of these rows becomes on 29 November 2026; a cell that is not told is empty. */
async function productsOf(...told: Record<string, string>[]) {
  const book = new WooBook("2026-11-29");
  const usual = { Type: "simple", Published: "1", "Visibility in catalog": "visible", "Regular price": "20" };
  const rows = told.map((cells, i) => {
    const all: Record<string, string> = { ...usual, ...cells };
    return readWooRow(
      HEADER,
      HEADER.map((name) => all[name] ?? ""),
      i + 2,
    );
  });
  for (const row of rows) book.meet(row);
  const translated = rows.map((row): Row => book.translate(row));
  translated.sort((a, b) => (a.cells.handle ?? "").localeCompare(b.cells.handle ?? ""));
  const made: ReturnType<typeof readProduct>[] = [];
  for await (const group of groupRows(translated)) made.push(readProduct(group, WOO_COLUMNS, "EUR"));
  return made;
}

const priceOf = async (cells: Record<string, string>) => {
  const [made] = await productsOf({ Name: "Jug", "Sale price": "5", ...cells });
  const [variant] = made?.variants ?? [];
  return [variant?.price, variant?.compareAt];
};

test("the file is known by its columns", () => {
  expect(isWooCommerce(HEADER)).toBe(true);
  expect(isWooCommerce(["Handle", "Title", "Variant Price"])).toBe(false);
});

test("a sale is the price from its first day to its last, and no other day", async () => {
  expect(await priceOf({})).toEqual([500, 2000]);
  const starts = "Date sale price starts";
  const ends = "Date sale price ends";
  expect(await priceOf({ [starts]: "2026-11-29", [ends]: "2026-11-29" })).toEqual([500, 2000]);
  expect(await priceOf({ [starts]: "2030-01-01" })).toEqual([2000, null]);
  expect(await priceOf({ [ends]: "2020-12-31 23:59:59" })).toEqual([2000, null]);
  expect(await priceOf({ "Sale price": "" })).toEqual([2000, null]);
});

test("variations find their parent wherever it stands, by its number or its SKU", async () => {
  const attribute = (value: string) => ({ "Attribute 1 name": "Colour", "Attribute 1 value(s)": value });
  const variation = { Type: "variation", "Regular price": "12", Name: "Tee" };
  const [tee] = await productsOf(
    { ...variation, SKU: "T-R", Parent: "id:7", ...attribute("Red") },
    {
      ...{ ID: "7", Type: "variable", SKU: "TEE", Name: "Tee", Categories: "Clothing > Tees, Sale" },
      ...{ Description: "One\\nTwo", "Regular price": "", ...attribute("Red, Blue") },
    },
    { ...variation, SKU: "T-B", Parent: "TEE", "Sale price": "9", ...attribute("Blue") },
  );
  expect(tee?.variants.map(({ sku, price, values }) => [sku, price, values])).toEqual([
    ["T-R", 1200, ["Red"]],
    ["T-B", 900, ["Blue"]],
  ]);
  expect(tee).toMatchObject({ name: "Tee", options: [{ name: "Colour", values: ["Red", "Blue"] }] });
});

test("what is in stock and not counted is sold without end; weights are grams", async () => {
  const [endless, counted] = await productsOf(
    { Name: "A", "In stock?": "1", "Weight (lbs)": "2" },
    { Name: "B", "In stock?": "1", Stock: "3", "Backorders allowed?": "0" },
  );
  expect(endless?.variants[0]).toMatchObject({ backorder: true, quantity: null, weight: 907 });
  expect(counted?.variants[0]).toMatchObject({ backorder: false, quantity: 3 });
});

test("two products of one name have two addresses; what is hidden is a draft; downloads are left out", async () => {
  const [one, other] = await productsOf(
    { ID: "1", Name: "Same" },
    { ID: "2", Name: "Same", "Visibility in catalog": "hidden" },
  );
  const handles: (string | undefined)[] = [one?.handle, other?.handle];
  expect(handles).toEqual(["same", "same-2"]);
  expect([one, other].map((made) => made?.status)).toEqual(["active", "draft"]);
  await expect(productsOf({ Name: "Song", Type: "simple, downloadable" })).rejects.toThrow("not sold here");
});

test("tells which columns are read: each that a translation asks for, and no other", () => {
  const asked = new Set<string>();
  class Watched extends Map<string, string> {
    override get(name: string) {
      asked.add(name);
      return super.get(name);
    }
  }
  const book = new WooBook("2026-11-29");
  for (const type of ["variable", "variation", "simple"]) {
    const row = { line: 2, cells: new Watched([["type", type]]) };
    book.meet(row);
    book.translate(row);
  }
  const { read } = wooMapping([...asked]);
  expect(read.sort()).toEqual([...asked].sort());
  expect(wooMapping(["Name", "Weight (kg)", "Attribute 1 value(s)", "Upsells", "", "Meta: _x"])).toEqual({
    read: ["Name", "Weight (kg)", "Attribute 1 value(s)"],
    unread: ["Upsells", "Meta: _x"],
  });
  expect(wooMapping(HEADER).unread).toEqual([]);
});
