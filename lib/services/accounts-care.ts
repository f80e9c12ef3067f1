/** What admins keep with a customer's account: a note that the staff alone reads, and the membership. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { newId } from "@/db/id";
import { guestNotes, membershipTiers, users } from "@/db/schema/accounts";
import { orders } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { isErased } from "@/lib/domain/erased";
import { ShopError } from "@/lib/domain/errors";
import { write } from "./audit";
import { conflictWith } from "./conflicts";

export interface CareInput {
  readonly userId: string;
  readonly version: number;
  readonly note: string;
  /** Null: no membership. */
  readonly tierId: string | null;
}

/**
 * Saves note and membership of a customer. The audit log says that the note changed, never what it says: it would
 * outlive an erased person.
 * @throws ShopError not_found, invalid_input, conflict
 */
export async function editCustomer(admin: Admin, input: CareInput): Promise<void> {
  await withTx(async (tx) => {
    const [before] = await tx
      .select()
      .from(users)
      .where(and(eq(users.id, input.userId), eq(users.role, "customer"), isNull(users.erasedAt)))
      .for("update");
    if (!before) throw new ShopError("not_found", { what: "customer" });
    if (before.version !== input.version)
      throw await conflictWith(
        tx,
        { what: "customer", subject: "users", subjectId: before.id, version: before.version },
        { note: { label: "the note", text: () => "" }, membership: "the membership" },
      );
    // Held, so that none is deleted meanwhile.
    const tiers = await tx.select().from(membershipTiers).orderBy(membershipTiers.id).for("key share");
    const nameOf = (id: string | null) => tiers.find((tier) => tier.id === id)?.name ?? null;
    if (input.tierId && !nameOf(input.tierId))
      throw new ShopError("invalid_input", { fields: { tierId: "Please choose a membership." } });
    const note = input.note.trim() || null;
    await tx
      .update(users)
      .set({ staffNote: note, membershipTierId: input.tierId, version: sql`${users.version} + 1` })
      .where(and(eq(users.id, before.id), eq(users.version, input.version)));
    const isSame = note === before.staffNote;
    await write(tx, admin, {
      // A membership by itself can be taken back; a note, whose words stand nowhere else, cannot.
      action: isSame ? "customer.membership" : "customer.edit",
      subject: "users",
      subjectId: before.id,
      before: { note: lengthOf(before.staffNote), membership: nameOf(before.membershipTierId) },
      after: {
        note: isSame ? lengthOf(note) : `${lengthOf(note)}, rewritten`,
        membership: nameOf(input.tierId),
      },
    });
  });
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
