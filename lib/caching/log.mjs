// @ts-check
/**
 * Which cache tags expired, in one order for all instances: a stream in Redis that each of them follows.
 *
 * A place in the stream tells old from new, never a clock: an entry carries the place up to which its maker had read,
 * and is good until a later record names one of its tags. `*` names them all.
 */
import { soon } from "./redis.mjs";

const KEY = "tallystick:expired";
/** More changes than a day has; who is further behind starts anew. */
const KEPT = 20_000;
const BATCH = 1_000;
export const ALL = "*";

/** @typedef {{ id: string, message: Record<string, string> }} Row */
/** @typedef {{ xRange: Function, xAdd: Function }} Stream */

/** @param {string} a @param {string} b */
export function isAfter(a, b) {
  const [ms = 0, n = 0] = a.split("-").map(Number);
  const [otherMs = 0, otherN = 0] = b.split("-").map(Number);
  return ms > otherMs || (ms === otherMs && n > otherN);
}

/**
 * Adds a record. Throws when Redis does not take it, or not in time.
 * @param {Stream} redis @param {readonly string[]} tags @param {number} [ms]
 */
export async function append(redis, tags, ms) {
  const trim = { strategy: "MAXLEN", strategyModifier: "~", threshold: KEPT };
  await soon(redis.xAdd(KEY, "*", { tags: tags.join(" ") }, { TRIM: trim }), ms);
}

/**
 * For a process that keeps no pages (the job worker): adds a record over a connection of its own.
 * @param {string} url @param {readonly string[]} tags
 */
export async function announce(url, tags) {
  const { createClient } = await import("redis");
  const client = createClient({ url, socket: { connectTimeout: 1_000, reconnectStrategy: false } });
  client.on("error", () => {});
  try {
    await soon(client.connect(), 2_000);
    // Nobody's page waits here, and a job that fails comes again after almost three seconds only.
    await append(client, tags, 2_000);
  } finally {
    client.destroy();
  }
}

/** What one reader knows of the stream. */
export class Follower {
  /** @type {string | undefined} */
  place;
  /** Entries from before it are of no use: what happened since is not known in full. */
  floor = "0-0";
  /** Tag → the place of its last record. @type {Map<string, string>} */
  last = new Map();

  /** @param {(tags: string[]) => void} hear Told of each record. */
  constructor(hear) {
    this.hear = hear;
  }

  /**
   * Reads what is new. After a failure, and where the stream is not the one that was read before (emptied, evicted, or
   * older after a fail-over), nothing made before is trusted any more: by nobody, for others may have missed the same.
   * @param {Stream} redis @param {boolean} hadFailed
   */
  async readOn(redis, hadFailed) {
    if (hadFailed) await append(redis, [ALL]);
    if (this.place === undefined) await this.start(redis);
    const begin = /** @type {string} */ (this.place);
    for (let from = begin; ; from = /** @type {string} */ (this.place)) {
      const rows = await range(redis, from);
      if (rows[0]?.id !== from) {
        this.place = undefined;
        throw new Error("the stream is another one");
      }
      for (const row of rows.slice(1)) this.take(row);
      if (rows.length <= BATCH) return;
    }
  }

  /** @param {Stream} redis */
  async start(redis) {
    let rows = await range(redis, "-");
    if (rows.length === 0) {
      await append(redis, [ALL]);
      rows = await range(redis, "-");
    }
    const [first] = rows;
    if (!first) throw new Error("the stream does not stay");
    this.floor = first.id;
    this.last.clear();
    for (const row of rows) this.take(row);
  }

  /** @param {Row} row */
  take({ id, message }) {
    const tags = (message.tags ?? "").split(" ");
    if (tags.includes(ALL)) {
      this.floor = id;
      this.last.clear();
    } else for (const tag of tags) this.last.set(tag, id);
    this.place = id;
    this.hear(tags);
  }

  /**
   * Whether what was made at `place` is still good.
   * @param {string} place @param {readonly string[]} tags
   */
  isGood(place, tags) {
    if (isAfter(this.floor, place)) return false;
    return tags.every((tag) => !isAfter(this.last.get(tag) ?? "0-0", place));
  }
}

/** @param {Stream} redis @param {string} from @returns {Promise<Row[]>} */
const range = (redis, from) => soon(redis.xRange(KEY, from, "+", { COUNT: BATCH + 1 }), 1_000);
