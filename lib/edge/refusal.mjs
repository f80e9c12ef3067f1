// @ts-check
/** What somebody hears who is not let in: a sentence, in the form in which it was asked for, that costs us nothing. */
import { keepOwn } from "../csp/error-page.mjs";
import { SECURITY_HEADERS } from "./headers.mjs";

const HEADERS = {
  ...SECURITY_HEADERS,
  "cache-control": "no-store",
  "x-robots-tag": "noindex",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};
const STYLE =
  "body{margin:0;min-height:100vh;display:grid;place-content:center;padding:1.5rem;font:1rem/1.5 system-ui,sans-serif;" +
  "color-scheme:light dark;background:light-dark(#f6f3ec,#141210);color:light-dark(#16130f,#f1ece2)}" +
  "main{max-width:34rem}h1{font-size:1.75rem;line-height:1.2;margin:0 0 .75rem}p{margin:0 0 .75rem}a{color:inherit}";

/** @typedef {{ status: 400 | 403 | 405 | 408 | 413 | 429 | 503, title: string, sentence: string, retryAfter?: number }} Refusal */

/** What could not be read is cut off or no form at all. */
export const UNREADABLE = /** @type {const} */ ({
  status: 400,
  title: "That could not be read",
  sentence:
    "What was sent is cut off or is no form of the shop, so nothing was done. Go back and send it again.",
});

/**
 * Answers, without reading what was sent.
 * @param {import("node:http").IncomingMessage} req
 * @param {import("node:http").ServerResponse} res
 * @param {Refusal} refusal
 */
export function refuse(req, res, refusal) {
  if (res.headersSent || res.destroyed) return;
  const body = beginRefusal(req, res, refusal);
  res.writeHead(res.statusCode);
  res.end(req.method === "HEAD" ? undefined : body);
}

/**
 * Sets status and headers and gives the body: a page for people, which a browser asks for again by itself where that
 * can be done; a plain sentence for scripts, which the form shows.
 * @param {import("node:http").IncomingMessage} req
 * @param {import("node:http").ServerResponse} res
 * @param {Refusal} refusal
 */
export function beginRefusal(req, res, { status, title, sentence, retryAfter }) {
  keepOwn(res);
  const isForScript = req.headers["next-action"] !== undefined || req.headers.rsc !== undefined;
  const isPage = !isForScript && String(req.headers.accept ?? "").includes("text/html");
  const again = isPage && req.method === "GET" && retryAfter;
  const body = isPage
    ? `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${
        again ? `<meta http-equiv="refresh" content="${retryAfter}">` : ""
      }<title>${title}</title><style>${STYLE}</style><main><h1>${title}</h1><p>${sentence}</p><p><a href="/">To the shop</a></p></main></html>`
    : // What Next hands on to a form's script, word for word, is text/plain without anything behind it.
      `Refused: ${sentence}`;
  res.statusCode = status;
  for (const [name, value] of Object.entries(HEADERS)) res.setHeader(name, value);
  res.setHeader("content-type", isPage ? "text/html; charset=utf-8" : "text/plain");
  res.setHeader("content-length", Buffer.byteLength(body));
  if (retryAfter) res.setHeader("retry-after", String(retryAfter));
  if (status === 405) res.setHeader("allow", "GET, HEAD, POST");
  if (status === 408 || status === 413) res.setHeader("connection", "close");
  return body;
}
