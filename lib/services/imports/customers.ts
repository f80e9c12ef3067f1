/** Imports: the customers of another shop, an account a row, whole or not at all; and taking them back. */

import { basename } from "node:path";
import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { newId } from "@/db/id";
import { users } from "@/db/schema/accounts";
import { addresses } from "@/db/schema/addresses";
import { now } from "@/db/schema/columns";
import { importRows, imports } from "@/db/schema/imports";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { type CustomerDraft, customerColumns, readCustomer } from "@/lib/domain/imports/customers";
import { insertUser } from "@/lib/services/accounts";
import * as audit from "@/lib/services/audit";
import { peek, recordsOf } from "./file";
import { begin, finish, note, type Result } from "./record";
import { Report } from "./report";

const FORMAT = "customers";

/** What an undo needs, and nothing of the person: whoever is erased must not live on in the record of an import. */
type Kept = Record<string, unknown> & {
  readonly userId: string;
  /** Of the account as the import left it. */
  readonly version: number;
  readonly isNew: boolean;
  readonly filled: readonly Fillable[];
  readonly addressId: string | null;
};

const EMPTY = { firstName: "", lastName: "", phone: null, staffNote: null } as const;
type Fillable = keyof typeof EMPTY;

class Rehearsed extends Error {
  constructor(readonly result: Result) {
    super("dry run");
  }
}

/**
 * Makes an account without a password for each customer of the file. An account that is there keeps what it has, and
 * its consent; only what is missing is filled in. Nobody is written to.
 * @throws ImportProblem where nothing can be imported at all
 */
export async function importCustomers(
  system: System,
  input: { path: string; dryRun: boolean },
  onProgress: (rows: number) => void = () => {},
): Promise<Report> {
  const { path, dryRun } = input;
  const { hash, header } = await peek(path);
  const columns = customerColumns(header);
  const importId = dryRun
    ? null
    : await begin({
        fileName: basename(path),
        fileHash: hash,
        format: FORMAT,
        ownerId: null,
        startedBy: null,
        rowsTotal: 0,
      });
  const report = new Report(importId, "", 0);
  /** The first line of each address: a repeat is told the same in a trial, which keeps nothing, as in earnest. */
  const lines = new Map<string, number>();
  let group = -1;
  try {
    for await (const { record, line } of recordsOf(path)) {
      group += 1;
      if (group === 0) continue;
      const result = await one(system, { importId, group, line, lines }, columns, record);
      report.add(result, { variants: 0, pictures: 0 });
      onProgress(group);
    }
  } catch (error) {
    if (importId) await finish(importId, "failed", report.summary()).catch(() => {});
    throw error;
  }
  if (importId) await finish(importId, "finished", report.summary());
  return report;
}

interface At {
  /** Null: a dry run. */
  readonly importId: string | null;
  readonly group: number;
  readonly line: number;
  readonly lines: Map<string, number>;
}

async function one(
  system: System,
  { importId, group, line, lines }: At,
  columns: ReturnType<typeof customerColumns>,
  record: readonly string[],
): Promise<Result> {
  const place = importId ? ({ importId, group, during: "running" } as const) : null;
  try {
    const draft = readCustomer(columns, record);
    return await withTx(async (tx) => {
      const first = lines.get(draft.email.toLowerCase());
      const result = first === undefined ? await write(tx, system, draft, line) : repeat(line, first);
      if (!place) throw new Rehearsed(result);
      await note(tx, place, result);
      return result;
    }).finally(() => lines.set(draft.email.toLowerCase(), lines.get(draft.email.toLowerCase()) ?? line));
  } catch (error) {
    if (error instanceof Rehearsed) return error.result;
    if (!(error instanceof ImportProblem)) throw error;
    const failed: Result = {
      handle: "",
      lines: [line],
      outcome: "failed",
      message: error.message,
      notes: [],
      before: null,
    };
    // The address that is none stays out of the record.
    if (place)
      await withTx((tx) => note(tx, place, { ...failed, message: "no e-mail address, or one that is none" }));
    return failed;
  }
}

const repeat = (line: number, first: number): Result => ({
  handle: "",
  lines: [line],
  outcome: "skipped",
  message: `the same address as line ${first}`,
  notes: [],
  before: null,
});

