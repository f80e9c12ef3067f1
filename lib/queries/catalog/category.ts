/** A category with one page of its products and what it can be narrowed down by, cached per category and page. */
import { cacheLife, cacheTag } from "next/cache";
import { readPublic } from "@/db/replica";
import { CATEGORIES_TAG, categoryTag } from "@/lib/cache-tags";
import { type Card, PAGE_SIZE } from "@/lib/domain/catalog";
import { formatMoney } from "@/lib/domain/money";
import { EVERYTHING } from "@/lib/domain/search";
import { type Facets, facetsOf } from "@/lib/domain/search-facets";
import { getStore, hasDatabase } from "@/lib/queries/settings";
import { tagsOf, toCard } from "./cards";
import { ALL, findWithFacets } from "./search-find";

export interface CategoryPage {
  name: string;
  path: string;
  description: string;
  /** From the top down to this one. */
  trail: { name: string; path: string }[];
  children: { name: string; path: string; count: number }[];
  cards: Card[];
  /** Of the whole category, not of this page. */
  facets: Facets;
  total: number;
  page: number;
  pages: number;
}

type Row = Pick<CategoryPage, "name" | "path" | "description" | "trail" | "children"> & { family: string[] };
type Found = { found: Row | null; moved: string | null; above: string | null };

/** Where an address leads that is no category's any more, or not for now: to the nearest one above that is seen. */
export interface Elsewhere {
  moved: string;
  isHidden: boolean;
}

/**
 * One page of a category and everything below it. `moved` is the path that an old one or a hidden one leads to;
 * null: there is no such category, or no such page of it.
 */
export async function listCategory(path: string, page: number): Promise<CategoryPage | Elsewhere | null> {
  "use cache";
  cacheLife("hours");
  cacheTag(CATEGORIES_TAG);
  if (!hasDatabase()) return null;
  const [store, { found, moved, above }, list] = await Promise.all([
    getStore(),
    readCategory(path),
    findWithFacets({ ...ALL, scope: path, sort: "category", page }),
  ]);
  if (!found) {
    if (moved !== null) return { moved, isHidden: false };
    return above === null ? null : { moved: above, isHidden: true };
  }
  const { cards, total, facets } = list;
  if (!facets) throw new Error("The category was not counted.");
  const { family, ...category } = found;
  cacheTag(...family.slice(0, 60).map(categoryTag), ...tagsOf(cards));
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE));
  if (page > pages) return null;
  const money = (amount: number) =>
    formatMoney(amount, store.currency, { locale: store.locale, compact: true });
  return {
    ...category,
    cards: cards.map((card) => toCard(card, store)),
    facets: facetsOf(facets, EVERYTHING, money),
    total,
    page,
    pages,
  };
}

async function readCategory(path: string): Promise<Found> {
  const [row] = await readPublic(
    (sql) => sql<Found[]>`
    with recursive here as (select * from categories where path = ${path} and is_active),
    above as (
      select h.id, h.parent_id, h.name, h.path, h.is_active, 0 as up from here h
      union all select c.id, c.parent_id, c.name, c.path, c.is_active, a.up + 1 from categories c join above a on c.id = a.parent_id
    ),
    below as (
      select h.id from here h
      union all select c.id from categories c join below b on c.parent_id = b.id where c.is_active
    ),
    stock as (select category_id from search_products where category_id in (select id from below))
    select (select json_build_object(
      'name', h.name, 'path', h.path, 'description', h.description,
      'family', (select json_agg(id) from below),
      'trail', (select json_agg(json_build_object('name', name, 'path', path) order by up desc) from above where is_active),
      'children', coalesce((select json_agg(json_build_object('name', c.name, 'path', c.path, 'count', (
          select count(*) from stock s join categories d on d.id = s.category_id
          where d.path = c.path or d.path like c.path || '/%')) order by c.position, c.name)
        from categories c where c.parent_id = h.id and c.is_active), '[]'::json)
    ) from here h) as found,
    (select t.path from slug_redirects r join categories t on t.id = r.target_id
      where r.kind = 'category' and r.slug = ${path} and t.is_active) as moved,
    (with recursive up as (
        select parent_id, 0 as steps from categories where path = ${path} and not is_active
        union all select c.parent_id, u.steps + 1 from categories c join up u on c.id = u.parent_id where not c.is_active
      ) select c.path from up u join categories c on c.id = u.parent_id where c.is_active order by u.steps limit 1) as above`,
  );
  return row ?? { found: null, moved: null, above: null };
}
