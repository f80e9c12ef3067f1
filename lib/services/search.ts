/** Search: keeps the synonyms, counts anew what the search knows of words and of what others searched, and forgets. */
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { synonyms } from "@/db/schema/search";
import { withTx } from "@/db/tx";
import type { Admin, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import * as audit from "@/lib/services/audit";
import { conflictWith } from "@/lib/services/conflicts";

declare module "@/lib/queue" {
  interface Jobs {
    /** Counts words and searches anew. */
    "search.count": Record<string, never>;
    /** Forgets searches of long ago. */
    "search.forget": Record<string, never>;
  }
}

/** Days of searches that suggestions and the report look back on. */
export const WINDOW_DAYS = 30;

/**
 * Days for which searches are kept at least. Suggestions and the report look back on 30; three times that lets a list of
 * synonyms be judged by what was searched before it, and what people typed is not kept for longer than it is of use.
 */
export const KEPT_DAYS = 90;

/** A search is suggested to others once it was made so often: what one person typed once may be nobody's business. */
const OFTEN = 3;

/** Adds words that mean the same; those that were deleted come back as `again`. */
export async function addSynonyms(
  admin: Admin,
  { terms }: { terms: readonly string[] },
  again?: { readonly id: string },
): Promise<{ id: string }> {
  const id = again?.id ?? newId();
  await withTx(async (tx) => {
    await tx.insert(synonyms).values({ id, terms: [...terms] });
    const change = {
      action: again ? "synonyms.restore" : "synonyms.add",
      subject: "synonyms",
      subjectId: id,
    };
    await audit.write(tx, admin, { ...change, before: {}, after: { terms } });
  });
  return { id };
}

/** Changes which words mean the same. @throws ShopError not_found, conflict */
export async function changeSynonyms(
  admin: Admin,
  { id, version, terms }: { id: string; version: number; terms: readonly string[] },
): Promise<void> {
  await withTx(async (tx) => {
    const before = await lockSynonyms(tx, { id, version });
    if (!before) throw new ShopError("not_found", { what: "list of words" });
    await tx
      .update(synonyms)
      .set({ terms: [...terms], version: version + 1 })
      .where(eq(synonyms.id, id));
    const change = { action: "synonyms.change", subject: "synonyms", subjectId: id };
    await audit.write(tx, admin, { ...change, before: { terms: before.terms }, after: { terms } });
  });
}

/** Removes a list of words; one that is gone already stays gone. @throws ShopError conflict */
export async function removeSynonyms(
  admin: Admin,
  { id, version }: { id: string; version: number },
): Promise<void> {
  await withTx(async (tx) => {
    const before = await lockSynonyms(tx, { id, version });
    if (!before) return;
    await tx.delete(synonyms).where(eq(synonyms.id, id));
    const change = { action: "synonyms.remove", subject: "synonyms", subjectId: id };
    await audit.write(tx, admin, { ...change, before: { terms: before.terms }, after: { terms: null } });
  });
}

/** The list of words as its form was opened; undefined where it is gone. */
async function lockSynonyms(tx: Tx, { id, version }: { id: string; version: number }) {
  const [row] = await tx.select().from(synonyms).where(eq(synonyms.id, id)).for("update");
  if (row && row.version !== version)
    throw await conflictWith(
      tx,
      { what: "list of words", subject: "synonyms", subjectId: id, version: row.version },
      { terms: "these words" },
    );
  return row;
}

/**
 * Counts in how many products each word stands, forgets words that none has any more, and lists the searches that are
 * worth suggesting. Takes seconds at 100,000 products.
 */
export async function count(_system: System): Promise<void> {
  await withTx(async (tx) => {
    await tx.execute(sql`SELECT set_config('statement_timeout', '120s', true)`);
    await tx.execute(
      sql`CREATE TEMP TABLE counted ON COMMIT DROP AS SELECT stem, count(*) AS uses FROM search_hits GROUP BY stem`,
    );
    await tx.execute(
      sql`DELETE FROM search_words w WHERE w.stem IS NOT NULL
        AND NOT EXISTS (SELECT FROM counted c WHERE c.stem = w.stem)`,
    );
    await tx.execute(sql`
      UPDATE search_words w SET uses = c.uses
      FROM counted c WHERE c.stem = w.stem AND w.uses <> c.uses`);
  });
  await withTx(async (tx) => {
    await tx.execute(sql`DELETE FROM search_queries`);
    await tx.execute(sql`
      INSERT INTO search_queries (query, times, results)
      SELECT query, count(*), (array_agg(results ORDER BY created_at DESC))[1]
      FROM (
        SELECT trim(regexp_replace(lower(unaccent(query)), '[^[:alnum:]]+', ' ', 'g')) AS query, results, created_at
        FROM search_log WHERE created_at > shop_now() - make_interval(days => ${WINDOW_DAYS})
      ) asked WHERE length(query) BETWEEN 2 AND 60 GROUP BY 1 HAVING count(*) >= ${OFTEN}`);
  });
}

/**
 * Drops the months of the log that ended longer than 90 days ago: it is append-only, so that rows go with their
 * partition or not at all. Answers which ones. Rows that no month was there for go when all of them are old.
 */
export async function forget(_system: System): Promise<string[]> {
  const until = sql`shop_now() - make_interval(days => ${KEPT_DAYS})`;
  const months = await withTx((tx) =>
    tx.execute<{ name: string }>(sql`
      SELECT c.relname AS name FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE i.inhparent = 'search_log'::regclass AND c.relname ~ '_[0-9]{4}_[0-9]{2}$'
        AND to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= ${until} ORDER BY 1`),
  );
  // One at a time: each keeps searches from being logged for a moment.
  for (const { name } of months) await withTx((tx) => tx.execute(sql`DROP TABLE ${sql.identifier(name)}`));
  await withTx(async (tx) => {
    const [rest] = await tx.execute<{ old: boolean | null }>(
      sql`SELECT max(created_at) < ${until} AS old FROM search_log_rest`,
    );
    if (rest?.old) await tx.execute(sql`TRUNCATE search_log_rest`);
  });
  return months.map(({ name }) => name);
}
