// @ts-check
/** How long a connection may take to say what it wants, and how many may wait to be taken: who sends a byte a minute holds nothing up, and a crowd reaches the door. */

/**
 * Connections that the system keeps for us while we are busy. Node asks for 511; what comes beyond is dropped by the
 * system, tried again by the client after 1, 2, 4 … seconds and reset in the end, and never hears that the shop is full.
 * The system allows no more than its own limit (net.core.somaxconn).
 */
const BACKLOG = 4_096;

/** @type {WeakSet<import("node:http").Server>} */
const limited = new WeakSet();

/**
 * Node's own limits, set when the server begins to listen or, where we came later, at its first request.
 * @param {import("node:http").Server} server
 */
export function limitServer(server) {
  if (limited.has(server)) return;
  limited.add(server);
  // Its address and headers, in milliseconds.
  server.headersTimeout = 15_000;
  // All of it: the largest file takes two minutes on a slow line, an import of 200 MB wants a better one.
  server.requestTimeout = 180_000;
  server.maxHeadersCount = 100;
  /** @type {any} */ (server).connectionsCheckingInterval = 5_000;
  // Next listens before it asks us. For a socket that listens already, listen(2) sets the number anew.
  /** @type {any} */ (server)._handle?.listen?.(BACKLOG);
}
