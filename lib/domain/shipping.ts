/** Shipping: carriers with their tracking links, and the days on which a parcel arrives. */

/** Where a carrier shows a parcel; `%` stands for the tracking number. */
export const carriers: Readonly<Record<string, string>> = {
  DHL: "https://www.dhl.com/global-en/home/tracking.html?tracking-id=%",
  DPD: "https://tracking.dpd.de/status/en_US/parcel/%",
  GLS: "https://gls-group.com/track/%",
  UPS: "https://www.ups.com/track?tracknum=%",
  PostNL: "https://postnl.nl/tracktrace/?B=%",
  "Royal Mail": "https://www.royalmail.com/track-your-item#/tracking-results/%",
  USPS: "https://tools.usps.com/go/TrackConfirmAction?tLabels=%",
};

/** The carrier's page of a parcel; undefined for carriers that we do not know. */
export function trackingUrlOf(carrier: string, trackingNumber: string | undefined): string | undefined {
  const form = carriers[carrier];
  return form && trackingNumber ? form.replace("%", encodeURIComponent(trackingNumber)) : undefined;
}

/** The first and last day of arrival, counting working days (Monday to Friday) from `from`, in UTC. */
export function arrivalDates(from: Date, daysMin: number, daysMax: number): { first: Date; last: Date } {
  return { first: addWorkingDays(from, daysMin), last: addWorkingDays(from, daysMax) };
}

/** "24–26 Nov", "28 Nov – 2 Dec" or "24 Nov". */
export function formatArrival({ first, last }: { first: Date; last: Date }, locale = "en-IE"): string {
  const format = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" });
  return first.getTime() === last.getTime() ? format.format(first) : format.formatRange(first, last);
}

function addWorkingDays(from: Date, days: number): Date {
  const day = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth(), from.getUTCDate()));
  for (let left = days; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() !== 0 && day.getUTCDay() !== 6) left -= 1;
  }
  return day;
}
