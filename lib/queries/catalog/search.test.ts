/** Search on a real database: words, typing errors, synonyms, order, facets, prices. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { searchInput } from "@/lib/domain/search";
import { rollUp } from "@/lib/domain/search-facets";
import { readNavigation } from "./navigation";
import { findHits } from "./search-find";
import { runSearch } from "./search-run";
import { forgetSynonyms } from "./search-words";

let world: Cast;

interface Piece {
  name: string;
  description?: string;
  tags?: string[];
  category?: string;
  owner?: string;
  sold?: number;
  price?: number;
  stock?: number;
  stars?: number;
  /** Option, value and swatch. */
  options?: [string, string, string | null][];
  sku?: string;
}

const categories = new Map<string, string>();

async function category(path: string, name: string): Promise<void> {
  const id = newId();
  const slug = path.split("/").at(-1) ?? path;
  const parent = categories.get(path.split("/").slice(0, -1).join("/")) ?? null;
  await sql`insert into categories (id, parent_id, name, slug, path) values (${id}, ${parent}, ${name}, ${slug}, ${path})`;
  categories.set(path, id);
}

/** Makes a product the way the shop does: rows, and nothing said to the search. */
async function piece(one: Piece): Promise<string> {
  const id = newId();
  const categoryId = one.category ? (categories.get(one.category) ?? "") : world.id.category;
  await sql.begin(async (tx) => {
    await tx`insert into products (id, owner_id, category_id, slug, name, description, tags, status, published_at, sold_recently, rating_sum, rating_count)
      values (${id}, ${one.owner ?? world.id.lineShop}, ${categoryId}, ${`p-${id}`}, ${one.name}, ${one.description ?? ""},
        ${one.tags ?? []}, 'active', shop_now(), ${one.sold ?? 0}, ${one.stars ?? 0}, ${one.stars ? 1 : 0})`;
    const variants = one.options?.length ? one.options : [null];
    for (const [at, option] of variants.entries()) {
      const variantId = newId();
      await tx`insert into variants (id, product_id, sku, price, option_key, position)
        values (${variantId}, ${id}, ${one.sku ? `${one.sku}-${at}` : `${id}-${at}`}, ${one.price ?? 1000}, ${`${at}`}, ${at})`;
      await tx`insert into inventory (variant_id, on_hand) values (${variantId}, ${one.stock ?? 5})`;
      if (!option) continue;
      const [name, value, swatch] = option;
      const optionId = newId();
      const valueId = newId();
      await tx`insert into product_options (id, product_id, name) values (${optionId}, ${id}, ${name}) on conflict (product_id, name) do nothing`;
      await tx`insert into option_values (id, option_id, value, swatch)
        select ${valueId}, o.id, ${value}, ${swatch} from product_options o where o.product_id = ${id} and o.name = ${name}`;
      await tx`insert into variant_option_values (variant_id, option_value_id) values (${variantId}, ${valueId})`;
    }
  });
  return id;
}

async function find(
  q: string,
  rest: Record<string, unknown> = {},
  bounds: { min?: number; max?: number; scope?: string } = {},
) {
  const ran = await runSearch(searchInput.parse({ q, ...rest }), { min: null, max: null, ...bounds });
  return { ...ran, names: ran.cards.map(({ name }) => name) };
}

beforeAll(async () => {
  world = await cast();
  await category("kitchen", "Kitchen");
  await category("kitchen/cups", "Cups");
  await category("kitchen/bowls", "Bowls");
  await category("living", "Living");
  await category("living/seats", "Seats");
});

