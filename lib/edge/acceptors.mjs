// @ts-check
/**
 * More acceptors for one listening socket. Node takes a single connection in each turn of its event loop (libuv 1.45,
 * unix/stream.c): while it renders for many a turn takes 50 ms, and a crowd of thousands waits for minutes only to be told
 * that the shop is full. Handles on the same socket, of which each takes one, come from a helper that sends ours back.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:net";

/** All the helper does. The system makes a new handle of the same socket each time. */
const SEND_BACK = 'process.on("message", (message, handle) => process.send(message, handle))';
const MORE = 63;
/**
 * Connections that the system keeps for us while we are busy. Node asks for 511; what comes beyond is dropped by the
 * system, tried again by the client after 1, 2, 4 … seconds and reset in the end. The system has a limit of its own
 * (net.core.somaxconn).
 */
const BACKLOG = 4_096;
const PATIENCE_MS = 10_000;

/** @typedef {import("node:net").Server} Server */

/**
 * Adds acceptors to a server that listens; it goes on as it is where they cannot be had.
 * @param {import("node:http").Server} server
 * @param {number} [more]
 * @returns {Promise<number>} how many were added
 */
export function addAcceptors(server, more = MORE) {
  // A server would begin to accept in the helper; its bare handle does not.
  const { _handle: own } = /** @type {{ _handle?: any }} */ (/** @type {unknown} */ (server));
  if (!own?.listen) return Promise.resolve(0);
  // Next listens before it asks us: on a socket that listens already, listen(2) sets the number anew.
  own.listen(BACKLOG);
  /** @type {Server[]} */
  const added = [];
  const { close } = server;
  server.close = (...args) => {
    for (const acceptor of added.splice(0)) acceptor.close();
    return close.apply(server, args);
  };
  return new Promise((done) => {
    const helper = spawn(process.execPath, ["-e", SEND_BACK], {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: /** @type {NodeJS.ProcessEnv} */ ({}),
    });
    const end = () => {
      clearTimeout(timer);
      if (helper.connected) helper.disconnect();
      done(added.length);
    };
    const timer = setTimeout(end, PATIENCE_MS);
    helper.once("error", end).once("exit", end);
    helper.on("message", (_, handle) => {
      // The server was closed meanwhile: what nobody listens on goes with the helper's line.
      if (!handle || !server.listening) return;
      // The sockets as http.Server has them.
      const acceptor = createServer({ allowHalfOpen: true, noDelay: true }, (socket) =>
        server.emit("connection", socket),
      );
      added.push(acceptor.listen(handle, BACKLOG));
      if (added.length === more) end();
    });
    for (let i = 0; i < more; i += 1) helper.send("handle", own, () => {});
    // Neither the helper nor its line keeps a process alive that has nothing else to do.
    helper.unref();
    helper.channel?.unref();
    timer.unref();
  });
}
