/** Searches of one word as the index of hits answers them: the best ones in their order, their count, their numbers. */
import type { PendingQuery, Row as SqlRow } from "postgres";
import { sql } from "@/db/client";

type Fragment = PendingQuery<SqlRow[]>;

export interface Page {
  readonly size: number;
  readonly offset: number;
}

/**
 * Written out, not passed: with unknown limits PostgreSQL thinks a plan for all parameters dear and plans each search
 * anew, which costs more than most searches.
 */
export const limit = ({ size, offset }: Page): Fragment =>
  sql.unsafe(`limit ${Math.trunc(size)} offset ${Math.trunc(offset)}`) as unknown as Fragment;

/**
 * The words as the index of hits can look for them: any of some, or the one beginning ("mug:*"). Undefined where one of
 * them may be something else to full text than to the shopper: a number, a part of an address.
 */
export function wordsForHits(words: readonly string[]): readonly string[] | undefined {
  const isOne = words.length === 1 || !words.some(isBegun);
  return isOne && words.length > 0 && words.every((word) => /^\p{L}+(:\*)?$/u.test(word)) ? words : undefined;
}

const isBegun = (word: string) => word.endsWith(":*");
const stemOf = (word: string) =>
  sql`(tsvector_to_array(to_tsvector('shop', ${word.replace(":*", "")}::text)))[1]`;

/** The condition on `search_hits h`. */
function holds(words: readonly string[]): Fragment {
  const [first = "", ...rest] = words;
  if (isBegun(first)) return sql`h.stem >= ${stemOf(first)} and h.stem < ${stemOf(first)} || chr(1114111)`;
  if (rest.length === 0) return sql`h.stem = ${stemOf(first)}`;
  return sql`h.stem = any(array[${words.map(stemOf).reduce((all, one) => sql`${all}, ${one}`)}])`;
}

/** The numbers of all hits, as an array. */
export const numbersOf = (words: readonly string[]): Fragment =>
  sql`array(select h.number from search_hits h where ${holds(words)})`;

/** What `countHits` and `bestHits` both read where a beginning is asked: each product with the best of its entries. */
export function begunHits(words: readonly string[]): Fragment {
  if (!words.some(isBegun)) return sql``;
  return sql`begun as materialized (
    select h.number, max(h.rank) as rank, max(h.sold) as sold from search_hits h where ${holds(words)} group by h.number),`;
}

/** How many products are hits. */
export function countHits(words: readonly string[]): Fragment {
  if (words.some(isBegun)) return sql`select count(*) from begun`;
  // Without "distinct" where each product has one entry: sorting them out would cost more than counting.
  const what = words.length === 1 ? sql`count(*)` : sql`count(distinct h.number)`;
  return sql`select ${what} from search_hits h where ${holds(words)}`;
}

/** One page of the numbers of hits, the best first; only of those that `chosen` selects, where it is there. */
export function bestHits(words: readonly string[], page: Page, chosen: Fragment | undefined): Fragment {
  const [first = ""] = words;
  // "Is true" keeps it a filter of the index's own order: the page is full long before all hits are seen.
  const among = chosen ? sql`and (h.number in (${chosen})) is true` : sql``;
  if (isBegun(first))
    return sql`select h.number from begun h where true ${among}
      order by h.rank desc, h.sold desc, h.number desc ${limit(page)}`;
  const inOrder = (word: string, part: Page) => sql`
    select h.number, h.rank, h.sold from search_hits h where h.stem = ${stemOf(word)} ${among}
    order by h.rank desc, h.sold desc, h.number desc ${limit(part)}`;
  if (words.length === 1) return sql`select number from (${inOrder(first, page)}) h`;
  // Whatever is among the best of all is among the best of its word.
  const upTo = { size: page.offset + page.size, offset: 0 };
  const each = words.map((word) => sql`(${inOrder(word, upTo)})`);
  return sql`select number from (${each.reduce((all, one) => sql`${all} union all ${one}`)}) h group by number
    order by max(rank) desc, max(sold) desc, number desc ${limit(page)}`;
}
