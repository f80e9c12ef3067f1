// @ts-check
/**
 * The last word on headers at the edge of the process: internal request headers from outside are dropped, and
 * every html answer leaves with exactly one content security policy.
 */
import http from "node:http";
import { join } from "node:path";
import { readProxies } from "../edge/client.mjs";
import { makeDoor } from "../edge/door.mjs";
import { Packer } from "../edge/packed.mjs";
import { beginRefusal, UNREADABLE } from "../edge/refusal.mjs";
import { prepareServer } from "../edge/server.mjs";
import { StaticFiles } from "../edge/static-files.mjs";
import { tagPage } from "../edge/tag.mjs";
import { learnActions } from "../running/action-names.mjs";
import { installDrain, noteAnswer } from "../running/drain.mjs";
import { watchRequest } from "../running/metrics.mjs";
import { notes } from "../running/notes.mjs";
import { nameRequest } from "../running/request-id.mjs";
import { isTracing } from "../running/trace.mjs";
import { traceRequest } from "../running/trace-request.mjs";
import {
  beginSwap,
  beginSwapFor,
  errorPage,
  isOwn,
  isSwapped,
  keepOwn,
  swappedPage,
  watchWrite,
} from "./error-page.mjs";
import { closedPolicy, hashPolicy, WHOLE_PAGE } from "./policy.mjs";

const packer = new Packer();
const POLICY = "content-security-policy";
const INSTALLED = Symbol.for("tallystick.csp.guard");
// Next reads a nonce from the policy of a request, and would keep it in a cached page.
const FOREIGN = /^(?:content-security-policy(?:-report-only)?$|x-nonce$|x-middleware-)/;
/** A page that Next could not render: no content, only scripts that draw the error. */
const HOLLOW = '<html id="__next_error__">';

/** @param {http.IncomingHttpHeaders} headers */
export function dropForeignHeaders(headers) {
  for (const name of Object.keys(headers)) if (FOREIGN.test(name)) delete headers[name];
  headers["user-agent"] = headers["user-agent"]?.replaceAll(WHOLE_PAGE, "");
}

/**
 * Of several policies for one answer the hashes win: they come with the cached page that is really sent, while
 * a nonce was only meant for a page that would have been rendered.
 * @param {string | number | readonly string[] | undefined} header
 * @returns {string | undefined} undefined where no policy speaks of scripts
 */
export function onePolicy(header) {
  const all = (Array.isArray(header) ? header : [header])
    .flatMap((value) => String(value ?? "").split(","))
    .map((value) => value.trim())
    .filter((value) => value.includes("script-src") || value.includes("default-src"));
  return all.findLast((value) => !value.includes("'nonce-")) ?? all.at(-1);
}

/** @param {http.ServerResponse} res */
const isHtml = (res) => String(res.getHeader("content-type") ?? "").startsWith("text/html");

/**
 * What to send for html that leaves in one piece: sets its policy where nobody did. A page that failed to render
 * is replaced by our own, which can be read without scripts.
 * @param {http.ServerResponse} res
 * @param {unknown} whole
 * @param {string} distDir
 * @returns {unknown}
 */
export function sealWhole(res, whole, distDir) {
  if (res.headersSent || !isHtml(res)) return whole;
  if (typeof whole !== "string" && !Buffer.isBuffer(whole)) return whole;
  const isBroken = res.statusCode >= 500 && whole.includes(HOLLOW);
  // A page for one person comes with the policy of its nonce, which our own error page has no use for.
  if (!isBroken && onePolicy(res.getHeader(POLICY)) !== undefined) return whole;
  let html = String(whole);
  if (isBroken) {
    html = errorPage(distDir, html, notes.getStore()?.request);
    res.statusCode = statusOf(res, res.statusCode);
    res.removeHeader("etag");
    if (res.hasHeader("content-length")) res.setHeader("content-length", Buffer.byteLength(html));
    keepOwn(res);
  }
  res.setHeader(POLICY, hashPolicy(html));
  return html;
}

/** The database's failures pass: 503, and when to ask again. @param {http.ServerResponse} res @param {number} status */
function statusOf(res, status) {
  if (!notes.getStore()?.database) return status;
  res.setHeader("retry-after", "2");
  return 503;
}

/**
 * The headers of an answer are about to leave: what status to send. A page that broke while it is streamed becomes
 * ours from here on.
 * @param {http.ServerResponse} res
 * @param {unknown} asked
 */
function seal(res, asked) {
  const status = typeof asked === "number" ? asked : res.statusCode;
  if (status >= 500 && !res.headersSent && !isOwn(res) && notes.getStore()?.unreadable) {
    beginSwapFor(res, beginRefusal(res.req, res, UNREADABLE));
    res.removeHeader("etag");
    // Whoever compresses what follows does not know its length.
    res.removeHeader("content-length");
    return UNREADABLE.status;
  }
  // A browser puts what comes with "not modified" in the place of what it had.
  if (status === 304 && !res.headersSent && res.hasHeader(POLICY))
    res.setHeader(POLICY, onePolicy(res.getHeader(POLICY)) ?? closedPolicy());
  if (res.headersSent || !isHtml(res)) return asked;
  if (status < 500 || isOwn(res) || isSwapped(res)) {
    res.setHeader(POLICY, onePolicy(res.getHeader(POLICY)) ?? closedPolicy());
    return asked;
  }
  beginSwap(res);
  res.removeHeader("etag");
  res.removeHeader("content-length");
  res.setHeader(POLICY, closedPolicy());
  return statusOf(res, status);
}

