/** Checkouts: what a shopper has told on the way from cart to order. */
import { sql } from "drizzle-orm";
import { boolean, check, jsonb, pgEnum, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { carts } from "./cart";
import { createdAt, id, updatedAt } from "./columns";
import { shippingRates } from "./shipping";

export const checkoutStatus = pgEnum("checkout_status", ["open", "placed", "abandoned"]);

/** The parts of an address as a person typed them; validated per country in lib/domain/addresses.ts. */
export interface AddressFields {
  name: string;
  company?: string;
  line1: string;
  line2?: string;
  city: string;
  region?: string;
  postalCode?: string;
  country: string;
  phone?: string;
}

export const checkouts = pgTable(
  "checkouts",
  {
    id: id(),
    cartId: uuid()
      .notNull()
      .references(() => carts.id, { onDelete: "cascade" }),
    status: checkoutStatus().notNull().default("open"),
    email: text(),
    shippingAddress: jsonb().$type<AddressFields>(),
    billingAddress: jsonb().$type<AddressFields>(),
    billingSame: boolean().notNull().default(true),
    shippingRateId: uuid().references(() => shippingRates.id, { onDelete: "set null" }),
    paymentMethod: text(),
    note: text(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    uniqueIndex("checkouts_open_key").on(t.cartId).where(sql`${t.status} = 'open'`),
    check(
      "checkouts_method",
      sql`${t.paymentMethod} IN ('card', 'cash_on_delivery', 'bank_transfer', 'none')`,
    ),
  ],
);
