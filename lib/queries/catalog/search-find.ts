/** One search as one statement: hits in their order, how many there are, and what they can be narrowed down by. */
import type { PendingQuery, Row as SqlRow } from "postgres";
import { sql } from "@/db/client";
import { readPublic } from "@/db/replica";
import { PAGE_SIZE } from "@/lib/domain/catalog";
import { readToken, type SearchSort } from "@/lib/domain/search";
import type { RawFacets } from "@/lib/domain/search-facets";
import { type CardRow, cardOf } from "./cards";
import { begunHits, bestHits, countHits, limit, numbersOf, type Page } from "./search-hits";

type Fragment = PendingQuery<SqlRow[]>;

/** What a list is made of, once words and prices are understood. */
export interface Find {
  /** For `to_tsquery`; empty: everything. */
  readonly words: string;
  /** The same where one of these words, or one beginning, is all that is asked: see `wordsForHits`. */
  readonly anyOf?: readonly string[] | undefined;
  /** Another way in, as a tsquery itself: the start of an SKU. */
  readonly sku?: string;
  /** The terms one by one with their weights, where some of them are enough. */
  readonly some?: readonly { readonly query: string; readonly weight: number }[];
  /** Which part of all those weights a hit must have. */
  readonly enough?: number;
  /** How many words were typed: a name of no more than these comes first. */
  readonly typed: number;
  /** Only this category and what lies below it; counts know nothing else. */
  readonly scope: string;
  /** Chosen among the facets. */
  readonly category: string;
  readonly filter: readonly string[];
  readonly owner: readonly string[];
  /** Minor units. */
  readonly min: number | null;
  readonly max: number | null;
  readonly stock: boolean;
  readonly sale: boolean;
  readonly rating: number | null;
  readonly sort: SearchSort | "category";
  readonly page: number;
  readonly pageSize?: number;
  /** false: nobody wants to know how many there are. */
  readonly isCounted?: boolean;
}

export interface Found {
  readonly cards: CardRow[];
  readonly total: number;
  /** Null where they were not asked for. */
  readonly facets: RawFacets | null;
}

/** Everything, in the order of a category's page. */
export const ALL: Find = {
  words: "",
  typed: 0,
  scope: "",
  category: "",
  filter: [],
  owner: [],
  min: null,
  max: null,
  stock: false,
  sale: false,
  rating: null,
  sort: "newest",
  page: 1,
};

const orders: Record<Find["sort"], () => Fragment> = {
  relevance: () => sql`rel desc, sold desc, number desc`,
  newest: () => sql`published_at desc, number`,
  "price-up": () => sql`price_from, number`,
  "price-down": () => sql`price_from desc nulls last, number`,
  // Few reviews count less.
  rating: () => sql`score desc, number`,
  "best-selling": () => sql`sold desc, number`,
  category: () => sql`is_featured desc, published_at desc, number`,
};

/** Hits only: nothing is counted but them. */
export const findHits = (find: Find): Promise<Found> => read(find, false);

/** Hits with facets, in the same round trip. */
export const findWithFacets = (find: Find): Promise<Found> => read(find, true);

async function read(find: Find, withFacets: boolean): Promise<Found> {
  const { anyOf, sort, scope, isCounted = true } = find;
  const passes = passesOf(find);
  const all = and(passes.map(({ name }) => sql`${sql(name)}`));
  const page = pageOf(find);
  const ranked = anyOf && sort === "relevance" ? anyOf : undefined;
  // Without conditions the index of hits says it all: no row of a product is looked at but those shown.
  const isPlain = passes.length === 0 && !scope;
  const chosen = isPlain ? undefined : sql`select number from pool where ${all}`;
  const best = ranked
    ? bestHits(ranked, page, chosen)
    : sql`select number from pool where ${all} order by ${orders[sort]()} ${limit(page)}`;
  const total =
    anyOf && isPlain && !withFacets ? countHits(anyOf) : sql`select count(*) from pool where ${all}`;
  const [row] = await readPublic(
    (sql) => sql<{ answer: Found }[]>`
    with ${queryOf(find)}
    pool as materialized (${poolOf(find, passes, withFacets)}),
    best as (select number, row_number() over () as place from (${best}) best)
    select json_build_object(
      'cards', coalesce((select json_agg(${cardOf()} order by b.place)
        from best b join search_products s on s.number = b.number join products p on p.id = s.product_id), '[]'::json),
      'total', ${isCounted ? sql`(${total})` : sql`0`},
      'facets', ${withFacets ? facetsOf(find, passes) : sql`null::json`}
    ) as answer`,
  );
  if (!row) throw new Error("The search answered nothing.");
  return row.answer;
}

