/** Imports in the browser: what staff decide, one conditional change of state each; the work itself is done by jobs. */
import { createHash } from "node:crypto";
import { rename, rm } from "node:fs/promises";
import { basename } from "node:path";
import { and, asc, desc, eq, inArray, isNotNull, ne, notInArray, type SQL, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { importRows, imports } from "@/db/schema/imports";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import {
  columnLabel,
  guessColumns,
  ImportProblem,
  isColumn,
  missingColumns,
} from "@/lib/domain/imports/columns";
import { formatOf, refuseKind } from "@/lib/domain/imports/kinds";
import { isOfPeople, OF_PEOPLE } from "@/lib/domain/imports/views";
import { enqueue } from "@/lib/queue";
import * as audit from "@/lib/services/audit";
import { type Peek, peek } from "./file";
import { keepFile, placeOf } from "./kept-file";

declare module "@/lib/queue" {
  interface Jobs {
    /** Goes on with a dry run, a run or an undo, wherever it stands. */
    "imports.work": { importId: string };
  }
}

/** @throws ImportProblem also for files of people from whoever is no admin */
async function peekFor(staff: Staff, path: string): Promise<Peek> {
  const seen = await peek(path);
  refuseKind(seen.header, { isAdmin: staff.kind === "admin" });
  return seen;
}

/**
 * Takes in a file that lies at `path` and moves it. What cannot be read is an import that failed, with its reason.
 * Answers the id of the import.
 */
export async function takeIn(
  staff: Staff,
  { path, fileName }: { path: string; fileName: string },
): Promise<string> {
  const id = newId();
  const name = basename(fileName.replaceAll("\\", "/")).replaceAll("\0", "").slice(0, 200) || "file.csv";
  const ownerId = await ownerOf(staff);
  const seen = await peekFor(staff, path).catch((error: unknown) => {
    if (error instanceof ImportProblem) return error;
    throw error;
  });
  const row = { id, fileName: name, ownerId, startedBy: staff.userId };
  if (seen instanceof ImportProblem) {
    await rm(path, { force: true });
    await db.insert(imports).values({
      ...row,
      fileHash: createHash("sha256").update(id).digest("hex"),
      format: "columns",
      status: "failed",
      message: seen.message.replace(path, `"${name}"`),
      finishedAt: now as unknown as Date,
    });
    return id;
  }
  const { header, samples } = seen;
  const format = formatOf(header);
  const isPeople = isOfPeople({ format });
  const values: typeof imports.$inferInsert = {
    ...row,
    // Nobody's goods, and nothing of the people in it.
    ...(isPeople && { ownerId: null }),
    fileHash: seen.hash,
    format,
    status: "waiting",
    mapping: isPeople
      ? { header, samples: [], columns: [] }
      : { header, samples, columns: (await earlierChoice(staff, seen)) ?? guessColumns(header) },
    options: { setStock: false, images: true, isOwnerGiven: staff.kind === "owner" },
  };
  await withTx(async (tx) => {
    await tx.insert(imports).values(values);
    await keepFile(tx, id, path);
  });
  await rename(path, placeOf(id));
  return id;
}

/** What was chosen for a file with the same header before. */
async function earlierChoice(
  staff: Staff,
  { header }: Peek,
): Promise<readonly (string | null)[] | undefined> {
  const [before] = await db
    .select({ mapping: imports.mapping })
    .from(imports)
    .where(
      and(
        eq(imports.startedBy, staff.userId),
        isNotNull(imports.mapping),
        sql`${imports.mapping} -> 'header' = ${JSON.stringify(header)}::jsonb`,
        inArray(imports.status, ["finished", "checked", "undone"]),
      ),
    )
    .orderBy(desc(imports.createdAt))
    .limit(1);
  return before?.mapping?.columns;
}

export async function ownerOf(staff: Staff, slug?: string): Promise<string> {
  if (staff.kind === "owner") return staff.ownerId;
  const [owner] = await db
    .select({ id: owners.id })
    .from(owners)
    .where(slug ? eq(owners.slug, slug) : eq(owners.isActive, true))
    .orderBy(asc(owners.createdAt), asc(owners.id))
    .limit(1);
  if (owner) return owner.id;
  throw new ShopError("invalid_input", { fields: { owner: "Please choose a shop." } });
}

export interface Choice {
  readonly importId: string;
  /** One per column of the file: the name of a column, or empty. */
  readonly columns: readonly string[];
  readonly setStock: boolean;
  readonly images: boolean;
  /** Slug of the shop that gets new products; for admins. */
  readonly owner?: string | undefined;
}

/** Says what the columns mean and begins the dry run. @throws ShopError invalid_input where a needed column is missing */
export async function check(
  staff: Staff,
  { importId, columns, setStock, images, owner }: Choice,
): Promise<void> {
  const ownerId = await ownerOf(staff, owner);
  await withTx(async (tx) => {
    const row = await lock(tx, staff, importId);
    if (!row.mapping) throw over(row.status);
    const { header } = row.mapping;
    const chosen = header.map((_, at) => {
      const name = columns[at] ?? "";
      return isColumn(name) ? name : null;
    });
    if (row.format === "columns") refuseBadChoice(chosen);
    await step(tx, importId, ["waiting", "checked"], {
      status: "checking",
      ownerId: isOfPeople(row) ? null : ownerId,
      mapping: { ...row.mapping, columns: chosen },
      options: { setStock, images, isOwnerGiven: staff.kind === "owner" },
    });
    await begin(tx, importId);
  });
}

function refuseBadChoice(chosen: ReturnType<typeof guessColumns>): void {
  const fields: Record<string, string> = {};
  chosen.forEach((column, at) => {
    if (column === null || chosen.indexOf(column) === at) return;
    fields[`columns.${at}`] = `"${columnLabel(column)}" is chosen twice.`;
  });
  const missing = missingColumns(chosen).map((column) => `"${columnLabel(column)}"`);
  if (missing.length > 0) fields["columns.0"] ??= `No column is chosen for ${missing.join(", ")}.`;
  if (Object.keys(fields).length > 0) throw new ShopError("invalid_input", { fields });
}

/** Begins the run that was shown by the dry run. */
export async function start(staff: Staff, importId: string): Promise<void> {
  await withTx(async (tx) => {
    const row = await lock(tx, staff, importId);
    await step(tx, importId, ["checked"], { status: "running" });
    await begin(tx, importId);
    await told(tx, staff, "import.start", row, "running");
  });
}

/** Back to choosing what the columns mean. */
export async function reopen(staff: Staff, importId: string): Promise<void> {
  await withTx(async (tx) => {
    await lock(tx, staff, importId);
    await step(tx, importId, ["checked"], { status: "waiting", groupsDone: 0, rowsDone: 0, rowsFailed: 0 });
  });
}

/** Goes on with a run that failed as a whole, from where it stopped. */
export async function resume(staff: Staff, importId: string): Promise<void> {
  await withTx(async (tx) => {
    const row = await lock(tx, staff, importId);
    if (row.groupsDone === 0) throw over(row.status);
    await step(tx, importId, ["failed"], { status: "running", message: null, finishedAt: null });
    await work(tx, importId);
  });
}

/** Stops a run or a dry run; what is in the shop already stays until it is undone. */
export async function stop(staff: Staff, importId: string): Promise<void> {
  await withTx(async (tx) => {
    const row = await lock(tx, staff, importId);
    if (row.status === "checking") await step(tx, importId, ["checking"], { status: "waiting" });
    else
      await step(tx, importId, ["running"], {
        status: "failed",
        message: "It was stopped by hand.",
        finishedAt: now as unknown as Date,
      });
    await told(tx, staff, "import.stop", row, "stopped");
  });
}

/** Takes the whole import back: see undo.ts. */
export async function undo(staff: Staff, importId: string): Promise<void> {
  await withTx(async (tx) => {
    const row = await lock(tx, staff, importId);
    if (row.groupsDone === 0) throw over(row.status);
    await step(tx, importId, ["finished", "failed"], { status: "undoing" });
    await work(tx, importId);
    await told(tx, staff, "import.undo", row, "undoing");
  });
}

async function begin(tx: Tx, importId: string): Promise<void> {
  await tx.delete(importRows).where(eq(importRows.importId, importId));
  await tx
    .update(imports)
    .set({ groupsDone: 0, rowsDone: 0, rowsFailed: 0, message: null, summary: null, finishedAt: null })
    .where(eq(imports.id, importId));
  await work(tx, importId);
}

const work = (tx: Tx, importId: string): Promise<void> =>
  enqueue(tx, "imports.work", { importId }, { key: `imports:${importId}`, maxAttempts: 25 });

type Status = (typeof imports.$inferSelect)["status"];

/** One conditional change decides: of two that press at once only one succeeds. */
async function step(
  tx: Tx,
  importId: string,
  from: readonly Status[],
  change: Partial<typeof imports.$inferInsert>,
): Promise<void> {
  const moved = await tx
    .update(imports)
    .set(change)
    .where(and(eq(imports.id, importId), inArray(imports.status, [...from])))
    .returning({ id: imports.id });
  if (moved.length === 0) throw over("begun");
}

/** Whose import it is stands in the WHERE clause: others' are simply not there. */
async function lock(tx: Tx, staff: Staff, importId: string) {
  const [row] = await tx
    .select()
    .from(imports)
    .where(and(eq(imports.id, importId), ne(imports.format, "stock"), begunBy(staff)))
    .for("update");
  if (!row) throw new ShopError("not_found", { what: "import" });
  return row;
}

/**
 * Owners have what they began themselves: an admin's file may hold goods of several shops, whichever shop gets what is
 * new in it. Imports of people are the admins'.
 */
export const begunBy = (staff: Staff): SQL | undefined =>
  staff.kind === "owner"
    ? and(eq(imports.startedBy, staff.userId), notInArray(imports.format, [...OF_PEOPLE]))
    : undefined;

const over = (from: string) => new ShopError("illegal_transition", { machine: "import", from, to: "next" });

const told = (tx: Tx, staff: Staff, action: string, row: { id: string; status: string }, status: string) =>
  audit.write(tx, staff, {
    action,
    subject: "imports",
    subjectId: row.id,
    before: { status: row.status },
    after: { status },
  });
