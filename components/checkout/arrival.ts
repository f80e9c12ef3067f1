/** When a delivery would arrive: working days counted from a day, as people say it. */

/** The day `days` working days after `from`; Saturdays and Sundays do not count. */
export function workingDaysAfter(from: Date, days: number): Date {
  const day = new Date(from);
  for (let left = days; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) left -= 1;
  }
  return day;
}

/** "Tue 24 – Thu 26 November". One working day to pack is included. */
export function arrivalText(from: Date, daysMin: number, daysMax: number): string {
  const first = workingDaysAfter(from, daysMin + 1);
  const last = workingDaysAfter(from, daysMax + 1);
  const format = (day: Date, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options }).format(day);
  const short = { weekday: "short", day: "numeric" } as const;
  const long = { weekday: "short", day: "numeric", month: "long" } as const;
  if (first.getTime() === last.getTime()) return format(first, long);
  const sameMonth = first.getUTCMonth() === last.getUTCMonth();
  return `${format(first, sameMonth ? short : long)} – ${format(last, long)}`;
}
