/** Imports: customers are taken back, unless somebody used or changed their accounts since. */
import { and, asc, eq, isNotNull, isNull, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { users } from "@/db/schema/accounts";
import { addresses } from "@/db/schema/addresses";
import { now } from "@/db/schema/columns";
import { importRows, imports } from "@/db/schema/imports";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import { CUSTOMERS } from "@/lib/domain/imports/views";
import * as audit from "@/lib/services/audit";
import { EMPTY, type Kept } from "./customers";

/** foreign_key_violation, and restrict_violation where the key says RESTRICT. */
const HELD = new Set(["23503", "23001"]);

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
  if (run.format !== CUSTOMERS)
    throw new ImportProblem("That is no import of customers: undo it under /admin/import.");
  const rows = await db
    .select({ id: importRows.id, line: importRows.line })
    .from(importRows)
    .where(and(eq(importRows.importId, importId), isNotNull(importRows.before), isNull(importRows.undo)))
    .orderBy(asc(importRows.line));
  const left: { line: number; why: string }[] = [];
  for (const { id, line } of rows) {
    const why = await undoCustomer(system, id);
    if (why) left.push({ line, why });
  }
  await db
    .update(imports)
    .set({ status: "undone", finishedAt: now as unknown as Date })
    .where(eq(imports.id, importId));
  return { undone: rows.length - left.length, left };
}

/** Takes one row back. Answers why the account stays; nothing where it is as it was. */
export async function undoCustomer(system: System, rowId: string): Promise<string | null> {
  try {
    return await withTx((tx) => undoOne(tx, system, rowId));
  } catch (error) {
    // Something of theirs is in the books, or in somebody's hands.
    if (!HELD.has(sqlState(error) ?? "")) throw error;
    const undo = "something belongs to the account by now";
    await db.update(importRows).set({ undo }).where(eq(importRows.id, rowId));
    return undo;
  }
}

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
