// @ts-check
/** Next's page cache, with five additions: each page carries its own script policy and its sheet, no page of shop data outlives the process that knows whether it is still true, a page that is not there stays in memory, and instances share theirs where there is Redis. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isOfShop, isPast, isWhole, noteBegin, tagsOf, takeBegin } from "../caching/pages.mjs";
import { ourTime, shared } from "../caching/shared.mjs";
import { changedSince } from "../caching/tags.mjs";
import { installGuard } from "./guard.mjs";
import { inlineStyle } from "./inline-style.mjs";
import { fillMissing } from "./missing-page.mjs";
import { hashPolicy, joinFlight } from "./policy.mjs";

const FileSystemCache = createRequire(import.meta.url)(
  "next/dist/server/lib/incremental-cache/file-system-cache",
).default;

const POLICY = "content-security-policy";
const bootedAt = Date.now();
/** Entries whose policy was made by this process; one read from disk may stem from other settings. */
const stamped = new WeakSet();

/** Personal pages, by their address: Next would read the empty files of each from the disk at every request. @type {Set<string>} */
const emptyShells = new Set();

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
  if (found?.value?.kind !== "APP_PAGE" || (found.lastModified ?? 0) >= bootedAt) return false;
  return isOfShop(tagsOf(found.value));
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
    // With Redis the disk holds what the build made and nothing else.
    super(...(shared ? [{ ...options[0], flushToDisk: false }] : options));
    // Also where the settings were baked into the server and next.config.ts is not read. `next dev` has no cached pages.
    if (process.env.NODE_ENV === "production") installGuard();
  }

  /** @param {string} key @param {unknown} context */
  async get(key, context) {
    const found = (await this.own(key, context)) ?? (await this.ofOthers(key));
    if (!found || isPast(found)) noteBegin(key);
    stamp(found?.value, this.serverDistDir);
    return found;
  }

  /** @param {string} key @param {unknown} context */
  async own(key, context) {
    if (emptyShells.has(key)) return null;
    const found = await super.get(key, context);
    if (isEmptyShell(found?.value)) {
      emptyShells.add(key);
      return null;
    }
    // A page that others made before we began has been found good here, and stamped.
    if (isFromBefore(found) && !stamped.has(found.value)) return null;
    if (shared && found && isOfShop(tagsOf(found.value)) && !shared.trusts(found.lastModified)) return null;
    return found;
  }

  /** @param {string} key */
  async ofOthers(key) {
    const found = await shared?.get(this.nameOf(key));
    if (!found) return null;
    const page = { ...found.entry, lastModified: ourTime(found.entry.lastModified, found.since) };
    FileSystemCache.memoryCache?.set(key, page);
    return page;
  }

  /** @param {string} key @param {Entry | null} entry @param {{ cacheControl?: unknown }} context */
  async set(key, entry, context) {
    const since = takeBegin(key);
    const isNowhere = entry?.status === 404 && !(await this.hasPlace(key));
    // What it shows may be what was there before the change. Whoever waits for it gets it, nobody after.
    if (changedSince(tagsOf(entry), since)) return;
    stamp(entry, this.serverDistDir);
    emptyShells.delete(key);
    const keeper = isNowhere ? Object.create(this, { flushToDisk: { value: false } }) : this;
    await super.set.call(keeper, key, entry, context);
    if (!shared || isNowhere || !isWhole(entry)) return;
    const { cacheControl } = context;
    const page = { value: entry, cacheControl, lastModified: Date.now() };
    await shared.put(this.nameOf(key), tagsOf(entry), since, page);
  }

  /**
   * Whether a page was kept at this address. Anybody may ask for any number of others: that those are not there takes no
   * room but in memory, which has an end. One that was there is replaced where it lies, or it would come back from there.
   * @param {string} key
   */
  async hasPlace(key) {
    const files = [".html", ".body"].map((end) => this.getFilePath(key + end, "APP_PAGE"));
    return files.some((file) => this.fs.existsSync(file)) || Boolean(await shared?.get(this.nameOf(key)));
  }

  /** @param {string[]} args */
  async revalidateTag(...args) {
    // The data cache has told everybody, this process first.
    if (!shared) await super.revalidateTag(...args);
  }

  /** Pages of different builds never mix. @param {string} key */
  nameOf(key) {
    buildId ??= readFileSync(join(this.serverDistDir, "..", "BUILD_ID"), "utf8").trim();
    return `page:${buildId}:${key}`;
  }
}

/** @type {string | undefined} */
let buildId;
