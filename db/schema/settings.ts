/** Settings of the store (one row), rate limits, and the queue of cache tags to expire. */
import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
} from "drizzle-orm/pg-core";
import { createdAt, moment, money, ppm, updatedAt } from "./columns";

export const settings = pgTable(
  "settings",
  {
    id: integer().primaryKey().default(1),
    storeName: text().notNull(),
    /** Beside the name in the title of the home page. */
    tagline: text(),
    /** The large line of the home page, also in the footer; the store's name where it is null. */
    homeStatement: text(),
    /** What the shop is, on the home page and to search engines. */
    homeText: text(),
    storeEmail: text().notNull(),
    /** ISO 4217. */
    currency: text().notNull(),
    /** Where the shop is; the default of address forms and estimates. */
    country: text().notNull(),
    locale: text().notNull().default("en-IE"),
    /** IANA name of the zone in which people read moments: order pages, mails, the back office. */
    timeZone: text().notNull().default("Europe/Berlin"),
    /** Who sells, as it stands on invoices; the store's name where it is null. */
    legalName: text(),
    /** Lines of the seller's address on invoices, separated by line breaks. */
    sellerAddress: text(),
    /** VAT or tax number on invoices. */
    taxNumber: text(),
    /** Where to transfer to, as lines; without them no order by hand is paid by bank transfer. */
    bankDetails: text(),
    pricesIncludeTax: boolean().notNull().default(true),
    orderPrefix: text().notNull().default("MR"),
    /** Minutes that an unpaid order holds its stock. */
    paymentWindowMinutes: integer().notNull().default(15),
    /** Days after delivery in which goods may be sent back. */
    returnWindowDays: integer().notNull().default(30),
    /** What the shop keeps of a sale, unless the owner has a rate. */
    commission: ppm().notNull().default(150000),
    cashOnDelivery: boolean().notNull().default(true),
    cashOnDeliveryLimit: money(),
    lowStockThreshold: integer().notNull().default(3),
    maxLineQuantity: integer().notNull().default(20),
    /** Owners and admins need a second factor to enter the back office. */
    staffSecondFactor: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("settings_single_row", sql`${t.id} = 1`),
    check("settings_currency", sql`${t.currency} ~ '^[A-Z]{3}$'`),
    check("settings_country", sql`${t.country} ~ '^[A-Z]{2}$'`),
    check("settings_time_zone", sql`${t.timeZone} ~ '^[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+){0,2}$'`),
    check("settings_prefix", sql`${t.orderPrefix} ~ '^[A-Z]{1,4}$'`),
    check(
      "settings_windows",
      sql`${t.paymentWindowMinutes} BETWEEN 1 AND 1440 AND ${t.returnWindowDays} BETWEEN 0 AND 365`,
    ),
    check("settings_commission", sql`${t.commission} BETWEEN 0 AND 1000000`),
    check("settings_quantities", sql`${t.maxLineQuantity} BETWEEN 1 AND 999 AND ${t.lowStockThreshold} >= 0`),
  ],
);

/** Fixed windows per subject ("sign-in:ip", "order-lookup:…"), kept here so that all instances count together. */
export const rateLimits = pgTable(
  "rate_limits",
  {
    subject: text().notNull(),
    windowStart: moment().notNull(),
    count: integer().notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.subject, t.windowStart] }),
    check("rate_limits_count", sql`${t.count} > 0`),
  ],
);

/** Cache tags that a committed change made stale; a job hands them to the running server. */
export const cacheExpiries = pgTable(
  "cache_expiries",
  {
    id: bigint({ mode: "number" }).primaryKey().generatedAlwaysAsIdentity(),
    tag: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("cache_expiries_tag_idx").on(t.tag)],
);

/** Requests that move money or goods, by the key that their form carries: a repeated one gets the first answer. */
export const requestKeys = pgTable(
  "request_keys",
  {
    /** What was asked and by whom: "refund:USER". */
    scope: text().notNull(),
    key: text().notNull(),
    result: jsonb().$type<unknown>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.scope, t.key] }),
    index("request_keys_created_idx").on(t.createdAt),
    check("request_keys_length", sql`length(${t.key}) BETWEEN 8 AND 100`),
  ],
);
