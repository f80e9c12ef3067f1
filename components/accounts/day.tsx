import { dateText } from "@/lib/domain/moments";

/** "20 Nov 2026", where the shop is. */
export function Day({ date, timeZone }: { date: Date; timeZone: string }) {
  return <time dateTime={date.toISOString()}>{dateText(date, timeZone)}</time>;
}
