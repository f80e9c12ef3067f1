/** Pictures that nothing uses any more: marked in the night in which that is seen, removed some weeks later. */
import { sql } from "drizzle-orm";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { listFiles, removeFile } from "@/lib/storage";

/** So long a picture stays that nothing names: what was taken away by mistake may be wanted back. */
const GRACE_DAYS = 30;
/** What people bring. The shop's own drawings are made again when they are missed, and are none of this. */
const BROUGHT = /^(?:uploads|imported)\//;
const AT_ONCE = 500;

/**
 * Looks at every stored picture that people brought. One that no product, no order and no import (which may still be
 * undone) names is marked; one that is named again is not any more; one that has been marked for the grace period is
 * removed. Answers how many were removed. @throws StorageFailure
 */
export async function sweepPictures(_system: System): Promise<number> {
  const imported = await namedByImports();
  let removed = 0;
  for await (const keys of inPieces(listFiles())) {
    const unused = (await namedNowhere(keys)).filter((key) => !imported.has(key));
    const due = await mark(keys, unused);
    // No call to the storage within a transaction: a mark goes after its file, and is found again where that failed.
    for (const key of due) {
      await removeFile(key);
      await withTx((tx) => tx.execute(sql`DELETE FROM unused_pictures WHERE key = ${key}`));
      removed += 1;
    }
  }
  return removed;
}

async function* inPieces(files: AsyncIterable<string>): AsyncGenerator<string[]> {
  let piece: string[] = [];
  for await (const key of files) {
    if (!BROUGHT.test(key)) continue;
    piece.push(key);
    if (piece.length < AT_ONCE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

const listOf = (keys: readonly string[]) =>
  sql`ARRAY[${sql.join(
    keys.map((key) => sql`${key}`),
    sql`, `,
  )}]::text[]`;

/** Products show them, orders showed them when they were placed. */
async function namedNowhere(keys: readonly string[]): Promise<string[]> {
  return withTx(async (tx) => {
    await tx.execute(sql`SET LOCAL statement_timeout = '60s'`);
    const rows = await tx.execute<{ key: string }>(sql`
      SELECT k.key FROM unnest(${listOf(keys)}) AS k (key)
      WHERE k.key NOT IN (SELECT key FROM product_images)
        AND k.key NOT IN (SELECT image_key FROM order_lines WHERE image_key IS NOT NULL)`);
    return rows.map(({ key }) => key);
  });
}

/** What imports found or left: an undo brings it back. */
async function namedByImports(): Promise<ReadonlySet<string>> {
  return withTx(async (tx) => {
    await tx.execute(sql`SET LOCAL statement_timeout = '60s'`);
    const rows = await tx.execute<{ key: string }>(sql`
      SELECT DISTINCT found[1] AS key FROM import_rows r,
        regexp_matches(r.before::text, '"((?:uploads|imported)/[^"]+)"', 'g') AS found`);
    return new Set(rows.map(({ key }) => key));
  });
}

/** Writes down which of the keys are unused; answers those that have been for the whole grace period. */
async function mark(keys: readonly string[], unused: readonly string[]): Promise<string[]> {
  return withTx(async (tx) => {
    await tx.execute(
      sql`DELETE FROM unused_pictures WHERE key = ANY (${listOf(keys)}) AND key <> ALL (${listOf(unused)})`,
    );
    if (unused.length === 0) return [];
    await tx.execute(
      sql`INSERT INTO unused_pictures (key) SELECT unnest(${listOf(unused)}) ON CONFLICT DO NOTHING`,
    );
    const rows = await tx.execute<{ key: string }>(sql`
      SELECT key FROM unused_pictures WHERE key = ANY (${listOf(unused)})
        AND since <= shop_now() - make_interval(days => ${GRACE_DAYS}::int)`);
    return rows.map(({ key }) => key);
  });
}
