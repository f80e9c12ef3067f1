// @ts-check
/** When each cache tag expired in this process: Next's own list, which both of its caches look at. */
import { createRequire } from "node:module";

/** @type {{ tagsManifest: Map<string, { expired?: number, stale?: number }> }} */
const { tagsManifest } = createRequire(import.meta.url)(
  "next/dist/server/lib/incremental-cache/tags-manifest.external",
);

/** By our clock; 0: never. @param {string} tag */
export const expiredAt = (tag) => tagsManifest.get(tag)?.expired ?? 0;

/** @param {string} tag @param {number} at */
export const setExpired = (tag, at) => void tagsManifest.set(tag, { expired: at });

/** Whether any of them expired after `since`. @param {readonly string[]} tags @param {number} since */
export const changedSince = (tags, since) => tags.some((tag) => expiredAt(tag) > since);

const told = /** @type {typeof globalThis & { tallystickExpired?: Set<() => void> }} */ (globalThis);

/** db/replica.ts, which Next bundles apart from this, hears that something changed. */
export function tellReplica() {
  for (const hear of told.tallystickExpired ?? []) hear();
}
