// @ts-check
/** Next's page cache on disk, with three additions: each page carries its own script policy and its sheet, and no page of shop data outlives the process that knows whether it is still true. */
import { createRequire } from "node:module";
import { installGuard } from "./guard.mjs";
import { inlineStyle } from "./inline-style.mjs";
import { fillMissing } from "./missing-page.mjs";
import { hashPolicy, joinFlight } from "./policy.mjs";

const FileSystemCache = createRequire(import.meta.url)(
  "next/dist/server/lib/incremental-cache/file-system-cache",
).default;

const POLICY = "content-security-policy";
const TAGS = "x-next-cache-tags";
const bootedAt = Date.now();
/** Entries whose policy was made by this process; one read from disk may stem from other settings. */
const stamped = new WeakSet();

/**
 * @typedef {{ kind?: string, status?: number, html?: unknown, headers?: Record<string, unknown>, postponed?: unknown }} Entry
 * @param {Entry | null | undefined} entry
 * @param {string} [serverFolder] Next's; without it the sheet stays a link.
 */
export function stamp(entry, serverFolder) {
  if (entry?.kind !== "APP_PAGE" || typeof entry.html !== "string") return;
  // A page that is finished per request runs under that request's nonce.
  if (entry.postponed !== undefined || stamped.has(entry)) return;
  const html = joinFlight(entry.status === 404 ? fillMissing(entry.html) : entry.html);
  entry.html = serverFolder ? inlineStyle(html, serverFolder) : html;
  entry.headers = { ...entry.headers, [POLICY]: hashPolicy(/** @type {string} */ (entry.html)) };
  stamped.add(entry);
}

/**
 * Tags that expired live in memory only. After a restart a tagged page on disk may be out of date (or stem from
 * a build without a database), so it counts as absent and is rendered once more at its first view. That goes for the
 * shell of a page that is finished per request too: it keeps what its layout read while it was built.
 * @param {{ value?: Entry | null, lastModified?: number } | null | undefined} found
 */
export function isFromBefore(found) {
  const tags = found?.value?.headers?.[TAGS];
  if (found?.value?.kind !== "APP_PAGE" || typeof tags !== "string") return false;
  if ((found.lastModified ?? 0) >= bootedAt) return false;
  return tags.split(",").some((tag) => !tag.startsWith("_N_T_"));
}

/**
 * A personal page leaves an empty shell behind. Resuming it would only lose what a whole page can do: a redirect
 * by status, and the answer to a form that was sent without scripts.
 * @param {Entry | null | undefined} entry
 */
export const isEmptyShell = (entry) =>
  entry?.kind === "APP_PAGE" && entry.postponed !== undefined && String(entry.html) === "";

export default class PolicyCache extends FileSystemCache {
  /** @param {any[]} options */
  constructor(...options) {
    super(...options);
    // Also where the settings were baked into the server and next.config.ts is not read. `next dev` has no cached pages.
    if (process.env.NODE_ENV === "production") installGuard();
  }

  /** @param {string} key @param {unknown} context */
  async get(key, context) {
    const found = await super.get(key, context);
    if (isFromBefore(found) || isEmptyShell(found?.value)) return null;
    stamp(found?.value, this.serverDistDir);
    return found;
  }

  /** @param {string} key @param {Entry | null} entry @param {unknown} context */
  async set(key, entry, context) {
    stamp(entry, this.serverDistDir);
    return super.set(key, entry, context);
  }
}
