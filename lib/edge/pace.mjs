// @ts-check
/**
 * How often one client may ask, by the kind of work. Counted in this process's memory: it keeps one client from taking
 * all of the machine; what must hold over machines and restarts (passwords, codes, cards) is counted in PostgreSQL.
 */

/** @typedef {{ perSecond: number, burst: number }} Pace */
/** Many people share one address behind a company's or a phone company's router. @type {Record<string, Pace>} */
export const PACES = {
  file: { perSecond: 60, burst: 900 },
  page: { perSecond: 20, burst: 300 },
  read: { perSecond: 20, burst: 240 },
  write: { perSecond: 5, burst: 90 },
};

/** So many clients are remembered; the one that was silent longest is forgotten first. */
const MOST_CLIENTS = 50_000;

export class Pacer {
  /** @type {Map<string, { left: number, at: number }>} */
  #buckets = new Map();

  /**
   * Counts one request.
   * @param {string} client
   * @param {string} kind
   * @param {number} now milliseconds of a clock that only goes forward
   * @returns {number} 0, or after how many seconds to ask again
   */
  take(client, kind, now) {
    const pace = PACES[kind];
    if (!pace) return 0;
    const key = `${kind} ${client}`;
    const bucket = this.#buckets.get(key) ?? { left: pace.burst, at: now };
    const left = Math.min(pace.burst, bucket.left + ((now - bucket.at) / 1000) * pace.perSecond);
    // Moved to the end: the order of the map is that of the last request.
    this.#buckets.delete(key);
    this.#buckets.set(key, { left: left < 1 ? left : left - 1, at: now });
    if (this.#buckets.size > MOST_CLIENTS) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return left < 1 ? Math.max(1, Math.ceil((1 - left) / pace.perSecond)) : 0;
  }
}
