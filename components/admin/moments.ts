/** Days of the chart as the back office writes them; moments are `lib/domain/moments`. */
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** A stored day ("2026-11-14") as "14 Nov". */
export const dayLabel = (date: string): string => day.format(new Date(`${date}T12:00:00Z`));
