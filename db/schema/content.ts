/** Pages of text that an admin wrote in the place of those that ship as files. */
import { sql } from "drizzle-orm";
import { check, integer, pgTable, text } from "drizzle-orm/pg-core";
import { updatedAt } from "./columns";

export const contentPages = pgTable(
  "content_pages",
  {
    /** The name of the file in content/ that it stands for. */
    slug: text().primaryKey(),
    /** Null, as the other two: the file is shown, and the row keeps its version going. */
    title: text(),
    /** One sentence, for lists and search engines. */
    summary: text(),
    /** Markdown. */
    body: text(),
    version: integer().notNull().default(1),
    updatedAt: updatedAt(),
  },
  (t) => [
    check("content_pages_slug", sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(${t.slug}) <= 100`),
    check("content_pages_whole", sql`num_nulls(${t.title}, ${t.summary}, ${t.body}) IN (0, 3)`),
  ],
);
