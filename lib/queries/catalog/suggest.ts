import { readPublic } from "@/db/replica";
import type { Card } from "@/lib/domain/catalog";
import { EVERYTHING } from "@/lib/domain/search";
import { wordsOf } from "@/lib/domain/search-words";
import { getStore } from "@/lib/queries/settings";
import { type CardRow, toCard } from "./cards";
import { ALL, findHits } from "./search-find";
import { wordsForHits } from "./search-hits";
import { runSearch } from "./search-run";

const QUERIES = 4;
const CATEGORIES = 3;
const PRODUCTS = 5;
/** Words that an unfinished one is taken for, the commonest first. */
const ENDINGS = 5;

export interface Suggestions<C> {
  queries: string[];
  categories: { name: string; path: string }[];
  products: C[];
}

/** The same with prices written out. */
export async function suggest(q: string): Promise<Suggestions<Card>> {
  const [store, found] = await Promise.all([getStore(), readSuggestions(q)]);
  return { ...found, products: found.products.map((card) => toCard(card, store)) };
}

/** What begins with the words typed so far; where nothing does, what they were probably meant for. */
export async function readSuggestions(q: string): Promise<Suggestions<CardRow>> {
  const words = wordsOf(q);
  const last = words.at(-1) ?? "";
  if (last.length < 2 && words.length < 2) return { queries: [], categories: [], products: [] };
  const typed = words.join(" ");
  const [row] = await readPublic(
    (sql) => sql<{ words: string[]; queries: string[]; categories: { name: string; path: string }[] }[]>`
    select
      array(select k.word from (
          select distinct on (stem) word, uses from search_words
          where is_head and word ~>=~ ${last} and word ~<~ ${`${last}\u{10FFFF}`} order by stem, length(word), word) k
        order by k.uses desc, k.word limit ${ENDINGS}) as words,
      array(select s.query from search_queries s where s.query ~>=~ ${typed} and s.query ~<~ ${`${typed}\u{10FFFF}`}
        and s.results > 0 order by s.times desc, s.query limit ${QUERIES}) as queries,
      coalesce((select json_agg(json_build_object('name', c.name, 'path', c.path) order by c.path) from (
        select * from categories c where c.is_active and (
          select bool_and(lower(' ' || unaccent(c.name)) like '% ' || word || '%') from unnest(${words}::text[]) word)
        order by length(c.path), c.path limit ${CATEGORIES}) c), '[]'::json) as categories`,
  );
  const begun = row?.words ?? [];
  const before = words.slice(0, -1);
  const products = begun.length > 0 ? await piecesOf(before, begun) : [];
  const { cards } = products.length > 0 ? { cards: products } : await meant(q);
  return {
    queries: complete(row?.queries ?? [], before, begun, typed),
    categories: row?.categories ?? [],
    products: cards,
  };
}

async function piecesOf(before: readonly string[], begun: readonly string[]): Promise<CardRow[]> {
  const query = [...before, `(${begun.join(" | ")})`].join(" & ");
  const found = await findHits({
    ...ALL,
    words: query,
    anyOf: before.length === 0 ? wordsForHits(begun) : undefined,
    isCounted: false,
    typed: before.length + 1,
    sort: "relevance",
    pageSize: PRODUCTS,
  });
  return found.cards;
}

// A number, a typing error, a word too many: what the search itself would show.
async function meant(q: string): Promise<{ cards: CardRow[] }> {
  const ran = await runSearch({ ...EVERYTHING, q, sort: "relevance" }, { min: null, max: null }, (find) =>
    findHits({ ...find, pageSize: PRODUCTS }),
  );
  return { cards: ran.reading.kind === "some" ? [] : ran.cards };
}

/** What others searched, then the typed words with their last one finished. */
function complete(
  queries: readonly string[],
  before: readonly string[],
  begun: readonly string[],
  typed: string,
): string[] {
  const finished = begun.map((word) => [...before, word].join(" "));
  return [...new Set([...queries, ...finished])].filter((query) => query !== typed).slice(0, QUERIES);
}