describe("words", () => {
  it("puts a name before a tag before a category before a description, and then what sells", async () => {
    await category("otter", "Otters");
    await piece({ name: "Alpha", description: "Shows an otter at work", sold: 900 });
    await piece({ name: "Beta", category: "otter", sold: 800 });
    await piece({ name: "Gamma", tags: ["otter"], sold: 700 });
    await piece({ name: "Delta otter from far away", sold: 1 });
    await piece({ name: "Epsilon otter from far away", sold: 2 });
    await piece({ name: "Otter" });
    const { names, total, reading } = await find("otters");
    expect(names).toEqual([
      "Otter",
      "Epsilon otter from far away",
      "Delta otter from far away",
      "Gamma",
      "Beta",
      "Alpha",
    ]);
    expect(total).toBe(6);
    expect(reading.kind).toBe("typed");
    expect((await find("otter", { sort: "best-selling" })).names[0]).toBe("Alpha");
  });

  it("finds plurals, accents, unfinished words, option values, and nothing that is not for sale", async () => {
    const id = await piece({ name: "Café pitcher", options: [["Colour", "Vermilion", "#e2472a"]] });
    for (const q of ["pitchers", "cafe pitcher", "café", "cafe pit", "vermilion pitcher", "VERMILION"])
      expect((await find(q)).names, q).toEqual(["Café pitcher"]);
    await sql`update products set status = 'draft' where id = ${id}`;
    expect((await find("pitcher")).total).toBe(0);
  });

  it("finds by the number, whole or begun, whatever its case", async () => {
    await piece({ name: "Numbered", sku: "CU-237-MOS" });
    await piece({ name: "Other number", sku: "CU-238-MOS" });
    expect((await find("cu-237-mos-0")).names).toEqual(["Numbered"]);
    expect((await find("CU-237")).names).toEqual(["Numbered"]);
    expect((await find("cu-23")).total).toBe(2);
    expect((await find("zz-99")).total).toBe(0);
  });

  it("corrects one wrong letter of any kind in any place, and says so", async () => {
    await piece({ name: "Hammock" });
    await piece({ name: "Urn" });
    for (const q of ["hammok", "hamock", "hammcok", "hammockk", "jammock", "hxmmock", "ammock"]) {
      const { names, reading } = await find(q);
      expect(names, q).toEqual(["Hammock"]);
      expect(reading, q).toMatchObject({ kind: "corrected", shown: "hammock" });
    }
    expect((await find("unr")).names).toEqual(["Urn"]);
    const exact = await find("hammok", { exact: "1" });
    expect(exact.total).toBe(0);
    expect(exact.reading).toMatchObject({ kind: "nothing", shown: "hammock", missing: ["hammok"] });
  });

  it("leaves out words that nothing has, and takes the telling ones where no piece has all", async () => {
    await piece({ name: "Walrus figurine" });
    await piece({ name: "Iceberg figurine" });
    await piece({ name: "Plain figurine" });
    const unknown = await find("walrus qqqqxx");
    expect(unknown.names).toEqual(["Walrus figurine"]);
    expect(unknown.reading).toMatchObject({ kind: "some", shown: "walrus", missing: ["qqqqxx"] });
    const split = await find("walrus iceberg");
    expect(split.names.toSorted()).toEqual(["Iceberg figurine", "Walrus figurine"]);
    expect(split.reading).toMatchObject({ kind: "some", missing: [] });
    expect((await find("the figurine of walrus for an")).names).toEqual(["Walrus figurine"]);
    // "togo" is no slip of "tomo": a name that nothing here has. "figurune" is one.
    await piece({ name: "Tomo bowl" });
    const named = await find("togo walrus figurine");
    expect(named.names).toEqual(["Walrus figurine"]);
    expect(named.reading).toMatchObject({ kind: "some", shown: "walrus figurine", missing: ["togo"] });
    expect((await find("tomo figurune")).names.toSorted()).toContain("Walrus figurine");
    // Nor is a word that says nothing what anybody meant.
    await piece({ name: "Too good a walrus" });
    expect((await find("togo walrus")).reading).toMatchObject({
      kind: "some",
      shown: "walrus",
      missing: ["togo"],
    });
  });

  it("takes synonyms, of several words too", async () => {
    await piece({ name: "Kelp bedside table" });
    await piece({ name: "Kelp nightstand" });
    expect((await find("kelp night stand")).names).toEqual(["Kelp nightstand"]);
    await sql`insert into synonyms (id, terms) values (${newId()}, ${["night stand", "nightstand", "bedside table"]})`;
    forgetSynonyms();
    expect((await find("kelp night stand")).names.toSorted()).toEqual([
      "Kelp bedside table",
      "Kelp nightstand",
    ]);
    expect((await find("nightstands")).total).toBe(2);
  });

  it("reads pages of one word, of its synonyms and of a beginning in one order, with filters and without", async () => {
    for (let n = 1; n <= 5; n += 1)
      await piece({ name: `Yak number ${n}`, sold: n, stock: n % 2, price: n * 100 });
    await piece({ name: "Grunniens by another name", tags: ["yak"], sold: 9 });
    await piece({ name: "Yakutian horse", sold: 8 });
    const page = async (q: string, at: string, rest: Record<string, unknown> = {}) => {
      const input = searchInput.parse({ q, page: at, ...rest });
      const ran = await runSearch(input, { min: null, max: null }, (one) =>
        findHits({ ...one, pageSize: 2 }),
      );
      return [ran.total, ...ran.cards.map(({ name }) => name.replace("Yak number ", ""))];
    };
    expect(await page("yak", "1")).toEqual([6, "5", "4"]);
    expect(await page("yaks", "3")).toEqual([6, "1", "Grunniens by another name"]);
    expect(await page("yak", "4")).toEqual([6]);
    expect(await page("yak", "2", { stock: "1" })).toEqual([4, "1", "Grunniens by another name"]);
    expect(await page("yak", "1", { sort: "price-up" })).toEqual([6, "1", "2"]);
    expect(await page("yaku", "1")).toEqual([1, "Yakutian horse"]);
    expect(await page("grunn", "1", { stock: "1" })).toEqual([1, "Grunniens by another name"]);

    await sql`insert into synonyms (id, terms) values (${newId()}, ${["grunniens", "yak"]})`;
    forgetSynonyms();
    // A piece that has both counts once, with the better of its places.
    expect(await page("grunniens", "1")).toEqual([6, "Grunniens by another name", "5"]);
    expect(await page("grunniens", "2", { stock: "1" })).toEqual([4, "3", "1"]);
    const { facets, total } = await find("grunniens");
    expect([total, facets?.stock, facets?.price]).toEqual([6, 4, [100, 1000]]);
  });

  it("takes letters beyond the first plane", async () => {
    const q = "\u{20000}\u{20001}\u{20002}";
    expect((await runSearch(searchInput.parse({ q }), { min: null, max: null })).total).toBe(0);
  });

  it("takes whatever is typed", async () => {
    for (const q of [
      "' & | ! ( ) : * <->",
      "the",
      "a",
      "\\",
      "'; drop table products; --",
      "%_",
      "!!",
      "ab:*",
      "x".repeat(500),
    ])
      expect((await find(q)).total, q).toBeGreaterThanOrEqual(0);
  });
});

