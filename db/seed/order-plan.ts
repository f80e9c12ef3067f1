/** What happens to each order of the demo: when, by whom, how it is paid, and how far it gets. From one seed number. */

export type Fate =
  | "completed"
  | "delivered"
  | "shipped"
  | "processing"
  | "confirmed"
  | "pending"
  | "cancelled"
  | "expired";

export interface PlannedOrder {
  /** Hours before now at which it is placed. */
  readonly hoursAgo: number;
  /** Which customer; null: a guest. */
  readonly customer: number | null;
  readonly method: "card" | "cash_on_delivery";
  /** A card that is declined before the one that works. */
  readonly isDeclinedFirst: boolean;
  readonly code: string | null;
  /** Picks of variants, from 0 (best seller) to below 1, with their quantities. */
  readonly picks: readonly { rank: number; quantity: number }[];
  readonly fate: Fate;
  /** Hours from placing to sending, from sending to arrival. */
  readonly packHours: number;
  readonly travelHours: number;
}

export const DAYS = 90;
const TO_SHIP = 8;

/** A small deterministic generator (mulberry32): numbers in [0, 1). */
export function generator(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The demo's orders, oldest first. */
export function planOrders(count: number, customers: number, seed = 20_261): PlannedOrder[] {
  const random = generator(seed);
  const orders = Array.from({ length: count }, () => planOne(random, customers));
  // There is always something to do: a few orders to ship, and one that waits for its payment.
  for (let i = 0; i < TO_SHIP; i += 1) {
    orders.push({
      ...planOne(random, customers),
      hoursAgo: 0.5 + i * 2.3,
      fate: "confirmed",
      isDeclinedFirst: false,
    });
  }
  orders.push({
    ...planOne(random, customers),
    hoursAgo: 0.05,
    fate: "pending",
    method: "card",
    isDeclinedFirst: false,
  });
  return orders.sort((a, b) => b.hoursAgo - a.hoursAgo);
}

function planOne(random: () => number, customers: number): PlannedOrder {
  // Sales grow a little over the 90 days, and evenings sell more than mornings.
  const daysAgo = DAYS * random() ** 1.25;
  const hoursAgo = Math.max(0.4, Math.floor(daysAgo) * 24 + 24 * (1 - random() ** 0.7));
  const packHours = 6 + random() * 40;
  const travelHours = 30 + random() * 70;
  const pieces = 1 + Math.floor(random() ** 2 * 4);
  return {
    hoursAgo,
    customer: random() < 0.55 ? Math.floor(random() * customers) : null,
    method: random() < 0.14 ? "cash_on_delivery" : "card",
    isDeclinedFirst: random() < 0.06,
    code: random() < 0.12 ? "LINES10" : null,
    picks: Array.from({ length: pieces }, () => ({
      rank: random() ** 1.9,
      quantity: random() < 0.8 ? 1 : 2,
    })),
    fate: fateOf(random(), hoursAgo, packHours, travelHours),
    packHours,
    travelHours,
  };
}

function fateOf(chance: number, hoursAgo: number, packHours: number, travelHours: number): Fate {
  if (chance < 0.03) return "cancelled";
  if (chance < 0.06 && hoursAgo > 2) return "expired";
  if (hoursAgo > packHours + travelHours + 30 * 24) return "completed";
  if (hoursAgo > packHours + travelHours) return "delivered";
  if (hoursAgo > packHours) return "shipped";
  return hoursAgo > packHours * 0.7 ? "processing" : "confirmed";
}
