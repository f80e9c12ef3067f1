/** Reports: filters that staff save under a name. */
import { sql } from "drizzle-orm";
import { check, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt, id } from "./columns";

export const savedViews = pgTable(
  "saved_views",
  {
    id: id(),
    userId: uuid()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    page: text().notNull(),
    name: text().notNull(),
    /** The query string of the list, without "?". */
    query: text().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("saved_views_name_key").on(t.userId, t.page, t.name),
    check("saved_views_page", sql`${t.page} IN ('orders', 'products', 'stock', 'customers', 'reviews')`),
  ],
);
