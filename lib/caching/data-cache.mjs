// @ts-check
/** What `"use cache"` keeps: in this process's memory as Next does it, and, with REDIS_URL, shared with the other instances. */
import { createRequire } from "node:module";
import { ourTime, shared } from "./shared.mjs";
import { tellReplica } from "./tags.mjs";

const { createDefaultCacheHandler } = createRequire(import.meta.url)(
  "next/dist/server/lib/cache-handlers/default",
);

/** Next's own size. */
const MEMORY = 50 * 1024 * 1024;
const memory = createDefaultCacheHandler(MEMORY);

/** @typedef {{ value: ReadableStream<Uint8Array>, tags: string[], timestamp: number, expire: number, revalidate: number, stale: number }} Entry */

/** @param {NonNullable<typeof shared>} others */
export const sharing = (others) => ({
  ...memory,

  /** @param {string} key @returns {Promise<Entry | undefined>} */
  async get(key) {
    const own = await memory.get(key);
    if (own && others.trusts(own.timestamp)) return own;
    const found = await others.get(`data:${key}`);
    if (!found) return undefined;
    const { bytes, ...rest } = found.entry;
    const entry = { ...rest, timestamp: ourTime(rest.timestamp, found.since), value: streamOf(bytes) };
    await memory.set(key, Promise.resolve(entry));
    return memory.get(key);
  },

  /** @param {string} key @param {Promise<Entry>} pending */
  async set(key, pending) {
    const both = pending.then((entry) => {
      const [here, there] = entry.value.tee();
      return { here: { ...entry, value: here }, there: { ...entry, value: there } };
    });
    await Promise.all([
      memory.set(
        key,
        both.then(({ here }) => here),
      ),
      both.then(({ there }) => share(others, key, there)).catch(() => {}),
    ]);
  },

  /** @param {string[]} tags */
  async updateTags(tags) {
    await others.expire(tags);
  },
});

/** @param {NonNullable<typeof shared>} others @param {string} key @param {Entry} entry */
async function share(others, key, { value, ...rest }) {
  const bytes = Buffer.from(await new Response(value).arrayBuffer());
  if (rest.expire > 0 && rest.revalidate > 0)
    await others.put(`data:${key}`, rest.tags, rest.timestamp, { ...rest, bytes });
}

/** @param {Uint8Array} bytes @returns {ReadableStream<Uint8Array>} */
const streamOf = (bytes) =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new Uint8Array(bytes));
      controller.close();
    },
  });

/** Alone, but with a replica, which has to know. */
const telling = {
  ...memory,
  /** @param {string[]} tags @param {unknown} durations */
  async updateTags(tags, durations) {
    await memory.updateTags(tags, durations);
    tellReplica();
  },
};

const alone = process.env.DATABASE_REPLICA_URL ? telling : memory;

export default shared ? sharing(shared) : alone;
