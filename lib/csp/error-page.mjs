// @ts-check
/**
 * Puts our own page in the place of one that broke while it was streamed: its headers leave before its content, so
 * the status decides, and what Next streams (an empty page whose scripts draw the error) is swallowed.
 */
import { readFileSync } from "node:fs";

/**
 * Our own page for an error, without its scripts: it is sent under other addresses than its own.
 * @param {string} distDir where the build lies
 * @param {string} hollow what Next would have sent; names the error
 * @returns {string}
 */
export function errorPage(distDir, hollow) {
  const digest = /digest\\?":\\?"(\d+)/.exec(hollow)?.[1] ?? "";
  try {
    return readFileSync(`${distDir}/server/app/something-slipped.html`, "utf8")
      .replace(/<script[^>]*>[\s\S]*?<\/script>|<link[^>]*as="script"[^>]*>/g, "")
      .replace("----------", digest || "unknown");
  } catch {
    return "<!doctype html><title>Error</title><h1>Something slipped on our side.</h1>";
  }
}

/** Answers whose page is ours; `sent`: it left already. @type {WeakMap<object, { sent: boolean }>} */
const swaps = new WeakMap();

/** From here on what is written to this answer is swallowed. @param {object} res */
export const beginSwap = (res) => void swaps.set(res, { sent: false });

/** @param {object} res */
export const isSwapped = (res) => swaps.has(res);

/**
 * What to send instead of `chunk`; undefined where the page left already.
 * @param {object} res @param {unknown} chunk @param {string} distDir
 * @returns {string | undefined}
 */
export function swapped(res, chunk, distDir) {
  const swap = swaps.get(res);
  if (!swap || swap.sent) return undefined;
  swap.sent = true;
  const words = chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk ?? "");
  return errorPage(distDir, words);
}

/**
 * Makes us the outermost `write` of an answer, whoever wraps it later: compression would hide the html. A layer that
 * was wrapped lets through what its wrapper makes of it.
 * @param {import("node:http").ServerResponse} res
 * @param {string} distDir
 */
export function watchWrite(res, distDir) {
  /** @type {Function} */
  let top = layerOver(res.write);
  /** @param {Function} inner */
  function layerOver(inner) {
    /** @param {any[]} args */
    function layer(...args) {
      if (layer !== top) return inner.apply(res, args);
      // The headers say whether this is an error, and with them begins the swap.
      if (!res.headersSent && res.statusCode >= 500) res.flushHeaders();
      if (!isSwapped(res)) return inner.apply(res, args);
      const done = args.find((arg) => typeof arg === "function");
      const page = swapped(res, args[0], distDir);
      if (page !== undefined) return inner.call(res, page, "utf8", done);
      done?.();
      return true;
    }
    return layer;
  }
  Object.defineProperty(res, "write", {
    configurable: true,
    get: () => top,
    set: (wrapper) => {
      top = layerOver(wrapper);
    },
  });
}
