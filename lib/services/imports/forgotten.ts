/** Files of imports that nobody goes on with: a trial is given up after a while, and files that no step reads are removed. */
import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { System } from "@/lib/domain/actors";
import { OF_PEOPLE } from "@/lib/domain/imports/views";
import { env } from "@/lib/env";

/** So long a trial waits for a person. A file of people lies about no longer than it must. */
const GOODS_DAYS = 30;
const PEOPLE_DAYS = 7;
/** An upload that takes longer has died. */
const DRAFT_DAYS = 1;
const DAY_MS = 86_400_000;
/** Only what an import put there. */
const OURS = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.(csv|part)$/;

/**
 * Gives up trials that nobody went on with and says so on their page; removes files that no import needs any more, and
 * what is left of uploads that died. Answers how many files were removed. @throws DatabaseFailure
 */
export async function sweepImportFiles(_system: System): Promise<number> {
  await giveUp();
  await db.execute(
    sql`DELETE FROM import_files USING imports WHERE imports.id = import_id AND NOT (${isNeeded})`,
  );
  const folder = join(/* turbopackIgnore: true */ env.DATA_DIR, "imports");
  let removed = 0;
  for (const name of await namesIn(folder)) {
    const [, id = "", kind] = OURS.exec(name) ?? [];
    if (id === "") continue;
    const path = join(folder, name);
    // What came in within a day may not have its row yet.
    if ((await ageOf(path)) < DRAFT_DAYS * DAY_MS) continue;
    if (kind === "csv" && (await isReadBy(id))) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

const people = sql.join(
  OF_PEOPLE.map((format) => sql`${format}`),
  sql`, `,
);
const days = sql`CASE WHEN format IN (${people}) THEN ${PEOPLE_DAYS}::int ELSE ${GOODS_DAYS}::int END`;
const daysOf = sql`make_interval(days => ${days})`;

/** Nothing was done by a trial, so that there is nothing to go on with and nothing to undo. */
async function giveUp(): Promise<void> {
  await db.execute(sql`
    UPDATE imports SET status = 'failed', groups_done = 0, rows_done = 0, finished_at = shop_now(), updated_at = shop_now(),
      message = 'Nobody went on with it for ' || ${days} || ' days, so its file was removed. Send it again to import it.'
    WHERE status IN ('waiting', 'checked') AND format <> 'stock' AND updated_at < shop_now() - ${daysOf}`);
}

/** Whether a step may still read the file: one is to come or goes on, or one stopped not long ago and may go on. */
const isNeeded = sql`(imports.status IN ('waiting', 'checking', 'checked', 'running', 'undoing')
  OR imports.status = 'failed' AND imports.groups_done > 0 AND imports.updated_at >= shop_now() - ${daysOf})`;

async function isReadBy(importId: string): Promise<boolean> {
  const [row] = await db.execute(sql`SELECT 1 FROM imports WHERE id = ${importId} AND ${isNeeded}`);
  return row !== undefined;
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
}

/** Another worker may have removed it: then it is of no age. */
const ageOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
