/** Inventory: how fast a variant sells, and for how long what is there will do. */

/** The windows, in days, over which sales are counted. */
export const velocityDays = [7, 30, 90] as const;
export type VelocityDays = (typeof velocityDays)[number];

export interface Velocity {
  /** Items sold less items returned within the last so many days; below zero where more came back. */
  readonly sold: Readonly<Record<VelocityDays, number>>;
  /** Items a day over the same days, or since the variant first had stock where that is less. */
  readonly perDay: Readonly<Record<VelocityDays, number>>;
}

/** `ageDays` since the variant first had stock: what is five days old did not sell slowly in the month before. */
export function velocityOf(sold: Velocity["sold"], ageDays: number): Velocity {
  const perDay = (days: VelocityDays) => Math.max(0, sold[days]) / Math.max(1, Math.min(days, ageDays));
  return { sold, perDay: { 7: perDay(7), 30: perDay(30), 90: perDay(90) } };
}

/** Whole days until `available` items are sold at `perDay`; 0 where nothing is left, null where nothing sells. */
export function daysLeft(available: number, perDay: number): number | null {
  if (available <= 0) return 0;
  return perDay > 0 ? Math.floor(available / perDay) : null;
}

/** Days as they are read: beyond a year the figure says nothing but that there is plenty. */
export const daysText = (days: number): string => (days > 365 ? "365+" : String(days));
