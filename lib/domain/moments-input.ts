/** Moments as fields of forms hold them: "2026-11-28T09:30" on the store's clock, and back. */
import { dateFormat } from "./formats";

const FORM = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::\d{2})?$/;

/** What a field of the kind `datetime-local` shows; empty for none. */
export function fieldMoment(at: Date | null, timeZone: string): string {
  return at ? new Date(at.getTime() + offsetAt(at, timeZone)).toISOString().slice(0, 16) : "";
}

/**
 * The moment that such a field means; undefined where it holds none. An hour that the change of clocks leaves out is
 * read as the hour after it, one that comes twice as the first of the two.
 */
export function readFieldMoment(text: string, timeZone: string): Date | undefined {
  const parts = FORM.exec(text.trim())?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = parts;
  const wall = new Date(Date.UTC(year, month - 1, day, hour, minute));
  if (wall.getUTCMonth() !== month - 1 || wall.getUTCHours() !== hour) return undefined;
  // The clock a day before and a day after: around a change of clocks the two differ, and one of them fits.
  const offsets = [-DAY_MS, DAY_MS].map((away) => offsetAt(new Date(wall.getTime() + away), timeZone));
  const meant = offsets.map((offset) => new Date(wall.getTime() - offset));
  const fitting = meant.find((at) => at.getTime() + offsetAt(at, timeZone) === wall.getTime());
  return fitting ?? meant[0];
}

const DAY_MS = 86_400_000;

/** How far the zone's clock is ahead of UTC, in milliseconds. */
function offsetAt(at: Date, timeZone: string): number {
  const format = dateFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at.getTime() / 1000) * 1000;
}
