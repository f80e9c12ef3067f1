// @ts-check
/** What actions are called, for traces: the running server knows them by an id, the build's list says whose that is. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const KEY = Symbol.for("tallystick.actions");
const LIST = "server/server-reference-manifest.json";

/** The server's bundles have a copy of this file of their own. @returns {Record<symbol, Map<string, string>>} */
const shared = () => /** @type {Record<symbol, Map<string, string>>} */ (/** @type {any} */ (globalThis));

/**
 * Reads the build's list; without one the actions have no names.
 * @param {string} distDir
 */
export function learnActions(distDir) {
  /** @type {{ node?: Record<string, { filename?: string, exportedName?: string }> }} */
  let list = {};
  try {
    list = JSON.parse(readFileSync(join(distDir, LIST), "utf8"));
  } catch {
    // A server that is not built.
  }
  shared()[KEY] = new Map(
    Object.entries(list.node ?? {}).flatMap(([id, { filename = "", exportedName = "" }]) => {
      const file = /^lib\/actions\/(.+)\.ts$/.exec(filename)?.[1];
      return file ? [[id, `${file}.${exportedName}`]] : [];
    }),
  );
}

/**
 * "admin/refunds.refundOrder", or undefined.
 * @param {unknown} action
 */
export function nameOfAction(action) {
  const { $$id: id } = /** @type {{ $$id?: unknown }} */ (action);
  return typeof id === "string" ? shared()[KEY]?.get(id) : undefined;
}
