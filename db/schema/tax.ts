/** Tax: classes of goods and the rates per country and region. */
import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, ppm, updatedAt } from "./columns";

export const taxClasses = pgTable(
  "tax_classes",
  {
    id: id(),
    code: text().notNull().unique(),
    name: text().notNull(),
    isDefault: boolean().notNull().default(false),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("tax_classes_default_key").on(t.isDefault).where(sql`${t.isDefault}`)],
);

export const taxRates = pgTable(
  "tax_rates",
  {
    id: id(),
    taxClassId: uuid()
      .notNull()
      .references(() => taxClasses.id, { onDelete: "cascade" }),
    country: text().notNull(),
    /** Null: the whole country. */
    region: text(),
    name: text().notNull(),
    rate: ppm().notNull(),
    appliesToShipping: boolean().notNull().default(true),
    version: integer().notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    unique("tax_rates_key").on(t.taxClassId, t.country, t.region).nullsNotDistinct(),
    index("tax_rates_place_idx").on(t.country, t.region),
    check("tax_rates_range", sql`${t.rate} BETWEEN 0 AND 1000000`),
    check("tax_rates_country", sql`${t.country} ~ '^[A-Z]{2}$'`),
    check("tax_rates_region", sql`${t.region} <> '' AND ${t.region} = btrim(${t.region})`),
  ],
);
