// @ts-check
/** A connection to Redis of which nobody ever waits long: what is slow or away has failed, and it comes back by itself. */

/** Milliseconds for one answer. Rendering a page takes about fifty. */
const ANSWER_MS = 250;

/**
 * Connects in the background; until then, and while Redis is away, every command fails at once.
 * @param {string} url
 */
export async function connectRedis(url) {
  const { createClient } = await import("redis");
  const client = createClient({
    url,
    disableOfflineQueue: true,
    // We ask ten times a second: a socket that is silent for this long is dead, whatever TCP thinks.
    socket: {
      connectTimeout: 1_000,
      socketTimeout: 5_000,
      reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, 1_000),
    },
  });
  // Without a listener a lost connection ends the process. Who asks hears of it.
  client.on("error", () => {});
  client.connect().catch(() => {});
  return client;
}

/**
 * The answer, or an error after `ms`.
 * @template T
 * @param {Promise<T>} answer
 * @param {number} [ms]
 * @returns {Promise<T>}
 */
export function soon(answer, ms = ANSWER_MS) {
  return new Promise((resolve, reject) => {
    // A busy process is late itself: what has arrived meanwhile is read before the time counts as over.
    const timer = setTimeout(() => setImmediate(() => reject(new Error(`no answer in ${ms} ms`))), ms);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