async function write(tx: Tx, system: System, draft: CustomerDraft, line: number): Promise<Result> {
  const { email, firstName, lastName, phone, marketing, staffNote, address } = draft;
  const notes = draft.notes.map((text) => ({ line, text }));
  const result = (outcome: Result["outcome"], message: string | null, before: Kept | null): Result => ({
    handle: before?.userId ?? "",
    lines: [line],
    outcome,
    message,
    notes,
    before,
  });
  const [there] = await tx
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
    .for("update");
  if (there && there.role !== "customer")
    return result("skipped", "the account of somebody who works here", null);
  const name = `${firstName} ${lastName}`.trim();
  const userId =
    there?.id ??
    (await insertUser(tx, {
      name: name || email.split("@")[0] || "",
      email,
      passwordHash: null,
      role: "customer",
    }));
  // Somebody signed up with it at this moment.
  if (!userId) return result("skipped", "an account was opened with this address at the same moment", null);
  const given = { firstName, lastName, phone, staffNote };
  const hasName = Boolean(there?.firstName || there?.lastName);
  const filled = (Object.keys(EMPTY) as Fillable[]).filter(
    (field) =>
      given[field] && !there?.[field] && !(hasName && (field === "firstName" || field === "lastName")),
  );
  const addressId =
    address && (await tx.$count(addresses, eq(addresses.userId, userId))) === 0 ? newId() : null;
  if (there && filled.length === 0 && !addressId) return result("unchanged", null, null);
  const [written] = await tx
    .update(users)
    .set({
      ...Object.fromEntries(filled.map((field) => [field, given[field]])),
      ...(there ? {} : { marketingOptIn: marketing }),
      version: sql`${users.version} + 1`,
    })
    .where(eq(users.id, userId))
    .returning({ version: users.version });
  if (address && addressId)
    await tx
      .insert(addresses)
      .values({ id: addressId, userId, ...address, isDefaultShipping: true, isDefaultBilling: true });
  await audit.write(tx, system, {
    action: "accounts.import",
    subject: "users",
    subjectId: userId,
    before: {},
    after: { isNew: !there, filled, hasAddress: addressId !== null },
  });
  const kept = { userId, version: written?.version ?? 0, isNew: !there, filled, addressId };
  return result(there ? "updated" : "created", null, kept);
}

export interface Undone {
  readonly undone: number;
  /** Lines whose accounts stay, and why. */
  readonly left: readonly { readonly line: number; readonly why: string }[];
}

/**
 * Takes an import of customers back: accounts that it made and nobody has used are gone; what it filled in elsewhere is
 * empty again, unless somebody changed the account since. Safe to repeat.
 * @throws ImportProblem where there is no such import
 */
export async function undoCustomers(system: System, importId: string): Promise<Undone> {
  const [run] = await db.select({ format: imports.format }).from(imports).where(eq(imports.id, importId));
  if (!run) throw new ImportProblem("There is no import of that number.");
  if (run.format !== FORMAT)
    throw new ImportProblem("That is no import of customers: undo it under /admin/import.");
  const rows = await db
    .select({ id: importRows.id, line: importRows.line })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), isNotNull(importRows.before), isNull(importRows.undo)))
    .orderBy(asc(importRows.line));
  const left: { line: number; why: string }[] = [];
  for (const { id, line } of rows) {
    const why = await withTx((tx) => undoOne(tx, system, id)).catch((error: unknown) => {
      // Something of theirs is in the books, or in somebody's hands.
      if (sqlState(error) !== "23503") throw error;
      return "something belongs to the account by now";
    });
    if (why) left.push({ line, why });
  }
  await db
    .update(imports)
    .set({ status: "undone", finishedAt: now as unknown as Date })
    .where(eq(imports.id, importId));
  return { undone: rows.length - left.length, left };
}

/** Answers why the account stays; nothing where it is as it was. */
async function undoOne(tx: Tx, system: System, rowId: string): Promise<string | null> {
  const [row] = await tx.select().from(importRows).where(eq(importRows.id, rowId)).for("update");
  const kept = row?.before as Kept | null | undefined;
  if (!kept || row?.undo !== null) return null;
  const [user] = await tx.select().from(users).where(eq(users.id, kept.userId)).for("update");
  const why = !user || user.erasedAt ? null : await takeBack(tx, kept, user);
  await tx
    .update(importRows)
    .set({ undo: why ?? "" })
    .where(eq(importRows.id, rowId));
  if (user && !why)
    await audit.write(tx, system, {
      action: "accounts.import_undone",
      subject: "users",
      subjectId: user.id,
      before: { isNew: kept.isNew, filled: kept.filled },
      after: {},
    });
  return why;
}

async function takeBack(tx: Tx, kept: Kept, user: typeof users.$inferSelect): Promise<string | null> {
  if (user.version !== kept.version || (user.passwordHash && kept.isNew) || (user.lastSignInAt && kept.isNew))
    return "the account was used or changed since";
  if (kept.isNew) {
    await tx.delete(users).where(eq(users.id, user.id));
    return null;
  }
  if (kept.addressId) await tx.delete(addresses).where(eq(addresses.id, kept.addressId));
  await tx
    .update(users)
    .set({
      ...Object.fromEntries(kept.filled.map((field) => [field, EMPTY[field]])),
      version: sql`${users.version} + 1`,
    })
    .where(eq(users.id, user.id));
  return null;
}
