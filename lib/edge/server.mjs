// @ts-check
/** How long a connection may take to say what it wants: who sends a byte a minute holds nothing up. */

/**
 * Node's own limits, set before the server looks at its connections for the first time.
 * @param {import("node:http").Server} server
 */
export function limitServer(server) {
  // Its address and headers, in milliseconds.
  server.headersTimeout = 15_000;
  // All of it: the largest file takes two minutes on a slow line, an import of 200 MB wants a better one.
  server.requestTimeout = 180_000;
  server.maxHeadersCount = 100;
  /** @type {any} */ (server).connectionsCheckingInterval = 5_000;
}
