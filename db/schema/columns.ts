/** The column forms that all tables share: ids, money, moments. */
import { sql } from "drizzle-orm";
import { bigint, integer, timestamp, uuid } from "drizzle-orm/pg-core";

/** A sortable UUID made by the app (see db/id.ts). */
export const id = () => uuid().primaryKey();

/** An amount in minor units of the store's currency, or of the row's own `currency` column. */
export const money = () => bigint({ mode: "number" });

/** Parts per million: 19 % is 190,000. */
export const ppm = () => integer();

/** A moment with time zone; only the database's clock counts. */
export const moment = () => timestamp({ withTimezone: true, mode: "date" });

/** The database's clock. `shop_now()` is now() unless a session set `shop.clock` (demo data, tests). */
export const now = sql`shop_now()`;

export const createdAt = () => moment().notNull().default(now);
export const updatedAt = () =>
  moment()
    .notNull()
    .default(now)
    .$onUpdate(() => now as unknown as Date);