describe("facets", () => {
  const red: [string, string, string] = ["Colour", "Red", "#ff0000"];
  const blue: [string, string, string] = ["Colour", "Blue", "#0000ff"];
  const small: [string, string, null] = ["Size", "Small", null];
  const large: [string, string, null] = ["Size", "Large", null];

  beforeAll(async () => {
    await piece({
      name: "Zebra one",
      category: "kitchen/cups",
      options: [red, small],
      price: 1000,
      stars: 5,
    });
    await piece({
      name: "Zebra two",
      category: "kitchen/cups",
      options: [blue, small],
      price: 2000,
      stars: 3,
      stock: 0,
    });
    await piece({
      name: "Zebra three",
      category: "kitchen/bowls",
      options: [red, large],
      price: 3000,
      owner: world.id.ringShop,
    });
    await piece({ name: "Zebra four", category: "living/seats", options: [blue, red, large], price: 4000 });
  });

  const counts = (raw: NonNullable<Awaited<ReturnType<typeof find>>["facets"]>) =>
    Object.fromEntries(raw.values.map(([name, value, , count]) => [`${name}:${value}`, count]));

  it("counts everything that a list holds, in the round trip of its hits", async () => {
    const { facets, total } = await find("zebra");
    if (!facets) throw new Error("no facets");
    expect(total).toBe(4);
    expect(counts(facets)).toEqual({ "Colour:Red": 3, "Colour:Blue": 2, "Size:Small": 2, "Size:Large": 2 });
    expect(facets.values.find(([, value]) => value === "Red")?.[2]).toBe("#ff0000");
    expect(facets.price).toEqual([1000, 4000]);
    expect(facets).toMatchObject({ stock: 3, sale: 0, ratings: [1, 2] });
    expect(facets.owners).toEqual([
      ["line", "Line", 3],
      ["ring", "Ring", 1],
    ]);
    expect(rollUp(facets, "").map(({ path, count }) => [path, count])).toEqual([
      ["kitchen", 3],
      ["living", 1],
    ]);
    expect(rollUp(facets, "kitchen").map(({ name, count }) => [name, count])).toEqual([
      ["Cups", 2],
      ["Bowls", 1],
    ]);
  });

  it("is OR inside a facet, AND across, and a facet's counts ignore its own choice", async () => {
    const { names, facets } = await find("zebra", { filter: ["colour:red", "size:small"] });
    expect(names).toEqual(["Zebra one"]);
    if (!facets) throw new Error("no facets");
    // Colours among the small ones, sizes among the red ones.
    expect(counts(facets)).toEqual({ "Colour:Red": 1, "Colour:Blue": 1, "Size:Small": 1, "Size:Large": 2 });
    const either = await find("zebra", { filter: ["colour:red", "colour:blue", "size:small"] });
    expect(either.names.toSorted()).toEqual(["Zebra one", "Zebra two"]);
    expect(either.facets?.stock).toBe(1);
    const bought = await find("zebra", { stock: "1" });
    expect(bought.facets?.stock).toBe(3);
    expect(bought.total).toBe(3);
  });

  it("filters by price in minor units, and its range ignores the choice", async () => {
    const { names, facets } = await find("zebra", {}, { min: 1500, max: 3000 });
    expect(names.toSorted()).toEqual(["Zebra three", "Zebra two"]);
    expect(facets?.price).toEqual([1000, 4000]);
    expect(facets?.owners).toEqual([
      ["line", "Line", 1],
      ["ring", "Ring", 1],
    ]);
  });

  it("filters by category with everything below it, by owner and by stars", async () => {
    expect((await find("zebra", { category: "kitchen" })).total).toBe(3);
    expect((await find("zebra", { category: "kitchen/cups", rating: "4" })).names).toEqual(["Zebra one"]);
    expect((await find("zebra", { owner: ["ring"] })).names).toEqual(["Zebra three"]);
    const other = await find("zebra", { category: "kitchen" });
    expect(other.facets && rollUp(other.facets, "").length).toBe(2);
    const scoped = await find("", { sort: "newest" }, { scope: "kitchen" });
    expect(scoped.total).toBe(3);
    expect(scoped.facets && rollUp(scoped.facets, "").map(({ path }) => path)).toEqual(["kitchen"]);
  });

  it("is empty rather than another search where filters leave nothing", async () => {
    const { total, reading, facets } = await find("zebra", {
      filter: ["colour:red", "colour:none"],
      rating: "5",
      owner: ["ring"],
    });
    expect([total, reading.kind]).toEqual([0, "typed"]);
    expect(facets?.owners).toEqual([["line", "Line", 1]]);
  });

  it("sorts by price, newest and rating, and pages", async () => {
    const prices = (names: string[]) => names.map((name) => name.replace("Zebra ", ""));
    expect(prices((await find("zebra", { sort: "price-up" })).names)).toEqual([
      "one",
      "two",
      "three",
      "four",
    ]);
    expect(prices((await find("zebra", { sort: "price-down" })).names)).toEqual([
      "four",
      "three",
      "two",
      "one",
    ]);
    expect(prices((await find("zebra", { sort: "newest" })).names)[0]).toBe("four");
    expect(prices((await find("zebra", { sort: "rating" })).names)[0]).toBe("one");
    const all = (await find("zebra", { sort: "price-up", page: "2" })).names;
    expect(all).toEqual([]);
  });

  it("answers hits alone where nobody asks for counts", async () => {
    const ran = await runSearch(
      searchInput.parse({ q: "zebra", filter: "colour:blue" }),
      { min: null, max: null },
      findHits,
    );
    expect([ran.total, ran.facets]).toEqual([2, null]);
  });
});

