// @ts-check
/** How long a connection may take to say what it wants, and how it comes in: who sends a byte a minute holds nothing up, and a crowd reaches the door. */
import { addAcceptors } from "./acceptors.mjs";

/** @type {WeakSet<import("node:http").Server>} */
const limited = new WeakSet();

/**
 * Sets Node's own limits and adds acceptors, when the server begins to listen or, where we came later, at its first
 * connection.
 * @param {import("node:http").Server} server
 */
export function prepareServer(server) {
  if (limited.has(server)) return;
  limited.add(server);
  // The shop has no sockets that stay. Next would take such a request in, in silence and for ever, past the door; without
  // its listener node reads it as any other. Hot reload needs it.
  if (process.env.NODE_ENV !== "development") server.removeAllListeners("upgrade");
  // Its address and headers, in milliseconds.
  server.headersTimeout = 15_000;
  // All of it: the largest file takes two minutes on a slow line, an import of 200 MB wants a better one.
  server.requestTimeout = 180_000;
  server.maxHeadersCount = 100;
  /** @type {any} */ (server).connectionsCheckingInterval = 5_000;
  void addAcceptors(server);
}
