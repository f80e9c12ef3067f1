/** Reads a search the way it was meant: as typed, else finished, corrected, or with some of its words. */

import { sql } from "@/db/client";
import { newId } from "@/db/id";
import type { SearchInput } from "@/lib/domain/search";
import { allOf, isSlip, type Term, termsOf, wordsOf } from "@/lib/domain/search-words";
import { ALL, type Find, type Found, findWithFacets } from "./search-find";
import { wordsForHits } from "./search-hits";
import { getSynonyms, lookAt, type SeenWord } from "./search-words";

/** How the words were read. */
export interface Reading {
  readonly kind: "typed" | "corrected" | "some" | "nothing";
  /** The words that were searched instead. */
  readonly shown: string;
  /** Typed words that stand in no product. */
  readonly missing: readonly string[];
}

export interface Ran extends Found {
  readonly reading: Reading;
}

type Finder = (find: Find) => Promise<Found>;

/** So much of what was typed must be there: one word of three in a name, or nearly all of them in a description. */
const ENOUGH = 0.25;

/**
 * Runs a search. `finder` says what is wanted of each try: hits with facets, or hits alone. Only where nothing is found
 * does it look at the words, so that a search that finds is one round trip.
 */
export async function runSearch(
  input: SearchInput,
  bounds: { min: number | null; max: number | null; scope?: string },
  finder: Finder = findWithFacets,
): Promise<Ran> {
  const words = wordsOf(input.q);
  const base = {
    ...ALL,
    ...narrowingOf(input, bounds.min, bounds.max),
    scope: bounds.scope ?? "",
    typed: words.length,
  };
  const typed: Reading = { kind: "typed", shown: input.q, missing: [] };
  if (words.length === 0) {
    if (input.q)
      return {
        ...(await finder({ ...base, words: "nothing & !nothing" })),
        reading: { ...typed, kind: "nothing" },
      };
    return {
      ...(await finder({ ...base, sort: input.sort === "relevance" ? "newest" : input.sort })),
      reading: typed,
    };
  }
  const synonyms = await getSynonyms();
  const terms = termsOf(words, synonyms);
  const exact = await finder({ ...base, ...asked(words.length, terms), sku: skuQuery(input.q) });
  if (holds(exact)) return { ...exact, reading: typed };

  const seen = await lookAt(words);
  const tries = input.exact ? [] : readingsOf(seen, words.length, (list) => termsOf(list, synonyms));
  for (const { find, reading } of tries) {
    const found = await finder({ ...base, ...find });
    if (holds(found)) return { ...found, reading };
  }
  const shown = seen.map(({ word, correction }) => correction ?? word).join(" ");
  const missing = seen.filter(({ uses, isStop }) => uses === 0 && !isStop).map(({ word }) => word);
  return { ...exact, reading: { kind: "nothing", shown: shown === words.join(" ") ? "" : shown, missing } };
}

// A list that is empty only because of its filters was read rightly: its facets still count something.
const holds = ({ total, facets }: Found): boolean =>
  total > 0 ||
  (facets !== null && (facets.values.length > 0 || facets.categories.length > 0 || facets.owners.length > 0));

/** All of the terms; where a single word was typed, its alternatives also one by one. */
function asked(typed: number, terms: readonly Term[]): Pick<Find, "words" | "anyOf"> {
  const [only] = terms;
  return {
    words: allOf(terms),
    anyOf: typed === 1 && only?.singles ? wordsForHits(only.singles) : undefined,
  };
}

/** What may have been meant, best first. */
function* readingsOf(
  seen: readonly SeenWord[],
  typed: number,
  toTerms: (words: readonly string[]) => Term[],
): Generator<{ find: Partial<Find>; reading: Reading }> {
  const telling = seen.filter(({ isStop }) => !isStop);
  const last = telling.at(-1);
  const isBegun = (word: SeenWord) => word.isBegun && (word.uses === 0 || word === last);
  // Somebody is still typing, or knows only how it begins.
  if (telling.some(isBegun) && telling.every((word) => word.uses > 0 || isBegun(word))) {
    const begun = telling.map((word) => (isBegun(word) ? `${word.word}:*` : word.word));
    yield {
      find: { words: begun.join(" & "), anyOf: typed === 1 ? wordsForHits(begun) : undefined },
      reading: { kind: "typed", shown: seen.map(({ word }) => word).join(" "), missing: [] },
    };
  }
  const known = telling
    .map((word) => ({
      ...word,
      isGuess: word.uses === 0 && word.correction !== undefined && !isSlip(word.word, word.correction),
      now: word.uses > 0 ? word.word : (word.correction ?? (word.isBegun ? word.word : undefined)),
    }))
    .filter((word): word is typeof word & { now: string } => word.now !== undefined);
  if (known.length === 0) return;
  const missing = telling
    .filter(({ word }) => !known.some((one) => one.word === word))
    .map(({ word }) => word);
  const corrected = known.some(({ word, now }) => now !== word);
  const shown = known.map(({ now }) => now).join(" ");
  const terms = toTerms(known.map(({ now }) => now));
  const finished = known.map(({ now, uses, correction }) => (uses === 0 && !correction ? `${now}:*` : now));
  const all = known.every(({ uses, correction }) => uses > 0 || correction)
    ? asked(typed, terms)
    : { words: finished.join(" & ") };
  if (corrected || missing.length > 0)
    yield {
      find: all,
      reading: { kind: missing.length > 0 ? "some" : "corrected", shown, missing },
    };
  // What was corrected may have been no slip at all: a name that nothing here has.
  const certain = known.filter(({ isGuess }) => !isGuess).map(({ now }) => now);
  if (certain.length > 0 && certain.length < known.length)
    yield {
      find: asked(typed, toTerms(certain)),
      reading: {
        kind: "some",
        shown: certain.join(" "),
        missing: [...missing, ...known.filter(({ isGuess }) => isGuess).map(({ word }) => word)],
      },
    };
  if (known.length < 2) return;
  // Rare words say more about what is meant, and one that may be another half as much.
  const usesOf = (word: string) => known.find(({ now }) => now === word)?.uses ?? 1;
  const isGuess = (word: string) => known.some((one) => one.now === word && one.isGuess);
  const some = terms.map(({ query, words }) => ({
    query,
    weight: (words.some(isGuess) ? 0.5 : 1) / Math.log2(2 + Math.max(...words.map(usesOf))),
  }));
  const any = { words: terms.map(({ query }) => query).join(" | "), some };
  const reading: Reading = { kind: "some", shown, missing };
  yield { find: { ...any, enough: ENOUGH }, reading };
  // Many words, none of which says much alone.
  yield { find: { ...any, enough: 0 }, reading };
}

/** The beginning of an SKU as a tsquery of its own, where what was typed can be one. */
function skuQuery(q: string): string | undefined {
  const sku = q.toLowerCase();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._/-]{2,59}$/u.test(sku) || !/\d/.test(sku)) return undefined;
  return `'${sku}':*`;
}

/** Writes down what was searched and how much of it there was. */
export async function logSearch(q: string, results: number): Promise<void> {
  await sql`insert into search_log (id, query, results) values (${newId()}, ${q.slice(0, 200)}, ${results})`;
}

/** A filtered list's conditions, apart from its words. */
const narrowingOf = (input: SearchInput, min: number | null, max: number | null) => ({
  category: input.category,
  filter: input.filter,
  owner: input.owner,
  min,
  max,
  stock: input.stock,
  sale: input.sale,
  rating: input.rating ?? null,
  sort: input.sort,
  page: input.page,
});
