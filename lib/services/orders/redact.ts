/** Erases who bought: e-mail, addresses and notes of finished orders; what the books need stays as it was. */
import { and, eq, inArray, ne, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { checkouts } from "@/db/schema/checkout";
import { discountRedemptions } from "@/db/schema/discounts";
import { mail } from "@/db/schema/notifications";
import { orderAddresses, orders } from "@/db/schema/orders";
import { returns } from "@/db/schema/returns";
import type { Actor } from "@/lib/domain/actors";
import { isErased, NOWHERE } from "@/lib/domain/erased";
import type { Order } from "./access";
import { record } from "./transition";

/** What stands where a name, a street or a town stood; the database lets an address change to this alone. */
export const ERASED = "[erased]";

/** A running order still needs its address. */
const FINISHED: Order["status"][] = ["delivered", "completed", "cancelled"];

/** An account, or a guest by the address that was given. */
export type Buyer = { readonly userId: string } | { readonly guestEmail: string };

/** The orders of somebody; an order of a guest belongs to no account. */
export const ordersOf = (whose: Buyer): SQL =>
  "userId" in whose
    ? sql`${orders.userId} = ${whose.userId}`
    : sql`(${orders.userId} IS NULL AND lower(${orders.email}) = ${whose.guestEmail.toLowerCase()})`;

/**
 * Erases the personal data of somebody's finished orders, in the transaction that erases the account. Sums, lines,
 * country and region stay: books and taxes need them. Answers how many were erased and how many still run, which the
 * caller erases once they are finished. Doing it twice changes nothing.
 */
export async function redactOrders(
  tx: Tx,
  actor: Actor,
  whose: Buyer,
): Promise<{ erased: number; running: number }> {
  const mine = await tx
    .select({ id: orders.id, status: orders.status, email: orders.email })
    .from(orders)
    .where(ordersOf(whose))
    .orderBy(orders.id)
    .for("update");
  const finished = mine.filter(({ status }) => FINISHED.includes(status));
  const due = finished.filter(({ email }) => !isErased(email));
  for (const order of due) {
    await tx
      .update(orders)
      .set({ email: nobody(), note: null, cancelNote: null, guestTokenHash: null })
      .where(eq(orders.id, order.id));
    await record(tx, actor, { orderId: order.id, kind: "erased" });
  }
  const ids = due.map(({ id }) => id);
  if (ids.length > 0) await eraseAround(tx, ids);
  return { erased: due.length, running: mine.length - finished.length };
}

/** Not one placeholder for all: number and e-mail together open an order. */
const nobody = () => `${newId()}${NOWHERE}`;

async function eraseAround(tx: Tx, orderIds: string[]): Promise<void> {
  await tx
    .update(orderAddresses)
    .set({
      name: ERASED,
      line1: ERASED,
      city: ERASED,
      company: null,
      line2: null,
      postalCode: null,
      phone: null,
    })
    .where(and(inArray(orderAddresses.orderId, orderIds), ne(orderAddresses.name, ERASED)));
  await tx
    .update(checkouts)
    .set({ email: null, shippingAddress: null, billingAddress: null, note: null })
    .where(
      inArray(
        checkouts.id,
        tx.select({ id: orders.checkoutId }).from(orders).where(inArray(orders.id, orderIds)) as never,
      ),
    );
  // What shoppers wrote, and whatever was written to them or about them: names stand in it.
  await tx.update(returns).set({ note: null }).where(inArray(returns.orderId, orderIds));
  await tx.delete(mail).where(inArray(mail.orderId, orderIds));
  await tx
    .update(discountRedemptions)
    .set({ email: sql`gen_random_uuid()::text || ${NOWHERE}` })
    .where(inArray(discountRedemptions.orderId, orderIds));
}
