// @ts-check
/** A request as the root of its trace. A header `traceparent` counts for nothing: proxies pass on what strangers send. */
import { routeOf } from "./metrics.mjs";
import { notes } from "./notes.mjs";
import { begin, isTracing } from "./trace.mjs";

/** What tells nobody anything. */
const DULL = new Set(["static", "api/health", "api/metrics"]);

/**
 * @param {import("node:http").IncomingMessage} req
 * @param {import("node:http").ServerResponse} res
 * @param {() => void} work
 */
export function traceRequest(req, res, work) {
  if (!isTracing()) return work();
  const route = routeOf(req.url ?? "/");
  if (DULL.has(route)) return work();
  const note = notes.getStore();
  const { context, end } = begin(`${req.method} ${route}`, {
    kind: "server",
    attributes: { "http.request.method": req.method, "http.route": route },
  });
  if (note) note.trace = context;
  res.once("close", () =>
    notes.run({ database: false, ...note }, () =>
      end(res.statusCode >= 500 ? new Error("5xx") : undefined, {
        "http.response.status_code": res.statusCode,
      }),
    ),
  );
  work();
}