/** What Next says where no page of it can be drawn. */
const BARE = /^(?:Internal Server Error)?$/;

/**
 * Words for an error that leaves without any: 400 where what was sent could not be read, our page for people otherwise.
 * @param {http.ServerResponse} res
 * @param {unknown} whole
 * @param {string} distDir
 */
function speakFor(res, whole, distDir) {
  if (res.headersSent || res.statusCode !== 500 || isOwn(res) || typeof whole === "function") return whole;
  const note = notes.getStore();
  if (!note?.unreadable && !BARE.test(String(whole ?? ""))) return whole;
  res.removeHeader("etag");
  if (note?.unreadable) return beginRefusal(res.req, res, UNREADABLE);
  if (!res.req.headers.accept?.includes("text/html")) return whole;
  res.removeHeader("content-length");
  res.setHeader("content-type", "text/html; charset=utf-8");
  keepOwn(res);
  res.statusCode = statusOf(res, 500);
  return errorPage(distDir, "", note?.request);
}

/**
 * Makes us the outermost `end` of an answer, whoever wraps it later: compression would hide the html.
 * @param {http.ServerResponse} res
 * @param {string} distDir
 */
function watchEnd(res, distDir) {
  const base = res.end;
  /** @type {Function} */
  let inner = base;
  let ending = false;
  /** @this {http.ServerResponse} @param {any[]} args */
  function end(...args) {
    // A wrapper calls what it found, and what it found is this function.
    if (ending) return /** @type {any} */ (base).apply(this, args);
    ending = true;
    if (isSwapped(this)) {
      const done = args.find((arg) => typeof arg === "function");
      return inner.call(this, swappedPage(this, args[0], distDir, notes.getStore()?.request), "utf8", done);
    }
    args[0] = tagPage(this, sealWhole(this, speakFor(this, args[0], distDir), distDir));
    args[0] = packer.pack(this, args[0]) ?? args[0];
    return inner.apply(this, args);
  }
  Object.defineProperty(res, "end", {
    configurable: true,
    get: () => end,
    set: (wrapper) => {
      inner = wrapper;
    },
  });
}

/**
 * Wraps node's server once per process. Safe to call again.
 * @param {string} [distDir] where the build lies, for its error page
 */
export function installGuard(distDir = process.env.DIST_DIR || ".next") {
  /** @type {Record<symbol, unknown>} */
  const flags = /** @type {any} */ (globalThis);
  if (flags[INSTALLED]) return;
  flags[INSTALLED] = true;

  const {
    PORT = "3000",
    SITE_URL = `http://localhost:${PORT}`,
    TRUSTED_PROXIES,
    CLIENT_LIMITS,
    METRICS_TOKEN,
  } = process.env;
  const atTheDoor = makeDoor({
    siteUrl: SITE_URL,
    proxies: TRUSTED_PROXIES,
    isLimited: CLIENT_LIMITS !== "off",
  });
  if (isTracing()) learnActions(distDir);
  installDrain({ graceMs: Number(process.env.DRAIN_SECONDS || 0) * 1_000 });
  const proxies = readProxies(TRUSTED_PROXIES);
  const files = new StaticFiles(join(distDir, "static"));
  const { emit } = http.Server.prototype;
  /** @this {http.Server} @param {string | symbol} event @param {any[]} args */
  http.Server.prototype.emit = function guardedEmit(event, ...args) {
    if (event === "request") {
      noteAnswer(this, args[1]);
      if (METRICS_TOKEN) watchRequest(args[0], args[1]);
      const request = nameRequest(args[0], args[1], proxies);
      dropForeignHeaders(args[0].headers);
      watchEnd(args[1], distDir);
      watchWrite(args[1]);
      atTheDoor(args[0], args[1], () => {
        if (files.answer(args[0], args[1])) return;
        notes.run({ database: false, request }, () =>
          traceRequest(args[0], args[1], () => /** @type {any} */ (emit).call(this, event, ...args)),
        );
      });
      return true;
    }
    if (event === "listening" || event === "connection") prepareServer(this);
    return /** @type {any} */ (emit).call(this, event, ...args);
  };

  const { writeHead } = http.ServerResponse.prototype;
  http.ServerResponse.prototype.writeHead = /** @type {any} */ (
    /** @this {http.ServerResponse} @param {any[]} args */ function guardedWriteHead(...args) {
      const status = seal(this, args[0]);
      if (status !== args[0]) args[0] = status;
      return /** @type {any} */ (writeHead).apply(this, args);
    }
  );
}
