// @ts-check
/**
 * Scripts, sheets and faces of the build from memory, compressed once: whoever comes for the first time asks for twenty
 * of them, and to find and compress each anew costs more than the page. Their names change with what is in them.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { SECURITY_HEADERS } from "./headers.mjs";
import { compress, encodingFor } from "./packed.mjs";

const NAME = /^\/_next\/static\/((?:[\w~-][\w.~-]*\/)*[\w~-][\w.~-]*)$/;
const COMPRESSIBLE = /javascript|json|text\/|svg/;
/** Of the answer in which Next sent it. */
const COPIED = ["content-type", "cache-control", "last-modified", "vary", ...Object.keys(SECURITY_HEADERS)];
/** Once for each file: a higher one takes seconds. */
const QUALITY = 9;

/** @typedef {{ bytes: Buffer, headers: [string, number | string | readonly string[]][] }} Kept */

export class StaticFiles {
  /** As many as the build has files, for each encoding. @type {Map<string, Kept | undefined>} */
  #kept = new Map();

  /** @param {string} folder where the build's static files lie */
  constructor(folder) {
    this.folder = folder;
  }

  /**
   * Answers what is in memory. What is not is kept once Next has answered it, with Next's own headers.
   * @param {import("node:http").IncomingMessage} req
   * @param {import("node:http").ServerResponse} res
   * @returns {boolean} false where Next has to answer
   */
  answer(req, res) {
    const { "accept-encoding": accepted, "if-modified-since": known, range } = req.headers;
    const file = NAME.exec(req.url?.split("?", 1)[0] ?? "")?.[1];
    const encoding = encodingFor(accepted);
    if (!file || !encoding || known || range || req.method !== "GET") return false;
    const name = `${encoding} ${file}`;
    const kept = this.#kept.get(name);
    if (kept) {
      for (const [header, value] of kept.headers) res.setHeader(header, value);
      res.end(kept.bytes);
      return true;
    }
    res.once("finish", () => {
      if (res.statusCode === 200 && !this.#kept.has(name)) void this.#keep(name, file, encoding, res);
    });
    return false;
  }

  /** @param {string} name @param {string} file @param {import("./packed.mjs").Encoding} encoding @param {import("node:http").ServerResponse} res */
  async #keep(name, file, encoding, res) {
    this.#kept.set(name, undefined);
    const body = await readFile(join(this.folder, file)).catch(() => undefined);
    const type = res.getHeader("content-type");
    if (!body || !type) return;
    const isPacked = COMPRESSIBLE.test(String(type));
    const bytes = isPacked ? await compress(body, encoding, QUALITY).catch(() => undefined) : body;
    if (!bytes) return;
    const copied = COPIED.flatMap((header) => {
      const value = res.getHeader(header);
      return value === undefined ? [] : [/** @type {Kept["headers"][number]} */ ([header, value])];
    });
    const own = /** @type {Kept["headers"]} */ ([["content-length", bytes.length]]);
    if (isPacked) own.push(["content-encoding", encoding]);
    this.#kept.set(name, { bytes, headers: [...copied, ...own] });
  }
}
