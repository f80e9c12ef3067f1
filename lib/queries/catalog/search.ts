/** Search over the active products: full text, prefixes, SKUs, and similar words where nothing fits; never cached. */
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import type { Card } from "@/lib/domain/catalog";
import { PAGE_SIZE } from "@/lib/domain/catalog";
import type { SearchInput, SearchSort } from "@/lib/domain/search";
import { prefixQuery, wordsOf } from "@/lib/domain/search";
import { getStore } from "@/lib/queries/settings";
import { type CardRow, cardOf, toCard } from "./cards";

export interface SearchPage {
  cards: Card[];
  total: number;
  page: number;
  pages: number;
  /** The words were not found, these are similar ones. */
  isGuess: boolean;
  category: { name: string; path: string } | null;
  /** Categories to narrow down to, or to look into when nothing was found. */
  categories: { name: string; path: string }[];
  /** Best sellers, for when nothing was found. */
  popular: Card[];
}

interface Row {
  hits: { card: CardRow }[];
  total: number;
  isGuess: boolean;
  category: SearchPage["category"];
  categories: SearchPage["categories"];
  popular: CardRow[];
}

const orders: Record<SearchSort, () => ReturnType<typeof sql>> = {
  relevance: () => sql`f.score desc, p.sold_recently desc, p.id`,
  newest: () => sql`p.published_at desc, p.id`,
  "price-up": () => sql`p.price_from, p.id`,
  "price-down": () => sql`p.price_from desc nulls last, p.id`,
  // Few reviews count less: as if five more people had given three and a half.
  rating: () => sql`(p.rating_sum + 17.5) / (p.rating_count + 5) desc, p.id`,
  "best-selling": () => sql`p.sold_recently desc, p.id`,
};

/** One page of what fits; the first page of each search is logged. One statement. */
export async function search(input: SearchInput): Promise<SearchPage> {
  const store = await getStore();
  const row = await readSearch(input);
  return {
    cards: row.hits.map(({ card }) => toCard(card, store)),
    total: row.total,
    page: input.page,
    pages: Math.max(1, Math.ceil(row.total / PAGE_SIZE)),
    isGuess: row.isGuess,
    category: row.category,
    categories: row.categories,
    popular: row.popular.map((card) => toCard(card, store)),
  };
}

async function readSearch({ q, category, sort, page }: SearchInput): Promise<Row> {
  const words = wordsOf(q);
  const order = orders[sort];
  const [row] = await sql<{ answer: Row }[]>`
    with recursive words as (
      select websearch_to_tsquery('shop', ${q}) || to_tsquery('shop', ${prefixQuery(q)}) as query
    ),
    below as (
      select c.id from categories c where c.path = ${category} and c.is_active
      union all select c.id from categories c join below b on c.parent_id = b.id where c.is_active
    ),
    pool as (
      select p.* from products p where p.status = 'active'
        and (${category} = '' or p.category_id in (select id from below))
    ),
    exact as (
      select p.id, case when ${q} = '' then 0 else
        ts_rank(p.search, w.query) + case when lower(p.name) like lower(${q}) || '%' then 1 else 0 end end as score
      from pool p, words w where ${q} = '' or p.search @@ w.query
      union all
      select v.product_id, 10 from variants v
      where ${q} <> '' and v.is_active and lower(v.sku) like ${`${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`}
        and v.product_id in (select id from pool)
    ),
    similar_ones as (
      select p.id, (select avg(word_similarity(word, lower(p.name || ' ' || c.name || ' ' || array_to_string(p.tags, ' '))))
        from unnest(${words}::text[]) word) as score
      from pool p join categories c on c.id = p.category_id
      where not exists (select from exact) and ${words.length > 0}
        and (select bool_and(word_similarity(word, lower(p.name || ' ' || c.name || ' ' || array_to_string(p.tags, ' '))) > 0.42)
          from unnest(${words}::text[]) word)
    ),
    found as (
      select id, max(score) as score from (select * from exact union all select * from similar_ones) s group by id
    ),
    hits as (
      select ${cardOf()} as card, row_number() over (order by ${order()}) as place
      from found f join products p on p.id = f.id
      order by ${order()} limit ${PAGE_SIZE} offset ${(page - 1) * PAGE_SIZE}
    ),
    logged as (
      insert into search_log (id, query, results)
      select ${newId()}::uuid, left(${q}, 200), (select count(*) from found) where ${q !== "" && page === 1}
    )
    select json_build_object(
      'hits', coalesce((select json_agg(json_build_object('card', h.card) order by h.place) from hits h), '[]'::json),
      'total', (select count(*) from found),
      'isGuess', not exists (select from exact) and exists (select from found),
      'category', (select json_build_object('name', c.name, 'path', c.path) from categories c where c.path = ${category} and c.is_active),
      'categories', coalesce((select json_agg(json_build_object('name', c.name, 'path', c.path) order by c.position)
        from categories c where c.parent_id is null and c.is_active), '[]'::json),
      'popular', coalesce((select json_agg(${cardOf()}) from (
          select * from products where status = 'active' and not exists (select from found)
          order by sold_recently desc, rating_sum desc, id limit 4) p), '[]'::json)
    ) as answer`;
  if (!row) throw new Error("The search answered nothing.");
  return row.answer;
}