describe("search rows", () => {
  it("follow stock over zero, prices, options and the category's name, when the transaction commits", async () => {
    const id = await piece({
      name: "Gnu",
      category: "kitchen/cups",
      options: [["Colour", "Teal", "#008080"]],
      stock: 2,
    });
    const stocked = async () => (await find("gnu")).facets?.stock;
    expect(await stocked()).toBe(1);
    const [variant] = await sql<{ id: string }[]>`select id from variants where product_id = ${id}`;
    const variantId = variant?.id ?? "";
    await sql`update inventory set reserved = 1 where variant_id = ${variantId}`;
    expect(await stocked()).toBe(1);
    await sql`update inventory set reserved = 2 where variant_id = ${variantId}`;
    expect(await stocked()).toBe(0);
    await sql`update inventory set backorder = true where variant_id = ${variantId}`;
    expect(await stocked()).toBe(1);

    await sql`update variants set price = 7700 where id = ${variantId}`;
    expect((await find("gnu")).facets?.price).toEqual([7700, 7700]);
    await sql`update variants set price = 5000, compare_at_price = 7700 where id = ${variantId}`;
    // It cost less within the 30 days before: not reduced, whatever stands beside it.
    expect((await find("gnu")).facets).toMatchObject({ price: [5000, 5000], sale: 0 });
    expect((await readNavigation()).hasReduced).toBe(false);
    await sql`update variants set price = 900 where id = ${variantId}`;
    expect((await find("gnu")).facets).toMatchObject({ price: [900, 900], sale: 1 });
    expect(await readNavigation()).toMatchObject({
      categories: expect.arrayContaining([{ name: "Kitchen", path: "kitchen" }]),
      hasReduced: true,
    });
    await sql`update variants set sku = 'GNU-77' where id = ${variantId}`;
    expect((await find("gnu-77")).names).toEqual(["Gnu"]);
    await sql`update option_values set value = 'Turquoise' where option_id in (select id from product_options where product_id = ${id})`;
    expect((await find("turquoise gnu")).total).toBe(1);
    await sql`update categories set name = 'Beakers' where path = 'kitchen/cups'`;
    expect((await find("beaker gnu")).names).toEqual(["Gnu"]);
    await sql`update products set rating_sum = 5, rating_count = 1, sold_recently = 9 where id = ${id}`;
    expect((await find("gnu")).facets?.ratings).toEqual([1, 1]);
    expect(await sql`select from search_queue`).toHaveLength(0);
  });
});
