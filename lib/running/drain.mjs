// @ts-check
/**
 * Stopping without losing anything: on SIGTERM the server says that it is not ready, answers what it has begun, lets
 * its jobs finish, and ends with 0; whatever does not end in time is cut off and told.
 */

/** Milliseconds that answers and jobs get to finish. Whoever stops us from outside waits a little longer. */
const PATIENCE_MS = 25_000;
const KEY = Symbol.for("tallystick.drain");

/**
 * @typedef {object} Drain
 * @property {boolean} isDraining
 * @property {Map<import("node:http").ServerResponse, Promise<void>>} open answers that have begun, and their ends
 * @property {Set<import("node:http").Server>} servers
 * @property {Set<() => Promise<unknown>>} work stopped together with the server: a runner of jobs
 * @property {boolean} installed
 */

/** One for the process: the server's bundles and its own modules have each their copy of this file. @returns {Drain} */
export function drain() {
  const shared = /** @type {Record<symbol, Drain>} */ (/** @type {any} */ (globalThis));
  shared[KEY] ??= {
    isDraining: false,
    open: new Map(),
    servers: new Set(),
    work: new Set(),
    installed: false,
  };
  return shared[KEY];
}

/** Whether this process is about to end. */
export const isDraining = () => drain().isDraining;

/**
 * Notes an answer until it is sent or given up.
 * @param {import("node:http").Server} server
 * @param {import("node:http").ServerResponse} res
 */
export function noteAnswer(server, res) {
  const state = drain();
  state.servers.add(server);
  // Next, compression, the door, metrics and traces each listen for the end of an answer.
  res.setMaxListeners(30);
  // The client asks again somewhere else.
  if (state.isDraining) res.shouldKeepAlive = false;
  const end = new Promise((/** @type {(value: void) => void} */ done) => {
    res.once("close", () => {
      state.open.delete(res);
      if (state.isDraining) for (const one of state.servers) one.closeIdleConnections();
      done();
    });
  });
  state.open.set(res, end);
}

/**
 * Takes over the signals; safe to call again.
 * @param {{ graceMs?: number, patienceMs?: number }} [times] `graceMs`: how long the listener stays open, so that a
 * balancer that asks /api/health/ready sees the end coming
 */
export function installDrain({ graceMs = 0, patienceMs = PATIENCE_MS } = {}) {
  const state = drain();
  if (state.installed) return;
  state.installed = true;
  for (const signal of /** @type {const} */ (["SIGTERM", "SIGINT"])) {
    // Next's own listener closes the door at once, waits without an end and answers 143.
    process.removeAllListeners(signal);
    process.on(signal, () => void stop(state, graceMs, patienceMs));
  }
}

/** @param {Drain} state @param {number} graceMs @param {number} patienceMs */
async function stop(state, graceMs, patienceMs) {
  if (state.isDraining) return;
  state.isDraining = true;
  const end = pause(patienceMs).then(() => false);
  const work = Promise.allSettled([...state.work].map((finish) => finish()));
  // While something is being answered the listener stays open, for half of the time: whoever asks is told by /ready.
  const begun = Promise.all(state.open.values());
  await Promise.all([pause(graceMs), Promise.race([begun, pause(patienceMs / 2)])]);
  for (const server of state.servers) {
    server.close();
    server.closeIdleConnections();
  }
  const isDone = await Promise.race([Promise.all([answered(state), work]).then(() => true), end]);
  if (!isDone) tell(state.open.size);
  process.exit(isDone ? 0 : 1);
}

/** @param {Drain} state @returns {Promise<void>} when no answer is open */
async function answered(state) {
  while (state.open.size > 0) await Promise.all(state.open.values());
}

/** @param {number} ms */
const pause = (ms) => new Promise((next) => setTimeout(next, ms));

/** @param {number} cut */
function tell(cut) {
  const line = {
    time: new Date().toISOString(),
    level: "error",
    message: "Stopped before everything was done.",
    cut,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
