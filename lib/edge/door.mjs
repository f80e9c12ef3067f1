// @ts-check
/**
 * The server's door: before anything of the shop runs it is told who asks, and what is too large, comes from another
 * site, comes too often or finds no room is refused for next to nothing.
 */
import { routeOf } from "../running/metrics.mjs";
import { busyMeter } from "./busy.mjs";
import { clientOf, isLoopback, networkOf, readProxies } from "./client.mjs";
import { isFormSized, isFromAnywhere, isKnown, isSafe, kindOf, laneOf, mostBytes } from "./kinds.mjs";
import { Line } from "./line.mjs";
import { isOwnOrigin, isPublic } from "./origin.mjs";
import { Pacer } from "./pace.mjs";
import { refuse } from "./refusal.mjs";

/**
 * A process works on so much at once while it waits for its database, and on a few while it draws pages without a pause.
 * Three seconds in line are bearable, and ten for who is about to pay: to be sent away there is worse than to wait.
 * @type {import("./line.mjs").Size}
 */
const SIZE = { inside: 24, busy: 6, waiting: [240, 60], patience: [10_000, 3_000] };
/**
 * Cached pages have a line of their own: they are shown, too, while the others wait for a database that does not answer.
 * Who waits in it costs less than who comes again.
 * @type {import("./line.mjs").Size}
 */
const CACHED = { inside: 16, busy: 4, waiting: [0, 1_000], patience: [0, 10_000] };
/**
 * Large files come slowly: they stand in a line of their own, so that whoever sends one a byte a second keeps nobody
 * but other senders waiting.
 * @type {import("./line.mjs").Size}
 */
const UPLOADS = { inside: 8, waiting: [0, 24], patience: [0, 10_000] };
/** A form is taken in before it gets a place, and for as long as this. */
const FORM_MS = 30_000;
/** Bytes of a refused body that are still taken in, so that the browser reads the answer before the line is cut. */
const DRAINED = 4 * 1024 * 1024;

/** @typedef {import("node:http").IncomingMessage} Request */
/** @typedef {import("node:http").ServerResponse} Response */

/**
 * @param {{ siteUrl: string, proxies?: string | undefined, isLimited?: boolean, size?: import("./line.mjs").Size, formMs?: number }} settings
 */
export function makeDoor({ siteUrl, proxies: proxyText, isLimited = true, size = SIZE, formMs = FORM_MS }) {
  const proxies = readProxies(proxyText);
  const pacer = new Pacer();
  const isBusy = busyMeter();
  const [rendered, cached, uploads] = [new Line(size, isBusy), new Line(CACHED, isBusy), new Line(UPLOADS)];

  /**
   * Lets a request in by calling `enter`, now or in a moment, or refuses it.
   * @param {Request} req
   * @param {Response} res
   * @param {() => void} enter
   */
  return function atTheDoor(req, res, enter) {
    const [path = "/", search = ""] = (req.url ?? "/").split("?", 2);
    const method = req.method ?? "GET";
    if (!isKnown(method)) return refuse(req, res, NO_METHOD);
    if (!isAddress(path, search) || !isHost(req.headers.host)) return refuse(req, res, NO_ADDRESS);
    // The machine itself (a probe, a script) is nobody's client.
    const isOurs = isLoopback(plainRemote(req)) && req.headers["x-forwarded-for"] === undefined;
    const client = nameClient(req, siteUrl, proxies);
    // As Next will read it: `/%73earch` is the search.
    const place = decodeURI(path);
    const kind = kindOf(method, place, search);
    /** @type {Promise<void> | undefined} */
    let whole;
    let isForm = true;

    if (!isSafe(method)) {
      if (!isFromAnywhere(place) && !isOwnOrigin(askedFrom(req), siteUrl)) return refuse(req, res, ELSEWHERE);
      const most = mostBytes(place, hasSession(req));
      if (Number(req.headers["content-length"] ?? 0) > most) return tooLarge(req, res);
      isForm = isFormSized(most, req.headers["content-length"]);
      whole = takeBody(req, res, most, isForm);
    }
    if (!isLimited || kind === "machine") return enter();
    const wait = isOurs ? 0 : pacer.take(networkOf(client), kind, routeOf(place), performance.now());
    if (wait > 0) return refuse(req, res, { ...TOO_OFTEN, retryAfter: wait });
    if (kind === "file") return enter();
    const line = kind === "page" ? cached : isForm ? rendered : uploads;
    const join = () => {
      if (res.headersSent || res.destroyed) return;
      const leave = line.join(laneOf(place), enter, () => {
        // Whoever sends a large file takes minutes: that nobody was done lately says nothing there.
        const isCrowd = line === uploads || line.isMoving();
        refuse(req, res, { ...(isCrowd ? FULL : STUCK), retryAfter: line.later() });
      });
      res.once("close", () => leave(res.writableFinished && res.statusCode < 500));
    };
    if (!whole || !isForm) return join();
    const late = setTimeout(() => cutOff(req, res, TOO_SLOW), formMs);
    res.once("close", () => clearTimeout(late));
    void whole.then(() => {
      clearTimeout(late);
      join();
    });
  };
}