const pageOf = ({ page, pageSize = PAGE_SIZE }: Find): Page => ({
  size: pageSize,
  offset: (page - 1) * pageSize,
});

/** The rows that orders and facets look at. A part that nothing refers to is never worked out. */
function poolOf(find: Find, passes: readonly Pass[], withFacets: boolean): Fragment {
  const { words, anyOf, scope } = find;
  const columns = sql`s.number, s.published_at, s.is_featured, s.price_from, s.sold, s.score
    ${withFacets ? sql`, s.category_id, s.owner_id, s.price_to, s.stars, s.is_in_stock, s.is_on_sale, s.value_ids` : sql``}
    ${passes.reduce((all, { name, holds }) => sql`${all}, (${holds}) as ${sql(name)}`, sql``)}`;
  const narrow = sql`${scope ? sql`and s.category_id = any(${subtree(scope)})` : sql``}
    ${withFacets ? nearMisses(passes) : also(passes.map(({ holds }) => holds))}`;
  if (!words) return sql`select ${columns}, 0 as rel from search_products s where true ${narrow}`;
  if (anyOf)
    return sql`select ${columns}, 0 as rel from search_products s where s.number = any(${numbersOf(anyOf)}) ${narrow}`;
  // Row by row on purpose: PostgreSQL cannot know how few have all the words, and would read all rows of all products.
  return sql`select ${columns}, ${relevanceOf(find)} as rel from search_documents d
    cross join lateral (select * from search_products s where s.number = d.number offset 0) s
    where ${and(conditionsOf(find))} ${narrow}`;
}

/** A condition that a facet sets, by the name of its column in the pool. */
interface Pass {
  readonly name: string;
  readonly holds: Fragment;
}

function passesOf(find: Find): Pass[] {
  const passes: Pass[] = [];
  if (find.category)
    passes.push({ name: "in_category", holds: sql`s.category_id = any(${subtree(find.category)})` });
  if (find.min !== null || find.max !== null)
    passes.push({
      name: "in_price",
      holds: sql`s.price_to >= ${find.min ?? 0} and s.price_from <= ${find.max ?? Number.MAX_SAFE_INTEGER}`,
    });
  if (find.stock) passes.push({ name: "in_stock", holds: sql`s.is_in_stock` });
  if (find.sale) passes.push({ name: "in_sale", holds: sql`s.is_on_sale` });
  if (find.rating !== null) passes.push({ name: "in_rating", holds: sql`s.stars >= ${find.rating * 10}` });
  if (find.owner.length > 0)
    passes.push({
      name: "in_owner",
      holds: sql`s.owner_id = any(array(select id from owners where slug = any(${[...find.owner]})))`,
    });
  for (const [at, [name, values]] of groupsOf(find.filter).entries())
    passes.push({
      name: `in_option_${at}`,
      holds: sql`s.value_ids && array(select id from search_values
        where lower(replace(name, ':', ' ')) = ${name} and lower(value) = any(${values}))`,
    });
  return passes;
}

/** Tokens by option, in a fixed order. */
export function groupsOf(tokens: readonly string[]): [name: string, values: string[]][] {
  const groups = new Map<string, string[]>();
  for (const [name, value] of tokens.map(readToken)) groups.set(name, [...(groups.get(name) ?? []), value]);
  return [...groups];
}

const subtree = (path: string) => sql`array(
  with recursive below as (
    select c.id from categories c where c.path = ${path} and c.is_active
    union all select c.id from categories c join below b on c.parent_id = b.id where c.is_active
  ) select id from below)`;

// Each as a scalar of its own: worked out once, not for every row.
function queryOf({ words, anyOf, sku, some }: Find): Fragment {
  if (anyOf) return begunHits(anyOf);
  const parts = [
    words && sku && sql`q as (select to_tsquery('shop', ${words}) || ${sku}::tsquery as query)`,
    words && !sku && sql`q as (select to_tsquery('shop', ${words}) as query)`,
    ...(some ?? []).map(
      ({ query }, at) => sql`${sql(`q${at}`)} as (select to_tsquery('shop', ${query}) as query)`,
    ),
  ].filter((part) => typeof part === "object");
  return parts.reduce<Fragment>((all, part) => sql`${all} ${part},`, sql``);
}

function conditionsOf({ some, enough = 0 }: Find): Fragment[] {
  const least = enough * (some ?? []).reduce((sum, { weight }) => sum + weight, 0);
  return [
    sql`d.words @@ (select query from q)`,
    ...(some ? [sql`${shareOf(some)} >= ${least}::float8`] : []),
  ];
}

/**
 * Name before tags and options before category before the rest, in coarse steps so that what sells decides between
 * equals; a name that was typed in full comes first. Some words: the rarer and the more of them, the better.
 */
