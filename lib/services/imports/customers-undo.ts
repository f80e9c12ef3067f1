/** Imports: customers are taken back, unless somebody used or changed their accounts since. */
import { eq, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { users } from "@/db/schema/accounts";
import { addresses } from "@/db/schema/addresses";
import { importRows } from "@/db/schema/imports";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import * as audit from "@/lib/services/audit";
import { EMPTY, type Kept } from "./customers";

/** foreign_key_violation, and restrict_violation where the key says RESTRICT. */
const HELD = new Set(["23503", "23001"]);

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
