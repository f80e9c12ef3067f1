// @ts-check
/** What this process counts about its requests, for GET /api/metrics; counts nothing unless METRICS_TOKEN is set. */
import { monitorEventLoopDelay } from "node:perf_hooks";

/** Upper bounds in seconds: a cached page takes about 2 ms, a checkout 100 ms, a limit ends most things at 5 s. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const KEY = Symbol.for("tallystick.metrics");

/**
 * @typedef {object} Counted
 * @property {Map<string, number>} requests by "route status"
 * @property {Map<string, { buckets: number[], sum: number }>} seconds by route
 * @property {import("node:perf_hooks").IntervalHistogram} delay
 */

/** One for the process: the server's bundles and its own modules have each their copy of this file. @returns {Counted} */
function counted() {
  const shared = /** @type {Record<symbol, Counted>} */ (/** @type {any} */ (globalThis));
  if (!shared[KEY]) {
    const delay = monitorEventLoopDelay({ resolution: 20 });
    delay.enable();
    shared[KEY] = { requests: new Map(), seconds: new Map(), delay };
  }
  return shared[KEY];
}

/** Pages by their first segment, so that the number of classes never grows with what strangers ask for. */
const PAGES = new Set(
  "account admin alerts browse c cart checkout contact forgot-password media orders p reset-password returns reviews search sign-in sign-up wishlist".split(
    " ",
  ),
);
const DOORS = new Set(
  "account admin alerts auth cache cards cart customers export health import live metrics orders stock stripe suggest".split(
    " ",
  ),
);

/** The class of an address. @param {string} url */
export function routeOf(url) {
  const [first = "", second = ""] = url.split("?", 1)[0]?.split("/").slice(1) ?? [];
  if (first === "") return "home";
  if (first === "api") return DOORS.has(second) ? `api/${second}` : "other";
  if (first === "_next") return "static";
  return PAGES.has(first) ? first : "other";
}

/** @param {string} route @param {number} status @param {number} seconds */
export function countRequest(route, status, seconds) {
  const { requests, seconds: all } = counted();
  const key = `${route} ${status}`;
  requests.set(key, (requests.get(key) ?? 0) + 1);
  const one = all.get(route) ?? { buckets: BOUNDS.map(() => 0).concat(0), sum: 0 };
  const at = BOUNDS.findIndex((bound) => seconds <= bound);
  const bucket = at < 0 ? BOUNDS.length : at;
  one.buckets[bucket] = (one.buckets[bucket] ?? 0) + 1;
  one.sum += seconds;
  all.set(route, one);
}

/**
 * Counts an answer when it is over.
 * @param {import("node:http").IncomingMessage} req
 * @param {import("node:http").ServerResponse} res
 */
export function watchRequest(req, res) {
  const begun = performance.now();
  const route = routeOf(req.url ?? "/");
  res.once("close", () => {
    // 499: whoever asked went away first.
    countRequest(route, res.writableFinished ? res.statusCode : 499, (performance.now() - begun) / 1_000);
  });
}

/** This process in Prometheus' text format. The delay of the event loop is that since the last time. @returns {string} */
export function processMetrics() {
  const { requests, seconds, delay } = counted();
  const answers = [...requests].map(([key, count]) => {
    const [route, status] = key.split(" ");
    return /** @type {const} */ ([`{route="${route}",status="${status}"}`, count]);
  });
  const delays = [
    ["0.5", delay.percentile(50)],
    ["0.99", delay.percentile(99)],
    ["1", delay.max],
  ].map(
    ([name, nanoseconds]) =>
      /** @type {const} */ ([`{quantile="${name}"}`, delay.count ? Number(nanoseconds) / 1e9 : 0]),
  );
  delay.reset();
  return [
    family("tallystick_http_requests_total", "counter", "Answers by class of address and status.", answers),
    family(
      "tallystick_http_request_seconds",
      "histogram",
      "Time from the request to the end of its answer.",
      [...seconds].flatMap(([route, times]) => bucketsOf(route, times)),
    ),
    family(
      "tallystick_event_loop_delay_seconds",
      "summary",
      "How late the event loop was since the last scrape.",
      delays,
    ),
    family("tallystick_memory_bytes", "gauge", "Resident memory of the web server.", [
      ["", process.memoryUsage.rss()],
    ]),
  ].join("");
}

/** @param {string} route @param {{ buckets: number[], sum: number }} times @returns {Row[]} */
function bucketsOf(route, { buckets, sum }) {
  let total = 0;
  const below = buckets.map((count, i) => {
    total += count;
    return /** @type {const} */ ([`_bucket{route="${route}",le="${BOUNDS[i] ?? "+Inf"}"}`, total]);
  });
  return [...below, [`_sum{route="${route}"}`, sum], [`_count{route="${route}"}`, total]];
}

/** @typedef {readonly [after: string, value: number]} Row what stands after the name, labels and all */

/**
 * One metric with all its rows: Prometheus wants them side by side, below what they are.
 * @param {string} name
 * @param {"counter" | "gauge" | "histogram" | "summary"} type
 * @param {string} help
 * @param {readonly Row[]} rows
 */
export function family(name, type, help, rows) {
  const lines = rows.map(([after, value]) => `${name}${after} ${value}\n`);
  return `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join("")}`;
}
