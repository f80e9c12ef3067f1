const day = new Intl.DateTimeFormat("en-IE", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

/** "20 November 2026". */
export function Day({ date }: { date: Date }) {
  return <time dateTime={date.toISOString()}>{day.format(date)}</time>;
}
