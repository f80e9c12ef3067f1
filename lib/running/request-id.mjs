// @ts-check
/** The name of a request: one of our own proxies may give it, everybody else's is replaced. */
import { randomBytes } from "node:crypto";
import { isOneOf } from "../edge/client.mjs";

const HEADER = "x-request-id";
/** Nothing that could break out of a log line, a header or a page; uuids and nginx's 32 digits fit. */
const SAFE = /^[A-Za-z0-9_-]{8,64}$/;

/**
 * Names the request, in its own headers and in those of its answer.
 * @param {import("node:http").IncomingMessage} req
 * @param {import("node:http").ServerResponse} res
 * @param {import("node:net").BlockList} proxies
 * @returns {string}
 */
export function nameRequest(req, res, proxies) {
  const said = req.headers[HEADER];
  const isOurs = isOneOf((req.socket.remoteAddress ?? "").replace(/^::ffff:(?=\d+\.)/i, ""), proxies);
  const id = isOurs && typeof said === "string" && SAFE.test(said) ? said : randomBytes(6).toString("hex");
  req.headers[HEADER] = id;
  res.setHeader("X-Request-Id", id);
  return id;
}
