/** Conflicts: who changed a row since somebody opened its form, and what they changed, from the audit log. */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema/accounts";
import { audit } from "@/db/schema/audit";
import { ShopError } from "@/lib/domain/errors";

/** What a field is called in a sentence, and how its stored value is written. */
export type Words = Readonly<Record<string, string | { label: string; text: (value: unknown) => string }>>;

/**
 * The error for a form whose row changed meanwhile: "Mira changed the price to 12.00 2 minutes ago". Fields that
 * `words` does not name are not told. `actions` are those that change this version, where others change the same row.
 */
export async function conflictWith(
  tx: Tx,
  row: { what: string; subject: string; subjectId: string; version: number; actions?: readonly string[] },
  words: Words,
): Promise<ShopError<"conflict">> {
  const [last] = await tx
    .select({
      after: audit.after,
      name: sql<
        string | null
      >`coalesce(nullif(trim(${users.firstName} || ' ' || ${users.lastName}), ''), ${users.username})`,
      seconds: sql<number>`extract(epoch from shop_now() - ${audit.createdAt})::float8`,
    })
    .from(audit)
    .leftJoin(users, eq(users.id, audit.actorId))
    .where(
      and(
        eq(audit.subject, row.subject),
        eq(audit.subjectId, row.subjectId),
        row.actions ? inArray(audit.action, [...row.actions]) : undefined,
      ),
    )
    .orderBy(desc(audit.createdAt), desc(audit.id))
    .limit(1);
  if (!last) return new ShopError("conflict", { what: row.what });
  const told = {
    who: last.name ?? "The shop",
    did: `changed ${changesOf(last.after ?? {}, words) || `this ${row.what}`}`,
    ago: agoText(last.seconds),
    version: row.version,
  };
  return new ShopError("conflict", { what: row.what, told });
}

function changesOf(after: Record<string, unknown>, words: Words): string {
  const parts = Object.entries(after).flatMap(([name, value]) => {
    const word = words[name];
    if (!word) return [];
    const label = typeof word === "string" ? word : word.label;
    const text = typeof word === "string" ? plain(value) : word.text(value);
    return [text && text.length <= 60 ? `${label} to “${text}”` : label];
  });
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : (parts[0] ?? "");
}

function plain(value: unknown): string {
  if (Array.isArray(value)) return value.map(plain).join(", ");
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

/** "just now", "3 minutes ago". */
export function agoText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return "just now";
  if (minutes < 60) return minutes === 1 ? "a minute ago" : `${minutes} minutes ago`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return hours === 1 ? "an hour ago" : `${hours} hours ago`;
  const days = Math.floor(hours / 24);
  return days === 1 ? "a day ago" : `${days} days ago`;
}
