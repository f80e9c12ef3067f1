/** The list of stock: what is low and sold out, also where a variant's counters are spread over several rows. */
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, shelf } from "@/db/cast";
import type { StockSort, StockView } from "@/lib/domain/back-office";
import { spread } from "@/lib/services/inventory/policy";
import { getDesk } from "./home";
import { searchGoods } from "./manual-order";
import { listStock } from "./stock";

let world: Cast;
const names = new Map<string, string>();
beforeAll(async () => {
  world = await cast();
  // Low is three and less. Two pieces in each of four rows are eight, and not low.
  for (const [name, stock, buckets] of [
    ["plenty", 40, 1],
    ["eight in four", 8, 4],
    ["three in three", 3, 3],
    ["none in two", 0, 2],
    ["two", 2, 1],
    ["none", 0, 1],
  ] as const) {
    const variantId = await shelf(world, stock);
    if (buckets > 1) await spread(world.line, { variantId, buckets });
    names.set(variantId, name);
  }
});

async function list(view: StockView, sort: StockSort = "available", search = "") {
  const found = await listStock(world.line, { search, view, sort, page: 1, pageSize: 40 });
  const mine = found.rows.flatMap((row) => names.get(row.variantId) ?? []);
  return { ...found, mine };
}

it("counts and lists what is low and sold out by the sum of a variant's rows", async () => {
  const all = await list("all");
  expect(all.mine).toHaveLength(6);
  expect(all.mine.slice(0, 2).sort()).toEqual(["none", "none in two"]);
  expect(all.mine.slice(2)).toEqual(["two", "three in three", "eight in four", "plenty"]);
  const eight = all.rows.find((row) => names.get(row.variantId) === "eight in four");
  expect(eight).toMatchObject({ available: 8, onHand: 8, reserved: 0, threshold: 3, buckets: 4 });

  const low = await list("low");
  expect([...low.mine].sort()).toEqual(["none", "none in two", "three in three", "two"]);
  expect((await list("out")).mine.sort()).toEqual(["none", "none in two"]);
  // Others of the shop are low, too: the counts are those of the lists, and the page of everything counts alike.
  expect(low.counts.low).toBe(String(low.rows.length));
  expect(all.counts.all).toBe(String(all.rows.length));
  expect((await getDesk(world.line)).lowStock).toBe(low.rows.length);
});

it("sorts by the sums, both ways", async () => {
  expect((await list("all", "onHand")).mine.slice(2)).toEqual([
    "two",
    "three in three",
    "eight in four",
    "plenty",
  ]);
  const back = await listStock(world.line, {
    search: "",
    view: "all",
    sort: "available",
    dir: "desc",
    page: 1,
    pageSize: 40,
  });
  expect(back.rows.flatMap((row) => names.get(row.variantId) ?? [])[1]).toBe("eight in four");
});

it("finds by part of a name or of a SKU in whatever case, and takes no letter for a pattern", async () => {
  const sku = (await list("all")).rows.find((row) => names.get(row.variantId) === "two")?.sku ?? "";
  expect((await list("all", "name", sku.toLowerCase().slice(1))).mine).toContain("two");
  expect((await list("all", "name", sku.slice(0, 2))).mine).toContain("two");
  expect((await list("all", "name", "%_%")).rows).toEqual([]);
  expect((await searchGoods(world.admin, "rint on")).map((each) => each.name)).toContain("Print One");
  expect(await searchGoods(world.admin, "no such thing")).toEqual([]);
});
