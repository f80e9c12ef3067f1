/** Moments as people read them, in the time zone of the store: shoppers, staff and mails see the same clock. */
import { dateFormat } from "./formats";

/** "14 Nov 2026, 09:41". */
export function momentText(at: Date, timeZone: string): string {
  return `${dateText(at, timeZone)}, ${text(at, timeZone, { hour: "2-digit", minute: "2-digit" })}`;
}

/** "14 Nov 2026". */
export const dateText = (at: Date, timeZone: string): string =>
  text(at, timeZone, { day: "numeric", month: "short", year: "numeric" });

/** "09:41" today, "Yesterday", "14 Nov", "14 Nov 2025". */
export function shortMoment(at: Date, now: Date, timeZone: string): string {
  const days = dayNumber(now, timeZone) - dayNumber(at, timeZone);
  if (days <= 0) return text(at, timeZone, { hour: "2-digit", minute: "2-digit" });
  if (days === 1) return "Yesterday";
  return yearOf(at, timeZone) === yearOf(now, timeZone)
    ? text(at, timeZone, { day: "numeric", month: "short" })
    : dateText(at, timeZone);
}

/** The hour of the day, 0 to 23. */
export const hourIn = (at: Date, timeZone: string): number =>
  Number(text(at, timeZone, { hour: "2-digit", hourCycle: "h23" }));

function text(at: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  return formatIn(timeZone, options).format(at);
}

/** A zone that this machine does not know is written in UTC: a page must not fail for it. */
function formatIn(timeZone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  try {
    return dateFormat("en-GB", { ...options, timeZone });
  } catch {
    return dateFormat("en-GB", { ...options, timeZone: "UTC" });
  }
}

const yearOf = (at: Date, timeZone: string): string => text(at, timeZone, { year: "numeric" });

/** Days since 1970 by the calendar of the zone. */
function dayNumber(at: Date, timeZone: string): number {
  const [day, month, year] = text(at, timeZone, { day: "2-digit", month: "2-digit", year: "numeric" })
    .split("/")
    .map(Number);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1) / 86_400_000;
}
