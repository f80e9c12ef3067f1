// @ts-check
/** What this instance shares with the others through Redis: its cache entries, and which tags expired. */
import { promisify } from "node:util";
import v8 from "node:v8";
import { gunzip, gzip } from "node:zlib";
import { ALL, append, Follower } from "./log.mjs";
import { connectRedis, soon } from "./redis.mjs";
import { changedSince, expiredAt, setExpired, tellReplica } from "./tags.mjs";

const ASK_EVERY_MS = 100;
/** So old may an entry get while this instance cannot hear what others change. */
const DEAF_MS = 1_000;
const DAY_S = 86_400;

const pack = promisify(gzip);
const unpack = promisify(gunzip);

/** @typedef {Awaited<ReturnType<typeof connectRedis>>} Redis */

export class Shared {
  /** @type {Redis | undefined} */
  redis;
  isListening = false;
  hasFailed = false;
  /** Nothing made before this moment of ours counts. */
  voidBefore = 0;
  follower = new Follower((tags) => this.hear(tags));
  /** One reader after the other. */
  turn = Promise.resolve();

  /** The same connection, answering with bytes. @type {{ get: (key: string) => Promise<Buffer | null> } | undefined} */
  bytes;

  /** @param {string} url */
  async run(url) {
    const { RESP_TYPES } = await import("redis");
    this.redis = await connectRedis(url);
    this.bytes = this.redis.withTypeMapping({ [RESP_TYPES.BLOB_STRING]: Buffer });
    // Asking before that would count as an outage, and cost the others their pages.
    const ready = new Promise((resolve) => this.redis?.once("ready", () => resolve(undefined)));
    await soon(ready, 2_000).catch(() => {});
    for (;;) {
      await this.ask();
      await new Promise((next) => setTimeout(next, ASK_EVERY_MS).unref());
    }
  }

  /** Reads what the stream holds now. */
  ask() {
    this.turn = this.turn.then(() => this.readOn());
    return this.turn;
  }

  async readOn() {
    if (!this.redis) return;
    const failed = this.hasFailed;
    try {
      await this.follower.readOn(this.redis, failed);
      if (failed) this.hasFailed = false;
      if (!this.isListening) say("info", "Pages are shared through Redis.");
      this.isListening = true;
    } catch (error) {
      this.hasFailed = true;
      if (this.isListening)
        say("warn", "Redis does not answer: pages are kept for a second only.", String(error));
      this.isListening = false;
    }
  }

  /** @param {readonly string[]} tags */
  hear(tags) {
    // The first millisecond whose work surely began after the change, by both clocks that Next writes into what it
    // keeps: they drift apart where the system sets its own.
    const at = Math.ceil(Math.max(Date.now(), performance.timeOrigin + performance.now())) + 1;
    if (tags.includes(ALL)) this.voidBefore = at;
    for (const tag of tags) setExpired(tag, at);
    tellReplica();
  }

  /**
   * Tells everybody that these tags expired; here it is so at once.
   * @param {readonly string[]} tags
   */
  async expire(tags) {
    this.hear(tags);
    if (!this.redis) return;
    try {
      await append(this.redis, tags);
      // What is rendered from here on is known to be newer.
      await this.ask();
    } catch {
      // Then everything expires as soon as Redis takes it.
      this.hasFailed = true;
    }
  }

  /** Whether an entry of this process's memory, made at `madeAt`, may still be used. @param {number} madeAt */
  trusts(madeAt) {
    return madeAt >= Math.max(this.voidBefore, this.isListening ? 0 : Date.now() - DEAF_MS);
  }

  /**
   * An entry that another instance may have made, with the moment from which it is good here.
   * @param {string} key
   * @returns {Promise<{ entry: any, since: number } | undefined>}
   */
  async get(key) {
    if (!this.bytes || !this.isListening) return undefined;
    try {
      const bytes = await soon(this.bytes.get(nameOf(key)));
      if (!bytes) return undefined;
      const { place, tags, entry } = v8.deserialize(await unpack(bytes));
      if (!this.follower.isGood(place, tags)) return undefined;
      return { entry, since: this.goodSince(tags) };
    } catch {
      return undefined;
    }
  }

  /** @param {readonly string[]} tags */
  goodSince(tags) {
    return Math.max(this.voidBefore, ...tags.map(expiredAt));
  }

  /**
   * Keeps an entry whose making began at `begun`, unless what it shows changed meanwhile.
   * @param {string} key @param {readonly string[]} tags @param {number} begun @param {unknown} entry
   */
  async put(key, tags, begun, entry) {
    const { place } = this.follower;
    if (!this.redis || !this.isListening || !place) return;
    if (begun < this.voidBefore || changedSince(tags, begun)) return;
    try {
      const bytes = await pack(v8.serialize({ place, tags, entry }), { level: 1 });
      await soon(this.redis.set(nameOf(key), bytes, { expiration: { type: "EX", value: DAY_S } }), 1_000);
    } catch {
      // The next instance renders it again.
    }
  }
}

/**
 * The moment at which something of another machine counts as made, by our clock. @param {number} theirs
 * @param {number} since
 */
export const ourTime = (theirs, since) => Math.max(since, Math.min(theirs, Date.now()));

const nameOf = (/** @type {string} */ key) => `tallystick:${key}`;

// The handlers run outside of Next's bundle, where lib/log.ts cannot be loaded.
/** @param {"info" | "warn"} level @param {string} message @param {string} [cause] */
function say(level, message, cause) {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, cause })}\n`);
}

/** One for the process, however often this file is loaded. A build keeps to itself. */
const held = /** @type {typeof globalThis & { tallystickShared?: Shared }} */ (globalThis);

function begin() {
  const url = process.env.REDIS_URL;
  if (!url || process.env.NEXT_PHASE === "phase-production-build") return undefined;
  if (!held.tallystickShared) {
    held.tallystickShared = new Shared();
    void held.tallystickShared.run(url);
  }
  return held.tallystickShared;
}

/** undefined without REDIS_URL. */
export const shared = begin();
