/** Periods that staff look at: today, 7, 30, 90 days or dates of their own, each with the period before it. */
import { type Query, textOf } from "./back-office";

export const periodNames = ["30", "today", "7", "90", "own"] as const;
export type PeriodName = (typeof periodNames)[number];

/** Days by the calendar of the store's time zone, as YYYY-MM-DD; both ends are part of it. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** Of the last day only what came before this time of the store's clock, "14:05:30". */
export interface Cut {
  readonly until?: string;
}

export interface Period extends Days {
  readonly name: PeriodName;
  /** How many days; at most `LONGEST`. */
  readonly length: number;
  /** As many days, just before it; before today, yesterday until the same time. */
  readonly before: Days & Cut;
}

/** Two years: what is longer is a job for an export. */
export const LONGEST = 731;

const DAY_MS = 86_400_000;

/** The date `days` later. */
export const dayAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The days from one date to another, both counted. */
export const daysIn = ({ from, to }: Days): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS) + 1;

/** Every date of a period, the first first. */
export const datesOf = (days: Days): string[] =>
  Array.from({ length: daysIn(days) }, (_, i) => dayAfter(days.from, i));

/**
 * Reads `period`, `from` and `to` of an address. Dates of one's own that are none, or stand the wrong way round, are put
 * right; nothing ends after `today`. `time` is the store's clock: today is compared with as much of yesterday.
 */
export function readPeriod(query: Query, today: string, time?: string): Period {
  const read = wholePeriod(query, today);
  const isToday = read.from === today && read.to === today;
  return isToday && time ? { ...read, before: { ...read.before, until: time } } : read;
}

function wholePeriod(query: Query, today: string): Period {
  const asked = textOf(query, "period");
  const [from, to] = [dateOf(textOf(query, "from")), dateOf(textOf(query, "to"))];
  const name = periodNames.find((each) => each === asked) ?? (from || to ? "own" : "30");
  if (name !== "own") return period(name, dayAfter(today, 1 - (name === "today" ? 1 : Number(name))), today);
  const [start = today, end = today] = [from ?? to ?? today, to ?? today].sort();
  const last = earlier(end, today);
  const [, first = last] = [earlier(start, last), dayAfter(last, 1 - LONGEST)].sort();
  return period(name, first, last);
}

/** What an address says for it. */
export const periodQuery = ({ name, from, to }: Period): Record<string, string> =>
  name === "own" ? { period: name, from, to } : { period: name === "30" ? "" : name };

function period(name: PeriodName, from: string, to: string): Period {
  const length = daysIn({ from, to });
  return { name, from, to, length, before: { from: dayAfter(from, -length), to: dayAfter(from, -1) } };
}

/** Dates as text sort as dates. */
const earlier = (a: string, b: string): string => [a, b].sort()[0] ?? a;

function dateOf(text: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text && text >= "2000-01-01"
    ? text
    : undefined;
}

const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const LONG = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  timeZone: "UTC",
});

/** "14 Nov" of a date. */
export const dayText = (date: string): string => SHORT.format(new Date(`${date}T00:00:00Z`));

/** "1 Nov – 14 Nov 2026". */
export function daysText({ from, to }: Days): string {
  const end = LONG.format(new Date(`${to}T00:00:00Z`));
  if (from === to) return end;
  const start =
    from.slice(0, 4) === to.slice(0, 4) ? dayText(from) : LONG.format(new Date(`${from}T00:00:00Z`));
  return `${start} – ${end}`;
}