const NO_ADDRESS = /** @type {const} */ ({
  status: 400,
  title: "That is no address",
  sentence:
    "Something in the address is cut off or mistyped. Please go to the shop's front page and look from there.",
});
const NO_METHOD = /** @type {const} */ ({
  status: 405,
  title: "Nothing is done that way",
  sentence: "The shop does not know this kind of request.",
});
const ELSEWHERE = /** @type {const} */ ({
  status: 403,
  title: "Sent from somewhere else",
  sentence:
    "This did not come from a page of the shop, so nothing was done. Open the page here and send it again.",
});
const TOO_LARGE = /** @type {const} */ ({
  status: 413,
  title: "That is too large",
  sentence: "What was sent is larger than this form takes, so nothing was done. Go back and send less.",
});
const TOO_SLOW = /** @type {const} */ ({
  status: 408,
  title: "That took too long",
  sentence: "What was sent did not arrive in time, so nothing was done. Please send it again.",
});
const TOO_OFTEN = /** @type {const} */ ({
  status: 429,
  title: "One moment, please",
  sentence:
    "Very many requests came from your connection, so this one was not answered. Please try again in a moment.",
});
/** Others are served meanwhile. A server may count requests for all its clients together (RFC 6585, section 4). */
const FULL = /** @type {const} */ ({
  status: 429,
  title: "The shop is full right now",
  sentence:
    "Very many people are here at once. Nothing was done yet, and your cart is kept: please send it again in a few seconds.",
});
/** Nobody is served: what the shop stands on does not answer. */
const STUCK = /** @type {const} */ ({
  status: 503,
  title: "The shop is held up right now",
  sentence:
    "Something that the shop needs is slow to answer. Nothing was done yet, and your cart is kept: please send it again in a few seconds.",
});

/**
 * Next answers with a bare error where it cannot read one, and leads on to another machine's name where that stands in
 * front. The database takes no text with the sign zero.
 * @param {string} path @param {string} search
 */
function isAddress(path, search) {
  if (!path.startsWith("/") || path.includes("%00") || search.includes("%00")) return false;
  if (!path.includes("%")) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** @param {string | undefined} host */
const isHost = (host) => host === undefined || /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i.test(host);

/** @param {Request} req */
const plainRemote = (req) => (req.socket.remoteAddress ?? "").replace(/^::ffff:/, "");

/** @param {Request} req */
const askedFrom = ({ headers }) => ({
  origin: headers.origin,
  host: headers.host,
  site: String(headers["sec-fetch-site"] ?? ""),
});

/** Whether there is a cookie that could be a session's: only somebody signed in sends files. @param {Request} req */
const hasSession = (req) => /(?:^|;\s*)(?:__Host-)?session=./.test(req.headers.cookie ?? "");

/**
 * Puts what we know in the place of what the client said: its address, and for a public shop the shop's own name,
 * by which Next and Auth.js judge forms and make addresses.
 * @param {Request} req
 * @param {string} siteUrl
 * @param {import("node:net").BlockList} proxies
 */
function nameClient({ headers, socket }, siteUrl, proxies) {
  const said = headers["x-forwarded-for"];
  const client = clientOf(socket.remoteAddress, Array.isArray(said) ? said.join(",") : said, proxies);
  headers["x-forwarded-for"] = client;
  for (const name of ["forwarded", "x-real-ip", "x-forwarded-port", "x-forwarded-host", "x-forwarded-proto"])
    delete headers[name];
  if (isPublic(siteUrl)) {
    const site = new URL(siteUrl);
    headers["x-forwarded-host"] = site.host;
    headers["x-forwarded-proto"] = site.protocol.slice(0, -1);
  }
  return client;
}

/** @param {Request} req @param {Response} res */
function tooLarge(req, res) {
  refuse(req, res, TOO_LARGE);
  let size = 0;
  req.on("data", (/** @type {Buffer} */ chunk) => {
    size += chunk.length;
    if (size > DRAINED) req.destroy();
  });
}

/**
 * Resolves when all of the body is here. One that did not tell its length, or lied, is cut off where it gets too large.
 * @param {Request} req @param {Response} res @param {number} most
 * @param {boolean} isForm small enough to be taken in before anybody reads it
 * @returns {Promise<void>}
 */
function takeBody(req, res, most, isForm) {
  return new Promise((whole) => {
    const push = req.push;
    let size = 0;
    req.push = function capped(chunk, encoding) {
      size += chunk?.length ?? 0;
      if (size > most) {
        cutOff(req, res, TOO_LARGE);
        return false;
      }
      const wantsMore = push.call(this, chunk, encoding);
      if (chunk === null) whole();
      // Node stops listening to who sends more than somebody reads: a form is read only when it is whole.
      return isForm || wantsMore;
    };
  });
}

/** @param {Request} req @param {Response} res @param {import("./refusal.mjs").Refusal} refusal */
function cutOff(req, res, refusal) {
  refuse(req, res, refusal);
  setImmediate(() => req.destroy());
}
