// @ts-check
/**
 * Compressed bytes of pages that are kept: packing a page takes as long as all else that sending it takes, and it is
 * the same page for everybody. So it is packed once, smaller than a server could afford at each request.
 */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { isKeptPage } from "./tag.mjs";

/** @typedef {"br" | "gzip"} Encoding */
const [brotlied, gzipped] = [promisify(brotliCompress), promisify(gzip)];
/** A higher one takes five times as long for three hundredths less. */
const QUALITY = 6;
/** At once: they share the system's threads with the disk. */
const MOST_MAKING = 2;
/** Shorter ones gain nothing. */
const FROM_BYTES = 1_024;
/** A page is some 35 KB: room for a thousand. What was not asked for the longest time goes first. */
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_SEEN = 5_000;

export class Packer {
  /** @type {Map<string, Buffer>} */
  #packed = new Map();
  #bytes = 0;
  /** What was asked for once: most of a large catalogue is not asked for again before it changes. @type {Set<string>} */
  #seen = new Set();
  /** @type {Set<string>} */
  #making = new Set();

  /**
   * The compressed form of an answer that is about to leave in one piece, with its headers set; undefined where it is
   * no kept page, the client takes no such form, or there is none yet. Then it is made for those who come next.
   * @param {import("node:http").ServerResponse} res
   * @param {unknown} whole
   * @returns {Buffer | undefined}
   */
  pack(res, whole) {
    const key = keyOf(res, whole);
    const encoding = encodingFor(res.req.headers["accept-encoding"]);
    if (!key || !encoding) return undefined;
    const name = `${encoding} ${key}`;
    const packed = this.#packed.get(name);
    if (!packed) {
      const isFree = this.#making.size < MOST_MAKING && !this.#making.has(name);
      if (isFree && this.#isSeen(name))
        void this.#make(name, encoding, Buffer.from(/** @type {string} */ (whole)));
      return undefined;
    }
    this.#packed.delete(name);
    this.#packed.set(name, packed);
    res.setHeader("content-encoding", encoding);
    res.setHeader("content-length", packed.length);
    return packed;
  }

  /** @param {string} name */
  #isSeen(name) {
    if (this.#seen.delete(name)) return true;
    this.#seen.add(name);
    const [oldest] = this.#seen;
    if (this.#seen.size > MOST_SEEN && oldest !== undefined) this.#seen.delete(oldest);
    return false;
  }

  /** @param {string} name @param {Encoding} encoding @param {Buffer} body */
  async #make(name, encoding, body) {
    this.#making.add(name);
    // Without memory for it the page goes on being compressed as it leaves.
    const packed = await compress(body, encoding, QUALITY).catch(() => undefined);
    this.#making.delete(name);
    if (!packed) return;
    this.#packed.set(name, packed);
    this.#bytes += packed.length;
    for (const [oldest, bytes] of this.#packed) {
      if (this.#bytes <= MOST_BYTES) break;
      this.#packed.delete(oldest);
      this.#bytes -= bytes.length;
    }
  }
}

/**
 * By its tag, which is made of what is in it.
 * @param {import("node:http").ServerResponse} res
 * @param {unknown} whole
 */
function keyOf(res, whole) {
  if (!isKeptPage(res, whole) || whole.length < FROM_BYTES || res.req.method !== "GET") return undefined;
  const tag = res.getHeader("etag");
  if (typeof tag !== "string" || res.hasHeader("content-encoding")) return undefined;
  return tag;
}

/** @param {Buffer} body @param {Encoding} encoding @param {number} quality 1 to 9 @returns {Promise<Buffer>} */
export const compress = (body, encoding, quality) =>
  encoding === "br"
    ? brotlied(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
    : gzipped(body, { level: quality });

/** @param {string | string[] | undefined} accepted @returns {Encoding | undefined} */
export function encodingFor(accepted) {
  const taken = String(accepted ?? "")
    .split(",")
    .filter((one) => !/;\s*q=0(?:\.0*)?\s*$/i.test(one))
    .map((one) => one.split(";", 1)[0]?.trim().toLowerCase());
  return taken.includes("br") ? "br" : taken.includes("gzip") ? "gzip" : undefined;
}