function relevanceOf({ some, typed, sort }: Find): Fragment {
  if (sort !== "relevance") return sql`0`;
  const rank = sql`round(5 * ts_rank('{0,0.2,0.5,1}', d.head, (select query from q)))`;
  if (!some)
    return sql`${rank} + case when s.name_words <= ${typed} and ${rank} >= ${OF_A_NAME} then 1 else 0 end`;
  return sql`${rank} * 0.02 + ${shareOf(some)}`;
}

/** The step of a word that stands in a name. */
const OF_A_NAME = 3;

/** A word of a name, tag, option or category says more than one of a description. */
const shareOf = (some: NonNullable<Find["some"]>): Fragment =>
  sql`0.3 * (${weightOf(some, sql`d.words`)}) + 0.7 * (${weightOf(some, sql`d.head`)})`;

const weightOf = (some: NonNullable<Find["some"]>, words: Fragment): Fragment =>
  some
    .map(({ weight }, at) => sql`${weight}::float8 * (${words} @@ (select query from ${sql(`q${at}`)}))::int`)
    .reduce((all, one) => sql`${all} + ${one}`);

/** A row that fails one facet still counts for that facet; one that fails two counts for none. */
function nearMisses(passes: readonly Pass[]): Fragment {
  if (passes.length < 2) return sql``;
  const fails = passes.map(({ holds }) => sql`(${holds} is not true)::int`);
  return sql`and ${fails.reduce((all, one) => sql`${all} + ${one}`)} <= 1`;
}

const and = (conditions: readonly Fragment[]): Fragment =>
  conditions.length === 0 ? sql`true` : conditions.reduce((all, one) => sql`${all} and ${one}`);
const also = (conditions: readonly Fragment[]): Fragment =>
  conditions.length === 0 ? sql`` : sql`and ${and(conditions)}`;

/** Counts by facet; each ignores its own choice. */
function facetsOf(find: Find, passes: readonly Pass[]): Fragment {
  const but = (name: string): Fragment => {
    const others = passes.filter((pass) => pass.name !== name);
    return others.length === passes.length
      ? and(passes.map((pass) => sql`${sql(pass.name)}`))
      : and(others.map((pass) => sql`${sql(pass.name)}`));
  };
  const options = groupsOf(find.filter);
  // One look at the rows for everything that is a single figure.
  return sql`(with sums as (
    select min(price_from) filter (where ${but("in_price")}) as min_price, max(price_to) filter (where ${but("in_price")}) as max_price,
      count(*) filter (where is_in_stock and ${but("in_stock")}) as in_stock,
      count(*) filter (where is_on_sale and ${but("in_sale")}) as on_sale,
      count(*) filter (where stars >= 40 and ${but("in_rating")}) as four,
      count(*) filter (where stars >= 30 and ${but("in_rating")}) as three from pool
  ) select json_build_object(
    'categories', (select coalesce(json_agg(json_build_array(c.path, n.count)), '[]'::json) from (
        select category_id, count(*) from pool where ${but("in_category")} group by 1) n
      join categories c on c.id = n.category_id),
    'names', (select coalesce(json_object_agg(path, name), '{}'::json) from categories where is_active),
    'owners', (select coalesce(json_agg(json_build_array(o.slug, o.name, n.count) order by n.count desc, o.name), '[]'::json) from (
        select owner_id, count(*) from pool where ${but("in_owner")} group by 1) n
      join owners o on o.id = n.owner_id),
    'price', (select json_build_array(min_price, max_price) from sums),
    'stock', (select in_stock from sums),
    'sale', (select on_sale from sums),
    'ratings', (select json_build_array(four, three) from sums),
    'values', (select coalesce(json_agg(json_build_array(k.name, k.value, k.swatch, n.count) order by n.count desc, k.value), '[]'::json)
      from (${valueCounts(but, options)}) n join search_values k on k.id = n.value_id)
  ))`;
}

function valueCounts(but: (name: string) => Fragment, options: readonly [string, string[]][]): Fragment {
  if (options.length === 0)
    return sql`select value_id, count(*) from (select unnest(value_ids) as value_id from pool where ${but("")}) v group by 1`;
  // A value of a chosen option is counted without that option's own choice, all others with every choice.
  const own = options.map(
    (
      [name],
      at,
    ) => sql`when value_id = any(array(select id from search_values where lower(replace(name, ':', ' ')) = ${name}))
      then ${but(`in_option_${at}`)}`,
  );
  return sql`select value_id, count(*) from pool, unnest(value_ids) value_id
    where case ${own.reduce((all, one) => sql`${all} ${one}`)} else ${but("")} end group by 1`;
}
