import { readPublic } from "@/db/replica";
import type { Card } from "@/lib/domain/catalog";
import { PAGE_SIZE } from "@/lib/domain/catalog";
import { formatMoney, parseMoney } from "@/lib/domain/money";
import { isFiltered, type ListPlace, type SearchInput } from "@/lib/domain/search";
import {
  type CategoryChoice,
  type ChosenFilter,
  chosenFilters,
  type Facets,
  facetsOf,
  rollUp,
} from "@/lib/domain/search-facets";
import { wordsOf } from "@/lib/domain/search-words";
import { getStore, type Store } from "@/lib/queries/settings";
import { type CardRow, cardOf, toCard } from "./cards";
import { logSearch, type Reading, runSearch } from "./search-run";

export interface SearchPage {
  cards: Card[];
  total: number;
  page: number;
  pages: number;
  reading: Reading;
  facets: Facets;
  chosen: ChosenFilter[];
  /** The chosen category and those above it, from the top down. */
  trail: { name: string; path: string }[];
  /** Categories to narrow down to, with what they hold of the list. */
  categories: CategoryChoice[];
  /** Where nothing was found: categories that sound like it. */
  nearest: { name: string; path: string }[];
  /** Where nothing was found: best sellers. */
  popular: Card[];
}

/** One page of what fits. The first page of each search is logged, once for all its filters. */
export async function search(input: SearchInput): Promise<SearchPage> {
  const page = await listProducts(await getStore(), { kind: "search" }, input);
  if (input.q && input.page === 1 && !isFiltered(input) && !input.category && !input.exact)
    await logSearch(input.q, page.reading.kind === "some" ? 0 : page.total);
  return page;
}

/** A category in an order or with filters of its own. Null: there is no such category. */
export async function browse(path: string, input: SearchInput): Promise<SearchPage | null> {
  const page = await listProducts(
    await getStore(),
    { kind: "category", path },
    { ...input, q: "", category: "" },
  );
  return page.trail.length > 0 ? page : null;
}

/** The list itself, for a store that is known. */
export async function listProducts(store: Store, place: ListPlace, input: SearchInput): Promise<SearchPage> {
  const [min, max] = [amount(input.min, store), amount(input.max, store)];
  const scope = place.kind === "category" ? place.path : "";
  const { cards, total, facets: raw, reading } = await runSearch(input, { min, max, scope });
  if (!raw) throw new Error("The search counted nothing.");
  const money = (value: number) =>
    formatMoney(value, store.currency, { locale: store.locale, compact: true });
  const under = scope || input.category;
  const facets = facetsOf(raw, input, money);
  const help = total === 0 ? await readHelp(input.q) : { nearest: [], popular: [] };
  return {
    cards: cards.map((card) => toCard(card, store)),
    total,
    page: input.page,
    pages: Math.max(1, Math.ceil(total / PAGE_SIZE)),
    reading,
    facets,
    chosen: chosenFilters(facets, input, place, {
      min: min === null ? null : money(min),
      max: max === null ? null : money(max),
    }),
    trail: trailOf(under, raw.names),
    categories: rollUp(raw, under),
    nearest: help.nearest,
    popular: help.popular.map((card) => toCard(card, store)),
  };
}

/** What was typed as a price; null where it is none. */
function amount(typed: string, { currency }: Store): number | null {
  const value = typed ? parseMoney(typed, currency) : undefined;
  return value === undefined || value < 0 ? null : value;
}

function trailOf(path: string, names: Readonly<Record<string, string>>): { name: string; path: string }[] {
  if (!path || !Object.hasOwn(names, path)) return [];
  const steps = path.split("/");
  return steps
    .map((_, at) => steps.slice(0, at + 1).join("/"))
    .flatMap((step) => (Object.hasOwn(names, step) ? [{ path: step, name: names[step] ?? step }] : []));
}

async function readHelp(q: string): Promise<{ nearest: SearchPage["nearest"]; popular: CardRow[] }> {
  const words = wordsOf(q).filter((word) => word.length > 2);
  const [row] = await readPublic(
    (sql) => sql<{ help: { nearest: SearchPage["nearest"]; popular: CardRow[] } }[]>`
    select json_build_object(
      'nearest', coalesce((select json_agg(json_build_object('name', n.name, 'path', n.path) order by n.fit desc, n.path) from (
          select c.name, c.path, max(similarity(word, lower(c.name))) as fit
          from categories c, unnest(${words}::text[]) word where c.is_active
          group by c.id having max(similarity(word, lower(c.name))) > 0.3 order by fit desc limit 3) n), '[]'::json),
      'popular', coalesce((select json_agg(${cardOf()} order by p.sold_recently desc, p.id) from (
          select * from products where status = 'active' order by sold_recently desc, id limit 4) p), '[]'::json)
    ) as help`,
  );
  return row?.help ?? { nearest: [], popular: [] };
}
