/** The searching itself, in a process and on a connection of its own; prints one JSON line a result. */
import { readFileSync } from "node:fs";
import { sql } from "@/db/client";
import { randomFrom } from "@/db/seed/art/random";
import { EVERYTHING, type SearchInput } from "@/lib/domain/search";
import { ALL, findHits, findWithFacets } from "@/lib/queries/catalog/search-find";
import { runSearch } from "@/lib/queries/catalog/search-run";
import { readSuggestions } from "@/lib/queries/catalog/suggest";
import { count } from "@/lib/services/search";
import { systemActor } from "@/lib/system";
import { measure, ownCpu } from "../measure";
import { grow } from "./catalogue";
import type { SearchLine } from "./search";

const { seconds, sizes } = JSON.parse(process.argv[2] ?? "{}") as { seconds: number; sizes: number[] };
/** Different searches of one kind. */
const VARIETY = 200;
const NO_BOUNDS = { min: null, max: null };

// Filling and counting may take their time; nothing that is measured comes near the shop's own limit.
await sql`set statement_timeout = 0`;
const [there] = await sql<{ count: number }[]>`select count(*)::int as count from products`;
let made = there?.count ?? 0;
for (const size of sizes) {
  const start = performance.now();
  await grow(sql, made, Math.max(0, size - made));
  made = Math.max(made, size);
  await count(systemActor("job"));
  await sql`vacuum analyze`;
  console.error(`  ${size} products are there (${((performance.now() - start) / 1000).toFixed(0)} s)`);
  for (const [what, list, work] of await kinds()) await line(size, what, list, work);
}
process.exit(0);

type Kind = [what: string, list: readonly string[], work: (q: string) => Promise<{ total: number }>];

async function kinds(): Promise<Kind[]> {
  const random = randomFrom(11);
  // Names as shoppers know them: each product is as likely as any other, so common words come up more often.
  const rows = await sql<{ name: string; sku: string }[]>`
    select p.name, (select min(v.sku) from variants v where v.product_id = p.id) as sku
    from products p order by md5(p.slug) limit ${VARIETY}`;
  const pick = (words: string[]) => words[Math.floor(random() * words.length)] ?? "";
  const word = rows.map(({ name }) => pick(name.toLowerCase().split(" ")));
  const two = rows.map(({ name }) => name.toLowerCase().split(" ").slice(0, 2).join(" "));
  const wrong = rows.map(({ name }) => misspelt(name.toLowerCase().split(" ")[0] ?? "", random));
  const begun = rows.map(({ name }) => (name.toLowerCase().split(" ")[0] ?? "").slice(0, 4));
  const hits = (q: string) => runSearch(asked(q), NO_BOUNDS, findHits);
  const suggested = async (q: string) => ({ total: (await readSuggestions(q)).products.length });
  const whole = (q: string) => runSearch(asked(q), NO_BOUNDS, findWithFacets);
  const filters = { ...asked(""), filter: ["colour:cobalt", "colour:moss"], stock: true };
  return [
    ["one word", word, hits],
    ["two words", two, hits],
    ["one letter wrong", wrong, hits],
    ["only begun", begun, hits],
    ["SKU", rows.map(({ sku }) => sku), hits],
    ["one word with facets", word, whole],
    [
      "one word, filtered, with facets",
      word,
      (q) => runSearch({ ...filters, q, sort: "relevance" }, NO_BOUNDS),
    ],
    ["suggestions", begun, suggested],
    ["suggestions for two letters", begun.map((letters) => letters.slice(0, 2)), suggested],
    [
      "a category with facets",
      ["kitchen/mugs", "seating/chairs", "paper"],
      (scope) => findWithFacets({ ...ALL, scope, sort: "category" }),
    ],
    ["everything with facets", [""], () => findWithFacets(ALL)],
  ];
}

function asked(q: string): SearchInput {
  return { ...EVERYTHING, q, sort: "relevance" };
}

/** The word with one letter changed, left out, doubled or swapped with the next. */
function misspelt(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, letter, after] = [word.slice(0, at), word[at] ?? "", word.slice(at + 1)];
  const ways = [
    `${before}${letter === "o" ? "u" : "o"}${after}`,
    before + after,
    before + letter + letter + after,
    before + (after[0] ?? "") + letter + after.slice(1),
  ];
  return ways[Math.floor(random() * ways.length)] ?? word;
}

async function line(products: number, what: string, list: readonly string[], work: Kind[2]): Promise<void> {
  let at = 0;
  let [found, done] = [0, 0];
  const one = async () => {
    const { total } = await work(list[at++ % list.length] ?? "");
    found += total;
    done += 1;
    return true;
  };
  // Prepared, planned for all parameters and warm.
  for (let i = 0; i < 20; i += 1) await one();
  const [backend] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const postgresCpu = () => cpuOf(backend?.pid ?? 0);
  const before = postgresCpu();
  const { cpuMs, p50Ms, p95Ms, done: measured } = await measure(1, seconds, one, ownCpu);
  const told: SearchLine = {
    products,
    what,
    searches: list.length,
    found: found / done,
    postgresMs: (postgresCpu() - before) / Math.max(1, measured),
    appMs: cpuMs,
    p50Ms,
    p95Ms,
  };
  console.log(JSON.stringify(told));
}

/** Milliseconds of processor time that a process has used; the kernel counts in hundredths of a second. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
