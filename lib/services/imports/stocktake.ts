/** Stocktake by file: a counted sheet is compared with the shelves, shown, and applied in one go or not at all. */
import { createHash } from "node:crypto";
import { rm } from "node:fs/promises";
import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { importRows, imports } from "@/db/schema/imports";
import { ON_SHELF } from "@/db/shelf";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { cellOf, ImportProblem } from "@/lib/domain/imports/columns";
import { type CountedRow, countedOf, sheetColumns } from "@/lib/domain/imports/count-sheet";
import { setOnHand, toPack } from "@/lib/services/inventory/adjust";
import { lockCounters, ownedBy } from "@/lib/services/inventory/counters";
import { recordsOf } from "./file";
import type { Outcome } from "./record";
import { begunBy, ownerOf } from "./steps";

const MOST_ROWS = 20_000;
const BATCH = 500;

interface SheetRow {
  readonly line: number;
  readonly sku: string;
  readonly counted: string;
}

/** Compares a counted sheet with the shelves. Changes no stock. Answers the id of the stocktake. */
export async function takeCount(
  staff: Staff,
  { path, fileName }: { path: string; fileName: string },
): Promise<string> {
  const id = newId();
  const about = {
    id,
    fileName: fileName.replaceAll("\0", "").slice(0, 200),
    fileHash: createHash("sha256").update(id).digest("hex"),
    format: "stock",
    ownerId: await ownerOf(staff),
    startedBy: staff.userId,
  };
  try {
    const sheet = await readSheet(path);
    const rows = await compare(staff, sheet);
    const failed = rows.filter(({ outcome }) => outcome === "failed").length;
    await withTx(async (tx) => {
      const counts = { rowsTotal: rows.length, rowsDone: rows.length, rowsFailed: failed };
      await tx.insert(imports).values({ ...about, ...counts, status: "checked" });
      for (let from = 0; from < rows.length; from += BATCH) {
        const some = rows.slice(from, from + BATCH);
        await tx.insert(importRows).values(some.map((row) => ({ ...row, id: newId(), importId: id })));
      }
    });
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
    const finishedAt = now as unknown as Date;
    await db.insert(imports).values({ ...about, status: "failed", message: error.message, finishedAt });
  } finally {
    await rm(path, { force: true });
  }
  return id;
}

async function readSheet(path: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  let columns: ReturnType<typeof sheetColumns>;
  for await (const { record, line } of recordsOf(path)) {
    if (!columns) {
      columns = sheetColumns(record);
      if (!columns) throw new ImportProblem('Its first line has no column "SKU" and "Counted".');
      continue;
    }
    const [sku, counted] = [cellOf(record[columns.sku]), cellOf(record[columns.counted])];
    // What nobody counted stays as it is.
    if (counted !== "") rows.push({ line, sku, counted });
    if (rows.length > MOST_ROWS)
      throw new ImportProblem("More than 20,000 rows are counted: send it in parts.");
  }
  if (rows.length === 0) throw new ImportProblem("Nothing in it is counted.");
  return rows;
}

interface Compared {
  readonly line: number;
  readonly lines: string;
  readonly handle: string;
  readonly outcome: Outcome;
  readonly message: string | null;
  readonly before: Record<string, unknown> | null;
}

async function compare(staff: Staff, sheet: readonly SheetRow[]): Promise<Compared[]> {
  const shelves = new Map<string, Shelf>();
  for (let from = 0; from < sheet.length; from += BATCH) {
    const skus = sheet.slice(from, from + BATCH).map(({ sku }) => sku.toLowerCase());
    for (const shelf of await readShelves(staff, skus)) shelves.set(shelf.sku.toLowerCase(), shelf);
  }
  const seen = new Map<string, number>();
  return sheet.map(({ line, sku, counted }) => {
    const row = { line, lines: String(line), handle: sku.slice(0, 255), message: null, before: null };
    const failed = (message: string): Compared => ({ ...row, outcome: "failed", message });
    const shelf = shelves.get(sku.toLowerCase());
    const count = countedOf(counted);
    const earlier = seen.get(sku.toLowerCase());
    if (!shelf) return failed(sku ? `There is no variant "${sku}".` : "The row has no SKU.");
    if (count === undefined) return failed(`"${counted.slice(0, 40)}" is no count.`);
    if (earlier !== undefined) return failed(`It was counted on line ${earlier} already.`);
    seen.set(sku.toLowerCase(), line);
    const before: CountedRow = { ...shelf, counted: count };
    return { ...row, outcome: shelf.expected === count ? "unchanged" : "updated", before: { ...before } };
  });
}

