// @ts-check
/**
 * Builds the content security policies of the shop: one per answer, never with `unsafe-inline` for scripts.
 * Plain JavaScript with checked types, because Next loads the cache handler beside it without a compiler.
 */
import { createHash } from "node:crypto";

/**
 * Ends the user agent of requests for personal pages inside the server: `htmlLimitedBots` makes Next send such a
 * page whole, so that its redirects have a status and it reads without scripts. From outside it is dropped.
 */
export const WHOLE_PAGE = "tallystick-whole";

/** The scripts that Next and React write themselves, by shape. Anything else in the html is never blessed. */
const SCRIPT = /<script([^>]*)>([\s\S]*?)<\/script>/gi;
const DATA_BLOCK = /\stype="(?:application\/(?:ld\+)?json|text\/|speculationrules)/i;
const FLIGHT_START = "(self.__next_f=self.__next_f||[]).push([0])";
const FLIGHT_PUSH = "self.__next_f.push(";
/** One push of page data. Without a look at each sign by itself: a page holds 100 kB of it. */
const FLIGHT = /self\.__next_f\.push\(\[\d+,"[^"\\\n\r]*(?:\\.[^"\\\n\r]*)*"\]\)(?:;(?!$)|$)/y;
const OPEN = "<script>";
const CLOSE = "</script>";
const TURBOPACK_CHUNK =
  /^\(globalThis\["TURBOPACK"\] \|\| \(globalThis\["TURBOPACK"\] = \[\]\)\)\.push\((\{[\s\S]*\})\);$/;
/** React's clock for streamed boundaries, the one inline script of a partially prerendered shell. */
const REACT_CLOCK = "requestAnimationFrame(function(){$RT=performance.now()});";
const REACT_SWAP = /^([\s\S]*?)\$R[CS]\("[BP]:[0-9a-f]+","[SP]:[0-9a-f]+"\)$/;
/** sha256 of React 19.3's boundary-swap runtime; an upgrade that changes it fails closed and is logged. */
const REACT_SWAP_RUNTIMES = new Set(["", "ejxEGil7Q2jnFo9T1EMjhzsRoWDTVn8tRpUYd4XCJkY="]);

/** @param {string} body @returns {string} */
export const sha256 = (body) => createHash("sha256").update(body).digest("base64");

/** @param {string} text @returns {unknown} */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether an inline script is one that Next or React wrote: an array literal of a number and a string, or a
 * known constant. A script from a product description can not look like that and do harm.
 * @param {string} body
 * @returns {boolean}
 */
export function isFrameworkScript(body) {
  if (body === FLIGHT_START || body === REACT_CLOCK) return true;
  if (body.startsWith(FLIGHT_PUSH)) return isFlight(body);
  const swap = REACT_SWAP.exec(body)?.[1];
  if (swap !== undefined) return REACT_SWAP_RUNTIMES.has(swap && sha256(swap));
  const chunk = TURBOPACK_CHUNK.exec(body)?.[1];
  return chunk !== undefined && typeof parsed(chunk) === "object";
}

/**
 * Whether a script is nothing but pushes of page data, one or several joined by ";". Each argument is an array
 * literal of a number and a string.
 * @param {string} body
 */
function isFlight(body) {
  let end = 0;
  FLIGHT.lastIndex = 0;
  while (end < body.length && FLIGHT.test(body)) end = FLIGHT.lastIndex;
  return end > 0 && end === body.length;
}

/**
 * Joins scripts of page data that stand side by side into one: one hash instead of dozens, so that the policy fits
 * into the header buffers of any proxy. Order and content stay.
 * @param {string} html
 * @returns {string}
 */
export function joinFlight(html) {
  let joined = "";
  let from = 0;
  for (;;) {
    const start = html.indexOf(OPEN + FLIGHT_PUSH, from);
    if (start < 0) return joined + html.slice(from);
    const parts = [];
    let end = start;
    while (html.startsWith(OPEN + FLIGHT_PUSH, end)) {
      const close = html.indexOf(CLOSE, end);
      if (close < 0) return joined + html.slice(from);
      parts.push(html.slice(end + OPEN.length, close));
      end = close + CLOSE.length;
    }
    const isOurs = parts.length > 1 && parts.every(isFlight);
    joined += isOurs ? html.slice(from, start) + OPEN + parts.join(";") + CLOSE : html.slice(from, end);
    from = end;
  }
}

/**
 * The CSP hash sources of a page's framework scripts, without repeats.
 * @param {string} html
 * @returns {string[]}
 */
export function scriptHashes(html) {
  const hashes = new Set();
  for (const [, attributes = "", body = ""] of html.matchAll(SCRIPT)) {
    if (!body || /\ssrc=/.test(attributes) || DATA_BLOCK.test(attributes)) continue;
    if (isFrameworkScript(body)) hashes.add(`'sha256-${sha256(body)}'`);
    else console.warn("csp: refused an inline script of unknown shape:", body.slice(0, 120));
  }
  return [...hashes];
}

/**
 * Hosts outside the shop that the chosen payment and sign-in providers need. Empty with the sandbox.
 * @param {Record<string, string | undefined>} env
 */
export function providerSources(env) {
  const stripe = Boolean(env.STRIPE_PUBLISHABLE_KEY) && !env.SANDBOX_URL;
  const form = [];
  if (stripe) form.push("https://checkout.stripe.com", "https://hooks.stripe.com");
  // Chrome applies form-action to the redirects that follow a form, and sign-in is a form.
  if (env.AUTH_GOOGLE_ID) form.push("https://accounts.google.com");
  if (env.AUTH_GITHUB_ID) form.push("https://github.com");
  return {
    script: stripe ? ["https://js.stripe.com", "https://*.js.stripe.com"] : [],
    frame: stripe ? ["https://js.stripe.com", "https://*.js.stripe.com", "https://hooks.stripe.com"] : [],
    connect: stripe ? ["https://api.stripe.com"] : [],
    image: stripe ? ["https://*.stripe.com"] : [],
    form,
  };
}

/**
 * A whole policy around the given script sources.
 * @param {string[]} scripts
 * @param {Record<string, string | undefined>} [env]
 * @returns {string}
 */
export function buildPolicy(scripts, env = process.env) {
  const extra = providerSources(env);
  const development = env.NODE_ENV === "development";
  /** @type {[string, string[]][]} */
  const directives = [
    ["default-src", ["'self'"]],
    // React's development build evaluates strings to rebuild server stacks; production never does.
    ["script-src", ["'self'", ...scripts, ...(development ? ["'unsafe-eval'"] : []), ...extra.script]],
    ["style-src", ["'self'", "'unsafe-inline'"]],
    ["img-src", ["'self'", "data:", "blob:", ...extra.image]],
    ["connect-src", ["'self'", ...(development ? ["ws:"] : []), ...extra.connect]],
    ["frame-src", ["'self'", ...extra.frame]],
    ["object-src", ["'none'"]],
    ["base-uri", ["'self'"]],
    ["form-action", ["'self'", ...extra.form]],
    ["frame-ancestors", ["'none'"]],
  ];
  return directives.map(([name, sources]) => `${name} ${sources.join(" ")}`).join("; ");
}

/** The policy of a finished page: the hashes of its own framework scripts. @param {string} html */
export const hashPolicy = (html) => buildPolicy(scriptHashes(html));

/** The policy of a page that is rendered for this one request. @param {string} nonce */
export const noncePolicy = (nonce) => buildPolicy([`'nonce-${nonce}'`, `'sha256-${sha256(REACT_CLOCK)}'`]);

/** What html gets that nobody gave a policy: its inline scripts do not run. */
export const closedPolicy = () => buildPolicy([]);
