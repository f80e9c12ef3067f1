/** Memberships: an admin makes, changes and removes the tiers that customers are given and discounts are limited to. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { sqlState } from "@/db/failures";
import { membershipTiers, users } from "@/db/schema/accounts";
import { discounts } from "@/db/schema/discounts";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { wordsFor } from "@/lib/domain/audit";
import { checked } from "@/lib/domain/checked";
import { ShopError } from "@/lib/domain/errors";
import { type MembershipInput, membershipInput } from "@/lib/domain/memberships";
import { type Again, keysOf, madeOr } from "@/lib/services/again";
import { write, writeGone } from "@/lib/services/audit";
import { conflictWith } from "@/lib/services/conflicts";

const WORDS = wordsFor(["name", "benefit", "position"]);

/** A row as a form opened it. */
interface Opened {
  readonly id: string;
  readonly version: number;
}

/** One that was deleted comes back as `again`. @throws ShopError invalid_input, also for a name that is taken */
export function createMembership(
  admin: Admin,
  input: MembershipInput,
  again?: Again,
): Promise<{ id: string }> {
  const made = withTx(async (tx) => {
    const after = checked(membershipInput, input);
    const keys = keysOf(again);
    const { id } = keys;
    // People know it by its name, which may change: its code is told to nobody.
    await tx.insert(membershipTiers).values({ ...keys, ...after, code: id });
    await write(tx, admin, {
      action: `membership.${madeOr(again)}`,
      subject: "membership_tiers",
      subjectId: id,
      before: {},
      after,
    });
    return { id };
  });
  return withName(made);
}

/** @throws ShopError invalid_input, also for a name that is taken, conflict, not_found */
export function updateMembership(
  admin: Admin,
  { id, version, ...input }: MembershipInput & Opened,
): Promise<void> {
  const saved = withTx(async (tx) => {
    const after = checked(membershipInput, input);
    const before = await lock(tx, { id, version });
    await tx
      .update(membershipTiers)
      .set({ ...after, version: version + 1 })
      .where(eq(membershipTiers.id, id));
    await write(tx, admin, {
      action: "membership.edit",
      subject: "membership_tiers",
      subjectId: id,
      before,
      after,
    });
  });
  return withName(saved);
}

/** Removes a tier that no customer has and no discount asks for. @throws ShopError in_use, conflict, not_found */
export function removeMembership(admin: Admin, opened: Opened): Promise<void> {
  return withTx(async (tx) => {
    const before = await lock(tx, opened);
    const what = "membership";
    const members = await tx.$count(users, eq(users.membershipTierId, before.id));
    if (members > 0)
      throw new ShopError("in_use", {
        what,
        by: members === 1 ? "a customer" : `each of ${members} customers`,
      });
    const [discount] = await tx
      .select({ title: discounts.title })
      .from(discounts)
      .where(eq(discounts.membershipTierId, before.id))
      .limit(1);
    if (discount) throw new ShopError("in_use", { what, by: `the discount “${discount.title}”` });
    await tx.delete(membershipTiers).where(eq(membershipTiers.id, before.id));
    await writeGone(tx, admin, { action: "membership.delete", subject: "membership_tiers", before });
  });
}

// The lock also holds back whoever would give the tier to a customer or a discount meanwhile.
async function lock(tx: Tx, { id, version }: Opened) {
  const [row] = await tx.select().from(membershipTiers).where(eq(membershipTiers.id, id)).for("update");
  if (!row) throw new ShopError("not_found", { what: "membership" });
  if (row.version !== version)
    throw await conflictWith(
      tx,
      { what: "membership", subject: "membership_tiers", subjectId: id, version: row.version },
      WORDS,
    );
  return row;
}

/** The index over the names decides, also about two who save at once. */
async function withName<T>(run: Promise<T>): Promise<T> {
  try {
    return await run;
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    const fields = { name: "Another membership has this name." };
    throw new ShopError("invalid_input", { fields }, { cause: error });
  }
}
