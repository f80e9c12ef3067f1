/** Shipping: zones of countries and regions, and the rates within them. */
import { sql } from "drizzle-orm";
import { boolean, check, index, integer, pgEnum, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, money, updatedAt } from "./columns";

export const rateKind = pgEnum("rate_kind", ["flat", "weight", "subtotal"]);

export const shippingZones = pgTable("shipping_zones", {
  id: id(),
  name: text().notNull().unique(),
  position: integer().notNull().default(0),
  version: integer().notNull().default(1),
  createdAt: createdAt(),
  updatedAt: updatedAt(),
});

/** A country, or one region of it, in exactly one zone. */
export const shippingZonePlaces = pgTable(
  "shipping_zone_places",
  {
    id: id(),
    zoneId: uuid()
      .notNull()
      .references(() => shippingZones.id, { onDelete: "cascade" }),
    country: text().notNull(),
    region: text(),
  },
  (t) => [
    unique("shipping_zone_places_key").on(t.country, t.region).nullsNotDistinct(),
    check("shipping_zone_places_country", sql`${t.country} ~ '^[A-Z]{2}$'`),
    check("shipping_zone_places_region", sql`${t.region} <> '' AND ${t.region} = btrim(${t.region})`),
  ],
);

export const shippingRates = pgTable(
  "shipping_rates",
  {
    id: id(),
    zoneId: uuid()
      .notNull()
      .references(() => shippingZones.id, { onDelete: "cascade" }),
    name: text().notNull(),
    kind: rateKind().notNull().default("flat"),
    amount: money().notNull(),
    /** Grams for `weight`, minor units for `subtotal`: the rate holds from min (inclusive) to max (exclusive). */
    rangeMin: money(),
    rangeMax: money(),
    /** Free from this subtotal on. */
    freeOver: money(),
    /** Working days. */
    daysMin: integer().notNull().default(1),
    daysMax: integer().notNull().default(3),
    position: integer().notNull().default(0),
    isActive: boolean().notNull().default(true),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    index("shipping_rates_zone_idx").on(t.zoneId, t.position),
    check("shipping_rates_amount", sql`${t.amount} >= 0 AND ${t.freeOver} >= 0`),
    check("shipping_rates_range", sql`${t.rangeMax} > COALESCE(${t.rangeMin}, 0)`),
    check("shipping_rates_days", sql`${t.daysMin} >= 0 AND ${t.daysMax} >= ${t.daysMin}`),
  ],
);
