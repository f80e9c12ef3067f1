// @ts-check
/**
 * Names a kept page by what is in it, so that a browser that has it is told so. Next's own way reads the text sign by
 * sign, which takes a fifth of all that sending a page takes; a digest of the system's takes a tenth of that. Next asks
 * for HEAD without the text, so that has no tag.
 */
import { createHash } from "node:crypto";

const KEPT = new Set(["HIT", "STALE"]);

/**
 * Whether an answer is a page that is kept for everybody, about to leave in one piece.
 * @param {import("node:http").ServerResponse} res
 * @param {unknown} whole
 * @returns {whole is string | Buffer}
 */
export function isKeptPage(res, whole) {
  if (res.headersSent || res.statusCode !== 200 || !KEPT.has(String(res.getHeader("x-nextjs-cache"))))
    return false;
  return typeof whole === "string" || Buffer.isBuffer(whole);
}

/**
 * Sets the tag of a kept page.
 * @param {import("node:http").ServerResponse} res
 * @param {unknown} whole
 * @returns {unknown} what to send: nothing, with status 304, where the client has the page
 */
export function tagPage(res, whole) {
  if (!isKeptPage(res, whole)) return whole;
  // Weak: the same for each compression of it.
  const tag = `W/"${createHash("sha1").update(whole).digest("base64url")}"`;
  res.setHeader("etag", tag);
  if (!isAmong(res.req.headers["if-none-match"], tag)) return whole;
  res.statusCode = 304;
  for (const name of ["content-length", "content-type"]) res.removeHeader(name);
  // Said of the page, too, by whoever compresses it.
  res.appendHeader("vary", "Accept-Encoding");
  return undefined;
}

/** Compared weakly, as RFC 9110 (13.1.2) has it. @param {string | undefined} known @param {string} tag */
function isAmong(known, tag) {
  if (!known) return false;
  const tags = known.split(",").map((one) => one.trim().replace(/^(?:W\/)?"/, 'W/"'));
  return tags.includes(tag) || tags.includes("*");
}
