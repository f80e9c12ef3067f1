/** What the front page shows, in one read; cached until one of its products or the choice of them changes. */
import { cacheLife, cacheTag } from "next/cache";
import { readPublic } from "@/db/replica";
import { CATEGORIES_TAG, HOME_TAG } from "@/lib/cache-tags";
import type { Card } from "@/lib/domain/catalog";
import { getStore, hasDatabase } from "@/lib/queries/settings";
import { type CardRow, cardOf, tagsOf, toCard } from "./cards";

interface Band<C> {
  name: string;
  path: string;
  description: string;
  count: number;
  cards: C[];
}

interface Bands<C> {
  /** The object beside the statement: the product tagged "front page", otherwise a featured one. */
  hero: C | null;
  newest: C[];
  best: C[];
  bands: Band<C>[];
  /** Products for sale. */
  total: number;
}

export type Home = Bands<Card>;

const NOTHING: Bands<CardRow> = { hero: null, newest: [], best: [], bands: [], total: 0 };

/** Hero, newest, best sellers and a band for each category at the top. */
export async function getHome(): Promise<Home> {
  "use cache";
  cacheLife("hours");
  cacheTag(HOME_TAG, CATEGORIES_TAG);
  if (!hasDatabase()) return { hero: null, newest: [], best: [], bands: [], total: 0 };
  const [store, home] = await Promise.all([getStore(), readHome()]);
  const all = [home.hero, ...home.newest, ...home.best, ...home.bands.flatMap((band) => band.cards)];
  cacheTag(...tagsOf(all.filter((card) => card !== null)).slice(0, 100));
  const view = (cards: readonly CardRow[]) => cards.map((card) => toCard(card, store));
  return {
    hero: home.hero && toCard(home.hero, store),
    newest: view(home.newest),
    best: view(home.best),
    bands: home.bands.map((band) => ({ ...band, cards: view(band.cards) })),
    total: home.total,
  };
}

// A product stands in one band only, so each band leaves out what the bands above it took.
async function readHome(): Promise<Bands<CardRow>> {
  const [row] = await readPublic(
    (sql) => sql<{ home: Bands<CardRow> }[]>`
    with recursive tree as (
      select id, id as root from categories where parent_id is null and is_active
      union all select c.id, t.root from categories c join tree t on c.parent_id = t.id where c.is_active
    ),
    sold as (select p.*, t.root from products p join tree t on t.id = p.category_id where p.status = 'active'),
    hero as (
      select p.* from sold p where exists (select from product_images m where m.product_id = p.id)
      order by ('front page' = any(p.tags)) desc, p.is_featured desc, p.sold_recently desc, p.id limit 1
    ),
    newest as (
      select p.* from sold p where p.id not in (select id from hero) order by p.published_at desc, p.id limit 5
    ),
    best as (
      select p.* from sold p where p.id not in (select id from hero union all select id from newest)
      order by p.sold_recently desc, p.rating_count desc, p.id limit 4
    ),
    taken as (select id from hero union all select id from newest union all select id from best),
    ranked as (
      select p.*, row_number() over (partition by p.root order by p.is_featured desc, p.rating_sum desc, p.id) as place
      from sold p where p.id not in (select id from taken)
    )
    select json_build_object(
      'hero', (select ${cardOf()} from hero p),
      'newest', coalesce((select json_agg(${cardOf()} order by p.published_at desc, p.id) from newest p), '[]'::json),
      'best', coalesce((select json_agg(${cardOf()} order by p.sold_recently desc, p.rating_count desc, p.id) from best p), '[]'::json),
      'total', (select count(*) from sold),
      'bands', coalesce((select json_agg(json_build_object(
          'name', c.name, 'path', c.path, 'description', c.description,
          'count', (select count(*) from sold s where s.root = c.id),
          'cards', (select json_agg(${cardOf()} order by p.place) from ranked p where p.root = c.id and p.place <= 5)
        ) order by c.position, c.name)
        from categories c where c.parent_id is null and c.is_active
          and exists (select from ranked r where r.root = c.id)), '[]'::json)
    ) as home`,
  );
  return row?.home ?? NOTHING;
}
