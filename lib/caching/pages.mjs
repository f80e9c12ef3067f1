// @ts-check
/** Whole pages among instances, and the moment at which each began to be rendered. */
const TAGS = "x-next-cache-tags";
/** A rendering that takes longer has failed. */
const LONGEST_MS = 30_000;
/** Page → when somebody found it absent. @type {Map<string, number>} */
const begun = new Map();

/** @typedef {{ kind?: string, headers?: Record<string, unknown>, postponed?: unknown }} Entry */
/** @typedef {{ value?: Entry | null, lastModified?: number, cacheControl?: { revalidate?: number | false } }} Found */

/** @param {Entry | null | undefined} entry @returns {string[]} */
export function tagsOf(entry) {
  const tags = entry?.headers?.[TAGS];
  return typeof tags === "string" ? tags.split(",") : [];
}

/** Whether it shows anything of the shop: Next's own tags name the route. @param {readonly string[]} tags */
export const isOfShop = (tags) => tags.some((tag) => !tag.startsWith("_N_T_"));

/** Notes that `key` is absent or past its time: who asked renders it now. @param {string} key */
export function noteBegin(key) {
  const now = Date.now();
  // The first of several counts: theirs is the oldest look at the database.
  if (now - (begun.get(key) ?? 0) > LONGEST_MS) begun.set(key, now);
  if (begun.size > 10_000) begun.clear();
}

/**
 * When the rendering of what is now set began. @param {string} key @returns {number}
 */
export function takeBegin(key) {
  const at = begun.get(key) ?? Date.now();
  begun.delete(key);
  return at;
}

/** Whether the page is past the time after which Next renders it anew. @param {Found} found */
export function isPast({ lastModified = 0, cacheControl }) {
  const seconds = cacheControl?.revalidate;
  return typeof seconds === "number" && lastModified + seconds * 1000 < Date.now();
}

/** What may be shared: whole pages and answers. The shell of a page that is finished per request stays with its process. @param {Entry | null | undefined} entry */
export const isWhole = (entry) =>
  (entry?.kind === "APP_PAGE" || entry?.kind === "APP_ROUTE") && entry.postponed === undefined;
