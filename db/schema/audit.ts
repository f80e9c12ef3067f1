/** The audit log: who changed what, before and after. Append-only, partitioned by month. */
import { index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { users } from "./accounts";
import { createdAt } from "./columns";

export const audit = pgTable(
  "audit",
  {
    id: uuid().notNull(),
    actorKind: text().notNull(),
    actorId: uuid().references(() => users.id, { onDelete: "restrict" }),
    action: text().notNull(),
    /** Table and id of what was changed. */
    subject: text().notNull(),
    subjectId: text().notNull(),
    before: jsonb().$type<Record<string, unknown>>(),
    after: jsonb().$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.id, t.createdAt] }),
    index("audit_subject_idx").on(t.subject, t.subjectId, t.createdAt.desc().nullsFirst()),
    index("audit_actor_idx").on(t.actorId, t.createdAt.desc().nullsFirst()),
  ],
);
