// @ts-check
/**
 * How often one client may ask, by the kind of work. Counted in this process's memory: it keeps one client from taking
 * all of the machine; what must hold over machines and restarts (passwords, codes, cards) is counted in PostgreSQL.
 */

/** @typedef {{ perSecond: number, burst: number }} Pace */
/** Many people share one address behind a company's or a phone company's router. @type {Record<string, Pace>} */
export const PACES = {
  file: { perSecond: 90, burst: 1350 },
  page: { perSecond: 30, burst: 450 },
  read: { perSecond: 30, burst: 360 },
  write: { perSecond: 7.5, burst: 135 },
};

/** The part of it that one route may take: who overdoes it at the search can still fill a cart, and send an order. */
export const ONE_ROUTE = 2 / 3;

/** So many budgets are remembered; the one that was idle longest is forgotten first. */
const MOST_BUDGETS = 100_000;

export class Pacer {
  /** @type {Map<string, { left: number, at: number }>} */
  #buckets = new Map();

  /**
   * Counts one request, for its client and for its client at this route.
   * @param {string} client
   * @param {string} kind
   * @param {string} route one of a small number of classes
   * @param {number} now milliseconds of a clock that only goes forward
   * @returns {number} 0, or after how many seconds to ask again
   */
  take(client, kind, route, now) {
    const pace = PACES[kind];
    if (!pace) return 0;
    const { perSecond, burst } = pace;
    const all = this.#fill(`${kind} ${client}`, perSecond, burst, now);
    const here = this.#fill(`${kind} ${route} ${client}`, perSecond * ONE_ROUTE, burst * ONE_ROUTE, now);
    const wait = Math.max(all.wait, here.wait);
    if (wait === 0) for (const { bucket } of [all, here]) bucket.left -= 1;
    return wait;
  }

  /** @param {string} key @param {number} perSecond @param {number} burst @param {number} now */
  #fill(key, perSecond, burst, now) {
    const bucket = this.#buckets.get(key) ?? { left: burst, at: now };
    bucket.left = Math.min(burst, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    // Moved to the end: the order of the map is that of the last request.
    this.#buckets.delete(key);
    this.#buckets.set(key, bucket);
    if (this.#buckets.size > MOST_BUDGETS) {
      const [oldest] = this.#buckets.keys();
      if (oldest !== undefined) this.#buckets.delete(oldest);
    }
    return { bucket, wait: bucket.left < 1 ? Math.max(1, Math.ceil((1 - bucket.left) / perSecond)) : 0 };
  }
}