type Shelf = Omit<CountedRow, "counted">;

/** Ownership stands in the WHERE clause: other people's goods are simply not there. */
async function readShelves(staff: Staff, skus: readonly string[]): Promise<readonly Shelf[]> {
  const mine = staff.kind === "owner" ? sql`p.owner_id = ${staff.ownerId}` : sql`true`;
  const rows = await db.execute<{ variantId: string; sku: string; name: string; expected: number }>(sql`
    SELECT v.id AS "variantId", v.sku, concat_ws(', ', p.name, nullif(v.title, '')) AS name,
      ${sql.raw(ON_SHELF)} AS expected
    FROM variants v JOIN products p ON p.id = v.product_id
    WHERE lower(v.sku) IN ${skus} AND ${mine}`);
  return [...rows];
}

/**
 * Sets every counted shelf, all or none, once. Where goods moved since the sheet was compared, nothing is set: the
 * rows are compared anew and the sentence names them.
 * @throws ShopError not_found, illegal_transition, invalid_input
 */
export async function applyCount(
  staff: Staff,
  { importId, reason }: { importId: string; reason: string },
): Promise<void> {
  const moved = await withTx(async (tx) => {
    const [taken] = await tx
      .update(imports)
      .set({ status: "finished", finishedAt: now as unknown as Date })
      .where(and(eq(imports.id, importId), eq(imports.status, "checked"), mineOnly(staff)))
      .returning({ id: imports.id });
    if (!taken) throw await refusal(tx, staff, importId);
    const rows = await tx
      .select({ id: importRows.id, before: importRows.before })
      .from(importRows)
      .where(and(eq(importRows.importId, importId), eq(importRows.outcome, "updated")))
      // In the one order in which everybody locks variants.
      .orderBy(asc(sql`${importRows.before} ->> 'variantId'`));
    const drifted: { id: string; before: CountedRow; expected: number }[] = [];
    for (const { id, before } of rows) {
      const row = before as unknown as CountedRow;
      const counters = await lockCounters(tx, row.variantId, ownedBy(staff));
      const expected =
        counters.reduce((sum, { onHand }) => sum + onHand, 0) + (await toPack(tx, row.variantId));
      if (expected !== row.expected) drifted.push({ id, before: row, expected });
      else if (drifted.length === 0)
        await setOnHand(staff, { variantId: row.variantId, counted: row.counted, reason }, tx);
    }
    if (drifted.length > 0) throw new Drifted(drifted);
    return null;
  }).catch((error: unknown) => {
    if (error instanceof Drifted) return error.rows;
    throw error;
  });
  if (!moved) return;
  await withTx(async (tx) => {
    for (const { id, before, expected } of moved) {
      const outcome = before.counted === expected ? "unchanged" : "updated";
      await tx
        .update(importRows)
        .set({ outcome, before: { ...before, expected } })
        .where(eq(importRows.id, id));
    }
  });
  const names = moved.slice(0, 5).map(({ before }) => before.sku);
  throw new ShopError("invalid_input", {
    fields: {
      reason: `Nothing is set yet: ${names.join(", ")}${moved.length > 5 ? " and others" : ""} moved since. The differences are new; please look again.`,
    },
  });
}

class Drifted extends Error {
  constructor(readonly rows: readonly { id: string; before: CountedRow; expected: number }[]) {
    super("goods moved since the sheet was compared");
  }
}

const mineOnly = (staff: Staff): SQL | undefined => and(eq(imports.format, "stock"), begunBy(staff));

async function refusal(tx: Tx, staff: Staff, importId: string): Promise<ShopError> {
  const [there] = await tx
    .select({ status: imports.status })
    .from(imports)
    .where(and(eq(imports.id, importId), mineOnly(staff)));
  if (!there) return new ShopError("not_found", { what: "stocktake" });
  return new ShopError("illegal_transition", {
    machine: "stocktake",
    from: "applied already",
    to: "finished",
  });
}
