/** Shipping: carriers with their tracking links, and the days on which a parcel arrives. */
import { dateFormat } from "./formats";

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

/** Whether a form may name it: one that we know, or none in particular. */
export const isCarrier = (name: string): boolean => name === "Other" || Object.hasOwn(carriers, name);

/** The carrier's page of a parcel; undefined for carriers that we do not know. */
export function trackingUrlOf(carrier: string, trackingNumber: string | undefined): string | undefined {
  const form = carriers[carrier];
  return form && trackingNumber ? form.replace("%", encodeURIComponent(trackingNumber)) : undefined;
}

/** Working days that packing takes before the carrier's days begin. */
const PACKING_DAYS = 1;

/**
 * First and last day of arrival of something ordered at `from`: a day to pack, then the carrier's working days
 * (Monday to Friday, in UTC; holidays are not known).
 */
export function arrivalOf(from: Date, daysMin: number, daysMax: number): { first: Date; last: Date } {
  return {
    first: workingDaysAfter(from, PACKING_DAYS + daysMin),
    last: workingDaysAfter(from, PACKING_DAYS + daysMax),
  };
}

/** "Tue 24 – Thu 26 November", for checkout and order. */
export function arrivalText(from: Date, daysMin: number, daysMax: number): string {
  const { first, last } = arrivalOf(from, daysMin, daysMax);
  if (first.getTime() === last.getTime()) return dayText(first);
  const sameMonth = first.getUTCMonth() === last.getUTCMonth();
  return `${sameMonth ? format(first, SHORT) : dayText(first)} – ${dayText(last)}`;
}

/** "24–26 Nov", "30 Nov – 2 Dec": the short form of the product page. */
export function arrivalRange(from: Date, daysMin: number, daysMax: number, locale: string): string {
  const { first, last } = arrivalOf(from, daysMin, daysMax);
  return dateFormat(locale, { day: "numeric", month: "short", timeZone: "UTC" }).formatRange(first, last);
}

/** "Tue 24 November". */
function dayText(day: Date): string {
  return format(day, LONG);
}

/** The day `days` working days after `from`; Saturdays and Sundays do not count. */
export function workingDaysAfter(from: Date, days: number): Date {
  const day = new Date(from);
  for (let left = days; left > 0; ) {
    day.setUTCDate(day.getUTCDate() + 1);
    if (day.getUTCDay() % 6 !== 0) left -= 1;
  }
  return day;
}

const SHORT = { weekday: "short", day: "numeric" } as const;
const LONG = { weekday: "short", day: "numeric", month: "long" } as const;

function format(day: Date, options: Intl.DateTimeFormatOptions): string {
  return dateFormat("en-GB", { timeZone: "UTC", ...options }).format(day);
}
