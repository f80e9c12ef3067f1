/** Shipping: what an admin tells of zones and rates. Amounts in minor units, weights in grams, days are working days. */
import { z } from "zod";
import { countries } from "./countries";
import { canonicalRegion } from "./regions";

const name = z.string().trim().min(1, "Please enter a name.").max(80, "At most 80 characters.");
const position = z.int().min(0).max(10_000).default(0);
const amount = z.int("A whole number.").min(0, "Not below zero.").max(1e12, "Too large.");
const days = z.int("Whole days.").min(0, "Not below zero.").max(120, "At most 120 days.");

/** A country, or one region of it, in the form in which addresses keep theirs. */
export const placeInput = z
  .object({
    country: z.string().refine((code) => Object.hasOwn(countries, code), "Please choose a country."),
    region: z
      .string()
      .trim()
      .max(80, "At most 80 characters.")
      .nullable()
      .default(null)
      .transform((region) => region || null),
  })
  .refine(({ country, region }) => region === null || canonicalRegion(country, region) !== undefined, {
    path: ["region"],
    error: "That country has no such region.",
  })
  .transform(({ country, region }) => ({
    country,
    region: region && (canonicalRegion(country, region) ?? region),
  }));

export const zoneInput = z.object({
  name,
  position,
  places: z
    .array(placeInput)
    .max(500, "At most 500.")
    .refine(
      (places) => new Set(places.map(({ country, region }) => `${country}/${region}`)).size === places.length,
      "Each place once.",
    ),
});
export type ZoneInput = z.input<typeof zoneInput>;

export const rateInput = z
  .object({
    name,
    kind: z.enum(["flat", "weight", "subtotal"], "Please choose one.").default("flat"),
    amount,
    /** From (inclusive), to (exclusive): grams for `weight`, minor units after discounts for `subtotal`. */
    rangeMin: amount.nullable().default(null),
    rangeMax: amount.nullable().default(null),
    freeOver: amount.nullable().default(null),
    daysMin: days.default(1),
    daysMax: days.default(3),
    position,
    isActive: z.boolean().default(true),
  })
  .check(({ value, issues }) => {
    const { kind, rangeMin, rangeMax, daysMin, daysMax } = value;
    const fault = (path: string, message: string) =>
      issues.push({ code: "custom", path: [path], message, input: value });
    if (kind === "flat" && (rangeMin !== null || rangeMax !== null))
      fault("rangeMin", "A flat rate has no range.");
    if (rangeMax !== null && rangeMax <= (rangeMin ?? 0)) fault("rangeMax", "The end is above the start.");
    if (daysMax < daysMin) fault("daysMax", "Not before the earliest day.");
  });
export type RateInput = z.input<typeof rateInput>;
