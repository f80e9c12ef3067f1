import { expect, it } from "vitest";
import { cast, product } from "@/db/cast";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import type { Admin } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { newSynonymsInput, readTerms } from "@/lib/domain/synonyms";
import { readSearchReport } from "@/lib/queries/admin/search";
import { readSuggestions } from "@/lib/queries/catalog/suggest";
import { systemActor } from "@/lib/system";
import * as search from "./search";

const system = systemActor("test");
const log = (query: string, results: number) =>
  sql`insert into search_log (id, query, results) values (${newId()}, ${query}, ${results})`;

it("keeps lists of words, with who changed what, and takes no list of one", async () => {
  const { admin } = await cast();
  expect(newSynonymsInput.parse({ terms: "Sofa, couch;  SETTEE, sofa, !" })).toEqual({
    terms: ["sofa", "couch", "settee"],
  });
  expect(newSynonymsInput.safeParse({ terms: "sofa, Sofa" }).success).toBe(false);
  expect(readTerms("night  stand\nnightstand")).toEqual(["night stand", "nightstand"]);

  const { id } = await search.addSynonyms(admin, { terms: ["sofa", "couch"] });
  await search.changeSynonyms(admin, { id, version: 1, terms: ["sofa", "settee"] });
  const late = {
    code: "conflict",
    data: { told: { did: "changed these words to “sofa, settee”", version: 2 } },
  };
  const other = { id, version: 1, terms: ["sofa", "divan"] };
  await expect(search.changeSynonyms(admin, other)).rejects.toMatchObject(late);
  await expect(search.removeSynonyms(admin, other)).rejects.toMatchObject(late);
  expect((await readSearchReport(admin)).synonyms).toEqual([{ id, version: 2, terms: ["sofa", "settee"] }]);
  const none = { id: newId(), version: 1, terms: ["a", "b"] };
  await expect(search.changeSynonyms(admin, none)).rejects.toMatchObject({ code: "not_found" });
  await search.removeSynonyms(admin, { id, version: 2 });
  await search.removeSynonyms(admin, { id, version: 2 });
  const written =
    await sql`select action, before, after from audit where subject_id = ${id} order by created_at, id`;
  expect(written.map(({ action }) => action)).toEqual(["synonyms.add", "synonyms.change", "synonyms.remove"]);
  expect(written[1]).toMatchObject({
    before: { terms: ["sofa", "couch"] },
    after: { terms: ["sofa", "settee"] },
  });
});

it("reports what was searched and what found nothing, whatever its case", async () => {
  await log("Teapot", 3);
  await log("teapot", 4);
  await log("samovar", 0);
  await log("kettle", 0);
  await log("kettle", 2);
  const actor = mint<Admin>({ kind: "admin", userId: newId(), orderId: null });
  const report = await readSearchReport(actor);
  expect(report).toMatchObject({ searches: 5, empty: 2 });
  expect(report.top[0]).toMatchObject({ query: "kettle", times: 2, results: 2 });
  expect(report.top[1]).toMatchObject({ query: "teapot", times: 2, results: 4 });
  expect(report.missing.map(({ query }) => query)).toEqual(["samovar"]);
});

it("counts words, forgets those that no product has, and suggests what several searched", async () => {
  const [ground] = await sql<{ owner: string; category: string }[]>`
    select (select id from owners limit 1) as owner, (select id from categories limit 1) as category`;
  const shelf = { ownerId: ground?.owner ?? "", categoryId: ground?.category ?? "" };
  await product({ ...shelf, name: "Ibex tumbler", variants: [{ sku: "IBEX-1", price: 900 }] });
  await product({ ...shelf, name: "Ibex tumblers two", variants: [{ sku: "IBEX-2", price: 900 }] });
  const { id } = await product({
    ...shelf,
    name: "Quagga tumbler",
    variants: [{ sku: "QUAGGA", price: 900 }],
  });
  for (let n = 0; n < 3; n += 1) await log("Tumbler, ibex!", 2);
  await log("tumbler of one person", 2);
  await sql`update products set status = 'archived', archived_at = shop_now() where id = ${id}`;
  await search.count(system);

  const words = await sql<
    { word: string; uses: number }[]
  >`select word, uses from search_words where word ~ 'ibex|quagga|tumbler'`;
  expect(Object.fromEntries(words.map(({ word, uses }) => [word, uses]))).toEqual({
    ibex: 2,
    tumbler: 2,
    tumblers: 2,
  });
  const found = await readSuggestions("tumb");
  expect(found.queries).toEqual(["tumbler ibex", "tumbler"]);
  expect(found.products.map(({ name }) => name).toSorted()).toEqual(["Ibex tumbler", "Ibex tumblers two"]);
  expect((await readSuggestions("object")).categories).toEqual([{ name: "Objects", path: "objects" }]);
  expect((await readSuggestions("tumbelr")).products).toHaveLength(2);
  expect(await readSuggestions("t")).toEqual({ queries: [], categories: [], products: [] });
});

it("forgets whole months that ended more than 90 days ago, and nothing younger", async () => {
  const at = (query: string, days: number) => sql`
    insert into search_log (id, query, results, created_at)
    values (${newId()}, ${query}, 1, shop_now() - make_interval(days => ${days}))`;
  const left = async () =>
    (await sql<{ query: string }[]>`select query from search_log where query ~ '^days' order by 1`).map(
      ({ query }) => query,
    );
  // 90 and 31 days: a month that began before has ended by then. 2,000 days lie in no month.
  await at("days 2000", 2000);
  await at("days 122", 122);
  await at("days 89", 89);
  await at("days 0", 0);
  const dropped = await search.forget(system);
  expect(dropped.every((name) => name.startsWith("search_log_20"))).toBe(true);
  expect(await left()).toEqual(["days 0", "days 89"]);
  expect(await search.forget(system)).toEqual([]);

  // What was late keeps older ones of its kind.
  await at("days 1999", 1999);
  await at("days 1000000", -1_000_000);
  await search.forget(system);
  expect(await left()).toContain("days 1999");
});
