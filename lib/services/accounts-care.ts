/** What admins keep with a customer's account: a note that the staff alone reads, and the membership. */
import { and, eq, isNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { guestNotes, membershipTiers, users } from "@/db/schema/accounts";
import { orders } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { isErased } from "@/lib/domain/erased";
import { ShopError } from "@/lib/domain/errors";
import { write } from "./audit";
import { conflictWith } from "./conflicts";

/** A customer as a form opened it. */
interface Opened {
  readonly userId: string;
  readonly version: number;
}

/**
 * Gives a customer a membership, or takes it: null. The log has it by its id, so that it can be taken back whatever the
 * membership is called by then.
 * @throws ShopError not_found, invalid_input, conflict
 */
export async function giveMembership(
  admin: Admin,
  { tierId, ...opened }: Opened & { tierId: string | null },
): Promise<void> {
  await withTx(async (tx) => {
    const before = await lockCustomer(tx, opened);
    // Held, so that it is not deleted meanwhile.
    const [tier] = tierId
      ? await tx.select().from(membershipTiers).where(eq(membershipTiers.id, tierId)).for("key share")
      : [];
    if (tierId && !tier)
      throw new ShopError("invalid_input", { fields: { tierId: "Please choose a membership." } });
    await tx
      .update(users)
      .set({ membershipTierId: tierId, version: before.version + 1 })
      .where(eq(users.id, before.id));
    await write(tx, admin, {
      action: "customer.membership",
      subject: "users",
      subjectId: before.id,
      before,
      after: { membershipTierId: tierId },
    });
  });
}

/**
 * Saves the staff's note on a customer. The audit log says that it changed, never what it says: it would outlive an
 * erased person. So nothing takes a note back.
 * @throws ShopError not_found, conflict
 */
export async function noteCustomer(
  admin: Admin,
  { note: typed, ...opened }: Opened & { note: string },
): Promise<void> {
  await withTx(async (tx) => {
    const before = await lockCustomer(tx, opened);
    const note = typed.trim() || null;
    await tx
      .update(users)
      .set({ staffNote: note, version: before.version + 1 })
      .where(eq(users.id, before.id));
    const isSame = note === before.staffNote;
    await write(tx, admin, {
      action: "customer.note",
      subject: "users",
      subjectId: before.id,
      before: { note: lengthOf(before.staffNote) },
      after: { note: isSame ? lengthOf(note) : `${lengthOf(note)}, rewritten` },
    });
  });
}

async function lockCustomer(tx: Tx, { userId, version }: Opened) {
  const [row] = await tx
    .select()
    .from(users)
    .where(and(eq(users.id, userId), eq(users.role, "customer"), isNull(users.erasedAt)))
    .for("update");
  if (!row) throw new ShopError("not_found", { what: "customer" });
  if (row.version === version) return row;
  const tiers = await tx.select().from(membershipTiers);
  throw await conflictWith(
    tx,
    { what: "customer", subject: "users", subjectId: row.id, version: row.version },
    {
      note: { label: "the note", text: () => "" },
      membershipTierId: {
        label: "the membership",
        text: (id) => tiers.find((tier) => tier.id === id)?.name ?? "none",
      },
    },
  );
}

export interface GuestNoteInput {
  /** Any of the guest's orders. */
  readonly orderId: string;
  /** Of the note; 0 where there was none. */
  readonly version: number;
  readonly note: string;
}

/**
 * Saves the note on somebody who orders without an account; it is kept with their address.
 * @throws ShopError not_found (also for orders of accounts), conflict
 */
export async function noteGuest(admin: Admin, input: GuestNoteInput): Promise<void> {
  await withTx(async (tx) => {
    const [order] = await tx
      .select({ email: sql<string>`lower(${orders.email})` })
      .from(orders)
      .where(and(eq(orders.id, input.orderId), isNull(orders.userId)));
    if (!order || isErased(order.email)) throw new ShopError("not_found", { what: "customer" });
    const { email } = order;
    const note = input.note.trim();
    const [made] =
      input.version === 0
        ? await tx
            .insert(guestNotes)
            .values({ id: newId(), email, note })
            .onConflictDoNothing()
            .returning({ id: guestNotes.id })
        : [];
    const [before] = await tx.select().from(guestNotes).where(eq(guestNotes.email, email)).for("update");
    if (!before) throw new ShopError("conflict", { what: "customer" });
    const row = { subject: "guest_notes", subjectId: before.id };
    if (!made && before.version !== input.version)
      throw await conflictWith(
        tx,
        { what: "customer", ...row, version: before.version },
        { note: { label: "the note", text: () => "" } },
      );
    if (!made)
      await tx
        .update(guestNotes)
        .set({ note, version: sql`${guestNotes.version} + 1` })
        .where(and(eq(guestNotes.id, before.id), eq(guestNotes.version, input.version)));
    const old = made ? null : before.note;
    await write(tx, admin, {
      action: "guest.note",
      ...row,
      before: { note: lengthOf(old) },
      after: { note: note === old ? lengthOf(note) : `${lengthOf(note)}, rewritten` },
    });
  });
}

const lengthOf = (note: string | null): string => (note ? `${note.length} characters` : "none");

/** Whose data goes out: an account's, or a guest's by one of their orders. */
export type Person = { readonly userId: string } | { readonly orderId: string };

/**
 * Writes down that an admin takes a person's data out of the shop; `typed` is the person's address, typed out. Answers
 * whose data it is.
 * @throws ShopError not_found, invalid_input
 */
export async function noteExport(
  admin: Admin,
  { person, typed }: { person: Person; typed: string },
): Promise<{ userId: string } | { guestEmail: string }> {
  return withTx(async (tx) => {
    const isAccount = "userId" in person;
    const [found] = isAccount
      ? await tx
          .select({ email: users.email })
          .from(users)
          .where(and(eq(users.id, person.userId), eq(users.role, "customer"), isNull(users.erasedAt)))
      : await tx
          .select({ email: orders.email })
          .from(orders)
          .where(and(eq(orders.id, person.orderId), isNull(orders.userId)));
    if (!found || isErased(found.email)) throw new ShopError("not_found", { what: "customer" });
    const email = found.email.toLowerCase();
    if (typed.trim().toLowerCase() !== email)
      throw new ShopError("invalid_input", {
        fields: { typed: "That is not the address of this customer." },
      });
    await write(tx, admin, {
      action: "customer.export",
      subject: isAccount ? "users" : "orders",
      subjectId: isAccount ? person.userId : person.orderId,
      before: {},
      after: { isExported: true },
    });
    return isAccount ? { userId: person.userId } : { guestEmail: email };
  });
}
