// @ts-check
/**
 * The last word on headers at the edge of the process: internal request headers from outside are dropped, and
 * every html answer leaves with exactly one content security policy.
 */
import http from "node:http";
import { closedPolicy, hashPolicy } from "./policy.mjs";

const POLICY = "content-security-policy";
const INSTALLED = Symbol.for("tallystick.csp.guard");
// Next reads a nonce from the policy of a request, and would keep it in a cached page.
const FOREIGN = /^(?:content-security-policy(?:-report-only)?$|x-nonce$|x-middleware-)/;

/** @param {http.IncomingHttpHeaders} headers */
export function dropForeignHeaders(headers) {
  for (const name of Object.keys(headers)) if (FOREIGN.test(name)) delete headers[name];
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

/** Wraps node's server once per process. Safe to call again. */
export function installGuard() {
  /** @type {Record<symbol, unknown>} */
  const flags = /** @type {any} */ (globalThis);
  if (flags[INSTALLED]) return;
  flags[INSTALLED] = true;

  const { emit } = http.Server.prototype;
  /** @this {http.Server} @param {string | symbol} event @param {any[]} args */
  http.Server.prototype.emit = function guardedEmit(event, ...args) {
    if (event === "request") dropForeignHeaders(args[0].headers);
    return /** @type {any} */ (emit).call(this, event, ...args);
  };

  const response = http.ServerResponse.prototype;
  const { writeHead, end } = response;
  response.writeHead = /** @type {any} */ (
    /** @this {http.ServerResponse} @param {any[]} args */ function guardedWriteHead(...args) {
      if (!this.headersSent && isHtml(this)) {
        const policy = onePolicy(this.getHeader(POLICY)) ?? closedPolicy();
        this.setHeader(POLICY, policy);
      }
      return /** @type {any} */ (writeHead).apply(this, args);
    }
  );
  response.end = /** @type {any} */ (
    /** @this {http.ServerResponse} @param {any[]} args */ function guardedEnd(...args) {
      const whole = args[0];
      // Html that leaves in one piece without a policy: an error page that Next keeps as a string.
      if (
        !this.headersSent &&
        isHtml(this) &&
        onePolicy(this.getHeader(POLICY)) === undefined &&
        (typeof whole === "string" || Buffer.isBuffer(whole))
      )
        this.setHeader(POLICY, hashPolicy(String(whole)));
      return /** @type {any} */ (end).apply(this, args);
    }
  );
}
