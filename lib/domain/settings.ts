/** The store's settings as an admin tells them. Amounts in minor units, rates in parts per million. */
import { z } from "zod";
import { countries } from "./countries";
import { versionInput } from "./version";

const line = (most: number) => z.string().trim().max(most, `At most ${most} characters.`);
const orNone = (most: number) =>
  line(most)
    .nullable()
    .default(null)
    .transform((text) => text || null);
const whole = (min: number, max: number) =>
  z.coerce
    .number(`From ${min} to ${max}.`)
    .int("A whole number.")
    .min(min, `From ${min} to ${max}.`)
    .max(max, `From ${min} to ${max}.`);

function isKnown(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}

export const settingsInput = z.object({
  storeName: line(80).min(1, "Please enter a name."),
  tagline: orNone(80),
  homeStatement: orNone(80),
  homeText: orNone(300),
  storeEmail: z.email("Please enter an e-mail address."),
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => Intl.supportedValuesOf("currency").includes(code), "Three letters, like EUR."),
  country: z.string().refine((code) => Object.hasOwn(countries, code), "Please choose a country."),
  locale: line(20).refine(
    (name) => isKnown(() => new Intl.Locale(name)) && Intl.NumberFormat.supportedLocalesOf(name).length > 0,
    "A language and country, like en-IE.",
  ),
  timeZone: line(60).refine(
    (name) => isKnown(() => new Intl.DateTimeFormat("en", { timeZone: name })),
    "Please choose a time zone, like Europe/Berlin.",
  ),
  legalName: orNone(120),
  sellerAddress: orNone(500),
  taxNumber: orNone(60),
  bankDetails: orNone(300),
  pricesIncludeTax: z.boolean(),
  orderPrefix: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{1,4}$/, "One to four letters."),
  /** Minutes that an unpaid order holds its stock. */
  paymentWindowMinutes: whole(1, 1440),
  returnWindowDays: whole(0, 365),
  cashOnDelivery: z.boolean(),
  cashOnDeliveryLimit: z.int("A whole number.").min(0, "Not below zero.").nullable().default(null),
  /** Of variants that are new. */
  lowStockThreshold: whole(0, 100_000),
  maxLineQuantity: whole(1, 999),
  /** What the shop keeps of owners' sales who have no rate of their own. */
  commission: z.int("A whole number.").min(0, "Not below zero.").max(1_000_000, "Not above 100 %."),
});
export type SettingsInput = z.input<typeof settingsInput>;

const typed = z.string().max(600).default("");

/** The form of it: everything as typed. */
export const typedSettings = z.object({
  version: versionInput,
  storeName: typed,
  tagline: typed,
  homeStatement: typed,
  homeText: typed,
  storeEmail: typed,
  currency: typed,
  country: typed,
  locale: typed,
  timeZone: typed,
  legalName: typed,
  sellerAddress: typed,
  taxNumber: typed,
  bankDetails: typed,
  pricesIncludeTax: typed,
  orderPrefix: typed,
  paymentWindowMinutes: typed,
  returnWindowDays: typed,
  cashOnDelivery: z.string().optional(),
  cashOnDeliveryLimit: typed,
  lowStockThreshold: typed,
  maxLineQuantity: typed,
  commission: typed,
});
export type TypedSettings = z.output<typeof typedSettings>;
