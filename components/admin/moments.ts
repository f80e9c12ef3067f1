/** Moments as the back office writes them, in the time zone of the server. */
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const dayOfYear = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });

/** "09:41" today, "Yesterday", "14 Nov", "14 Nov 2025". */
export function shortMoment(at: Date, now: Date): string {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  if (at >= midnight) return time.format(at);
  if (at.getTime() >= midnight.getTime() - 86_400_000) return "Yesterday";
  return at.getFullYear() === now.getFullYear() ? day.format(at) : dayOfYear.format(at);
}

/** "14 Nov 2026, 09:41". */
export const fullMoment = (at: Date): string => `${dayOfYear.format(at)}, ${time.format(at)}`;

/** A stored day ("2026-11-14") as "14 Nov". */
export const dayLabel = (date: string): string => day.format(new Date(`${date}T12:00:00`));
