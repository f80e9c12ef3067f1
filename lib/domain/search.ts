/** Search: what a visitor may ask for, and the addresses of what was asked. */
import { z } from "zod";
import { categoryPath } from "./catalog";

export const searchSorts = [
  "relevance",
  "newest",
  "price-up",
  "price-down",
  "rating",
  "best-selling",
] as const;
export type SearchSort = (typeof searchSorts)[number];

export const sortLabels: Record<SearchSort, string> = {
  relevance: "Relevance",
  newest: "Newest",
  "price-up": "Price, low to high",
  "price-down": "Price, high to low",
  rating: "Rating",
  "best-selling": "Best-selling",
};

/** Stars that a visitor may ask for at least. */
export const ratingSteps = [4, 3] as const;

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);
const list = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

const text = (most: number) =>
  z.preprocess(first, z.string().catch("")).transform((value) =>
    // A lone half of a surrogate pair cannot be written as UTF-8.
    value.toWellFormed().normalize("NFC").replaceAll("\0", "").trim().slice(0, most),
  );
const flag = z.preprocess(first, z.literal("1").optional().catch(undefined)).transform(Boolean);
const slug = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .max(80);

/** The query of a list. What cannot be read falls back to "everything", never to an error. */
export const searchInput = z
  .object({
    q: text(200),
    category: z.preprocess(
      first,
      z
        .string()
        .max(200)
        .regex(/^[a-z0-9]+(?:[/-][a-z0-9]+)*$/)
        .catch(""),
    ),
    sort: z.preprocess(first, z.enum(searchSorts).optional().catch(undefined)),
    page: z.preprocess(first, z.coerce.number().int().min(1).max(1000).catch(1)),
    /** Values of options: "colour:cobalt". */
    filter: z
      .preprocess(list, z.array(z.string().max(160).catch("")))
      .transform((tokens) => [...new Set(tokens.map(toToken).filter((token) => token !== ""))].slice(0, 40)),
    /** As typed, in the store's currency. */
    min: text(20),
    max: text(20),
    stock: flag,
    sale: flag,
    rating: z.preprocess(first, z.coerce.number().int().min(1).max(5).optional().catch(undefined)),
    /** Slugs of owners. */
    owner: z
      .preprocess(list, z.array(slug.catch("")))
      .transform((slugs) => [...new Set(slugs.filter((one) => one !== ""))].slice(0, 20)),
    /** Exactly the words as typed: nothing corrected, finished or left out. */
    exact: flag,
  })
  // Without words there is nothing to be relevant to.
  .transform(({ sort, ...rest }) => ({
    ...rest,
    sort:
      sort && (rest.q || sort !== "relevance") ? sort : rest.q ? ("relevance" as const) : ("newest" as const),
  }));

export type SearchInput = z.output<typeof searchInput>;

/** A list that asks for nothing. */
export const EVERYTHING: SearchInput = searchInput.parse({});

function toToken(token: string): string {
  const plain = token.toWellFormed().replaceAll("\0", "").normalize("NFC").toLowerCase();
  const [name, value] = readToken(plain);
  return name && value ? plain : "";
}

/** "colour:cobalt" as name and value. */
export function readToken(token: string): [name: string, value: string] {
  const at = token.indexOf(":");
  return at < 0 ? ["", ""] : [token.slice(0, at), token.slice(at + 1)];
}

/** How an address names an option's value. */
export const tokenOf = (name: string, value: string): string =>
  `${name.replaceAll(":", " ")}:${value}`.normalize("NFC").toLowerCase();

/** Where a list stands: the search page, or a category. */
export type ListPlace = { kind: "search" } | { kind: "category"; path: string };

/**
 * The filtered twin of a category. `/c/PATH?filter=…` shows it as well, but only to who asks the server: the router in
 * the browser takes the cached page, whatever the query.
 */
export const browsePath = (path: string): string => `/browse/${path}`;

/** The address of a list; what is at its default is left out, so that one list has one address. */
export function listPath(place: ListPlace, input: Partial<SearchInput>): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | undefined | false) => value && query.append(name, value);
  if (place.kind === "search") put("q", input.q);
  if (place.kind === "search") put("category", input.category);
  for (const token of [...(input.filter ?? [])].sort()) put("filter", token);
  put("min", input.min);
  put("max", input.max);
  put("stock", input.stock && "1");
  put("sale", input.sale && "1");
  put("rating", input.rating ? String(input.rating) : undefined);
  for (const owner of [...(input.owner ?? [])].sort()) put("owner", owner);
  const usual = place.kind === "search" && input.q ? "relevance" : "newest";
  // A category without filters opens in an order of its own: there the newest first has to be asked for.
  const isOwnOrder = place.kind === "category" && query.size === 0;
  put("sort", input.sort !== usual || isOwnOrder ? input.sort : undefined);
  put("exact", input.exact && "1");
  const page = input.page && input.page > 1 ? input.page : 1;
  if (place.kind === "category" && query.size === 0) return categoryPath(place.path, page);
  put("page", page > 1 ? String(page) : undefined);
  const base = place.kind === "search" ? "/search" : browsePath(place.path);
  return query.size > 0 ? `${base}?${query}` : base;
}

/** The address of a search. */
export const searchPath = (input: Partial<SearchInput>): string => listPath({ kind: "search" }, input);

/** Whether anything narrows the list down. */
export const isFiltered = (input: SearchInput): boolean =>
  input.filter.length > 0 ||
  input.owner.length > 0 ||
  Boolean(input.min || input.max || input.stock || input.sale || input.rating);

/** The same list without its filters. */
export const withoutFilters = (input: SearchInput): SearchInput => ({
  ...input,
  filter: [],
  owner: [],
  min: "",
  max: "",
  stock: false,
  sale: false,
  rating: undefined,
  page: 1,
});
