// @ts-check
/**
 * What this process is working on right now: a request or a job, each with a name that stands in all of its log lines.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/**
 * @typedef {object} Note
 * @property {boolean} database set by db/failures.ts where the database failed it
 * @property {boolean} [unreadable] set by instrumentation.ts where the body is no form
 * @property {boolean} [acts] an action of ours has begun
 * @property {string} [request] the name that also stands in X-Request-Id and on error pages
 * @property {string} [order]
 * @property {string} [job]
 * @property {string} [jobId]
 * @property {string} [trace] trace and span that work begun here belongs to, as W3C writes them
 */

const KEY = Symbol.for("tallystick.request");

/** One for the process: the server's bundles and its own modules have each their copy of this file. */
const held = /** @type {Record<symbol, AsyncLocalStorage<Note>>} */ (/** @type {any} */ (globalThis));
held[KEY] ??= new AsyncLocalStorage();
export const notes = held[KEY];

/** The order that the work at hand is about, for its log lines. @param {string} id */
export function noteOrder(id) {
  const note = notes.getStore();
  if (note) note.order = id;
}

/** What a log line says of the work at hand. */
export function aboutNow() {
  const { request, order, job, jobId } = notes.getStore() ?? {};
  return {
    ...(request && { request }),
    ...(job && { job }),
    ...(jobId && { jobId }),
    ...(order && { order }),
  };
}
