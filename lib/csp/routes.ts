/** Which pages are rendered per request. Everything else is a cached page that carries the hashes of its scripts. */
import { DYNAMIC_SEGMENTS } from "./segments.mjs";

/** Those of them that are the same for everybody, so that a search engine may list them. */
const FOUND = new Set<string>(["contact"]);

/** Whether search engines are to leave a page out: what is one person's, and every filtered list. */
export function isUnlisted(pathname: string): boolean {
  return isDynamicPath(pathname) && !FOUND.has(pathname.split("/", 2)[1] ?? "");
}

/** Query keys that filter or sort a category: such a request shows the dynamic twin under `/browse`. */
export const FILTER_KEYS = ["sort", "filter", "min", "max", "stock", "sale", "rating", "owner"] as const;

const dynamic = new Set<string>(DYNAMIC_SEGMENTS);

/** Whether a path belongs to a page that is rendered per request. */
export function isDynamicPath(pathname: string): boolean {
  return dynamic.has(pathname.split("/", 2)[1] ?? "");
}

/** The dynamic twin of a filtered category, or undefined where the request is not one. */
export function filteredTwin(pathname: string, query: URLSearchParams): string | undefined {
  if (!pathname.startsWith("/c/")) return undefined;
  return FILTER_KEYS.some((key) => query.has(key)) ? `/browse${pathname.slice(2)}` : undefined;
}
