/** Search: what a visitor may ask for, and how words become a full-text query. */
import { z } from "zod";

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

const first = (value: unknown): unknown => (Array.isArray(value) ? value[0] : value);

/** The query of the search page. What cannot be read falls back to "everything", never to an error. */
export const searchInput = z
  .object({
    q: z
      .preprocess(first, z.string().catch(""))
      .transform((text) => text.normalize("NFC").replaceAll("\0", "").trim().slice(0, 200)),
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
  })
  // Without words there is nothing to be relevant to.
  .transform(({ sort, ...rest }) => ({
    ...rest,
    sort:
      sort && (rest.q || sort !== "relevance") ? sort : rest.q ? ("relevance" as const) : ("newest" as const),
  }));

export type SearchInput = z.output<typeof searchInput>;

/** The words of a text: letters and digits, lower case, at most eight. */
export function wordsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 8);
}

/**
 * The words as a tsquery whose last one may be unfinished: "ring mu" finds the ring mug. Empty where the text uses
 * the operators of a web search, which only `websearch_to_tsquery` understands.
 */
export function prefixQuery(text: string): string {
  if (/["-]|\bor\b/i.test(text)) return "";
  return wordsOf(text)
    .map((word, i, all) => (i === all.length - 1 ? `${word}:*` : word))
    .join(" & ");
}

/** The address of a search; what is at its default is left out. */
export function searchPath(input: Partial<Omit<SearchInput, "sort">> & { sort?: SearchSort }): string {
  const query = new URLSearchParams();
  if (input.q) query.set("q", input.q);
  if (input.category) query.set("category", input.category);
  if (input.sort && input.sort !== (input.q ? "relevance" : "newest")) query.set("sort", input.sort);
  if (input.page && input.page > 1) query.set("page", String(input.page));
  const text = query.toString();
  return text ? `/search?${text}` : "/search";
}
