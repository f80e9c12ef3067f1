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
 * @param {string} [request] the request's name, which its log lines carry
 * @returns {string}
 */
export function errorPage(distDir, hollow, request) {
  const number = request ?? /digest\\?":\\?"(\d+)/.exec(hollow)?.[1];
  try {
    return readFileSync(`${distDir}/server/app/something-slipped.html`, "utf8")
      .replace(/<script[^>]*>[\s\S]*?<\/script>|<link[^>]*as="script"[^>]*>/g, "")
      .replace("----------", number || "unknown");
  } catch {
    return "<!doctype html><title>Error</title><h1>Something slipped on our side.</h1>";
  }
}

/** Errors whose page is ours from the beginning. @type {WeakSet<object>} */
const own = new WeakSet();

/** This answer is finished as it is, whatever its status. @param {object} res */
export const keepOwn = (res) => void own.add(res);

/** @param {object} res */
export const isOwn = (res) => own.has(res);

/** What Next wrote to answers whose page is ours. @type {WeakMap<object, string>} */
const swallowed = new WeakMap();

/** From here on what is written to this answer is swallowed. @param {object} res */
export const beginSwap = (res) => void swallowed.set(res, "");

/** What is sent in the place of a swapped answer where it is not our page. @type {WeakMap<object, string>} */
const instead = new WeakMap();

/** The same, with words of its own for the end. @param {object} res @param {string} words */
export function beginSwapFor(res, words) {
  beginSwap(res);
  instead.set(res, words);
}

/** @param {object} res */
export const isSwapped = (res) => swallowed.has(res);

/** @param {object} res @param {unknown} chunk */
function swallow(res, chunk) {
  const before = swallowed.get(res) ?? "";
  const words = chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk ?? "");
  // The number of the error stands in the first kilobytes.
  if (before.length < 100_000) swallowed.set(res, before + words);
}

/**
 * Our page, for the end of a swapped answer whose last piece is `chunk`.
 * @param {object} res @param {unknown} chunk @param {string} distDir
 * @param {string} [request]
 * @returns {string}
 */
export function swappedPage(res, chunk, distDir, request) {
  const words = instead.get(res);
  if (words !== undefined) return words;
  if (typeof chunk !== "function") swallow(res, chunk);
  return errorPage(distDir, swallowed.get(res) ?? "", request);
}

/**
 * Makes us the outermost `write` of an answer, whoever wraps it later: compression would hide the html. A layer that
 * was wrapped lets through what its wrapper makes of it.
 * @param {import("node:http").ServerResponse} res
 */
export function watchWrite(res) {
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
      swallow(res, args[0]);
      args.find((arg) => typeof arg === "function")?.();
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
