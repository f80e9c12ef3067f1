/** Erasing an account: the person goes, everywhere; the books keep their figures under a number. */
import { and, eq, inArray, isNull, or, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { accounts, guestNotes, sessions, totp, users, verificationTokens } from "@/db/schema/accounts";
import { addresses } from "@/db/schema/addresses";
import { cartItems, carts } from "@/db/schema/cart";
import { checkouts } from "@/db/schema/checkout";
import { now } from "@/db/schema/columns";
import { mail, notifications } from "@/db/schema/notifications";
import { orders } from "@/db/schema/orders";
import { alerts, wishlists } from "@/db/schema/wishlist";
import { withTx } from "@/db/tx";
import type { Admin, User } from "@/lib/domain/actors";
import { isErased, NOWHERE } from "@/lib/domain/erased";
import { ShopError } from "@/lib/domain/errors";
import * as audit from "./audit";
import { eraseFormerOrders } from "./former-orders";
import * as limits from "./limits";
import { type Buyer, ordersOf, redactOrders } from "./orders/redact";
import * as passwords from "./passwords";
import { removeVotes } from "./reviews/vote";
import { removeAll } from "./reviews/write";

const TRIES = { limit: 8, seconds: 900 };

/**
 * Erases one's own account and ends all its sessions. What proves that it is meant is the password or, where the
 * account has none, its address typed out.
 * @throws ShopError `invalid_input` for a wrong proof, `in_use` while an order or a return runs and for accounts that
 * sell or run the shop, `too_many`.
 */
export async function erase(user: User, { proof }: { proof: string }): Promise<void> {
  await limits.take(`password:${user.userId}`, TRIES);
  if (user.kind !== "customer") throw new ShopError("in_use", { what: "account", by: "the back office" });
  const [own] = await db.select().from(users).where(eq(users.id, user.userId));
  if (!own || own.erasedAt) throw new ShopError("not_found", { what: "account" });
  const isRight = own.passwordHash
    ? await passwords.verify(own.passwordHash, proof)
    : proof.trim().toLowerCase() === own.email.toLowerCase();
  if (!isRight)
    throw new ShopError("invalid_input", {
      fields: {
        proof: own.passwordHash ? "That is not your password." : "That is not your address.",
      },
    });
  await withTx((tx) => eraseUser(tx, user, own));
}

/**
 * Erases a customer who asked for it, in an admin's hands; `typed` is their address, typed out. What it did is on the
 * audit log, the person is not.
 * @throws ShopError not_found, `invalid_input` for a wrong address, `in_use` as `erase`.
 */
export async function eraseFor(
  admin: Admin,
  { userId, typed }: { userId: string; typed: string },
): Promise<void> {
  await withTx(async (tx) => {
    const [own] = await tx
      .select()
      .from(users)
      .where(and(eq(users.id, userId), eq(users.role, "customer"), isNull(users.erasedAt)));
    if (!own) throw new ShopError("not_found", { what: "customer" });
    requireTyped(typed, own.email);
    await eraseUser(tx, admin, own);
    await writeErased(tx, admin, { subject: "users", subjectId: userId });
  });
}

/**
 * The same for a guest: all orders by the address of one of them, what was written to it, and what it waits for.
 * @throws ShopError as `eraseFor`
 */
export async function eraseGuest(
  admin: Admin,
  { orderId, typed }: { orderId: string; typed: string },
): Promise<void> {
  await withTx(async (tx) => {
    const [order] = await tx
      .select({ email: sql<string>`lower(${orders.email})` })
      .from(orders)
      .where(and(eq(orders.id, orderId), isNull(orders.userId)));
    if (!order || isErased(order.email)) throw new ShopError("not_found", { what: "customer" });
    requireTyped(typed, order.email);
    const { email: guestEmail } = order;
    await refuseRunning(tx, admin, { guestEmail });
    const ofGuests = tx.select({ id: carts.id }).from(carts).where(isNull(carts.userId));
    await tx
      .update(checkouts)
      .set({ email: null, shippingAddress: null, billingAddress: null, note: null })
      .where(and(sql`lower(${checkouts.email}) = ${guestEmail}`, inArray(checkouts.cartId, ofGuests)));
    await tx.delete(guestNotes).where(eq(guestNotes.email, guestEmail));
    const isAccounts = (await tx.$count(users, sql`lower(${users.email}) = ${guestEmail}`)) > 0;
    if (!isAccounts) await eraseFormerOrders(tx, guestEmail);
    await tx.delete(alerts).where(and(isNull(alerts.userId), sql`lower(${alerts.email}) = ${guestEmail}`));
    // An account on the same address has mail of its own.
    await tx
      .delete(mail)
      .where(
        sql`lower(${mail.toEmail}) = ${guestEmail} AND NOT EXISTS (SELECT FROM users WHERE lower(users.email) = ${guestEmail})`,
      );
    await writeErased(tx, admin, { subject: "orders", subjectId: orderId });
  });
}

function requireTyped(typed: string, email: string): void {
  if (typed.trim().toLowerCase() !== email.toLowerCase())
    throw new ShopError("invalid_input", { fields: { typed: "That is not the address of this customer." } });
}

const writeErased = (tx: Tx, admin: Admin, of: { subject: string; subjectId: string }) =>
  audit.write(tx, admin, {
    ...of,
    action: "customer.erase",
    before: { isErased: false },
    after: { isErased: true },
  });

async function eraseUser(tx: Tx, actor: User, own: typeof users.$inferSelect): Promise<void> {
  const userId = own.id;
  await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for("update");
  await refuseRunning(tx, actor, { userId });
  await eraseAround(tx, userId);
  await eraseMail(tx, own);
  // As with mail: an account can be opened on anybody's address. An admin has seen to it that it is theirs.
  if (own.emailVerifiedAt || actor.kind === "admin") await eraseFormerOrders(tx, own.email);
  await removeVotes(tx, userId);
  await removeAll(tx, userId);
  await tx
    .update(users)
    .set({
      email: `${newId()}${NOWHERE}`,
      username: `erased-${newId().replaceAll("-", "")}`,
      passwordHash: null,
      firstName: "",
      lastName: "",
      phone: null,
      image: null,
      membershipTierId: null,
      isActive: false,
      emailVerifiedAt: null,
      marketingOptIn: false,
      staffNote: null,
      erasedAt: now as unknown as Date,
      version: sql`${users.version} + 1`,
    })
    .where(eq(users.id, userId));
}

/** Goods or money are still on their way: nobody could be told of them. */
async function refuseRunning(tx: Tx, actor: User, whose: Buyer): Promise<void> {
  // Named before they are redacted: a guest's orders are nobody's afterwards.
  const mine = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(ordersOf(whose))
    .orderBy(orders.id)
    .for("update");
  const { running } = await redactOrders(tx, actor, whose);
  if (running > 0)
    throw new ShopError("in_use", { what: "account", by: "an order that is still on its way" });
  if (mine.length === 0) return;
  const ids = sql.join(
    mine.map(({ id }) => sql`${id}::uuid`),
    sql`, `,
  );
  const [open] = await tx.execute(sql`
    SELECT FROM returns WHERE order_id IN (${ids}) AND status IN ('requested', 'approved', 'received')
    UNION ALL SELECT FROM refunds WHERE order_id IN (${ids}) AND status IN ('reserved', 'pending') LIMIT 1`);
  if (open) throw new ShopError("in_use", { what: "account", by: "a return or refund that is not finished" });
}

async function eraseAround(tx: Tx, userId: string): Promise<void> {
  const mine = tx.select({ id: carts.id }).from(carts).where(eq(carts.userId, userId));
  await tx
    .update(checkouts)
    .set({ email: null, shippingAddress: null, billingAddress: null, note: null })
    .where(inArray(checkouts.cartId, mine));
  await tx.delete(cartItems).where(inArray(cartItems.cartId, mine));
  await tx.update(carts).set({ estimateCountry: null, estimateRegion: null }).where(eq(carts.userId, userId));
  for (const table of [addresses, wishlists, notifications, accounts, sessions, verificationTokens, totp])
    await tx.delete(table).where(eq(table.userId, userId));
}

/** An account can be opened on anybody's address: only who proved it has a say in what else was written there. */
async function eraseMail(
  tx: Tx,
  own: { id: string; email: string; emailVerifiedAt: Date | null },
): Promise<void> {
  const sameAddress = (column: typeof mail.toEmail | typeof alerts.email) =>
    sql`lower(${column}) = ${own.email.toLowerCase()}`;
  const byAccount = sql`(${mail.template} IN ('welcome', 'verify_email', 'reset_password', 'staff_invited')
    OR ${mail.data} ->> 'alertId' IN (SELECT id::text FROM alerts WHERE user_id = ${own.id})
    OR ${mail.data} ->> 'cartId' IN (SELECT id::text FROM carts WHERE user_id = ${own.id}))`;
  const isProved = own.emailVerifiedAt !== null;
  if (isProved) await tx.delete(guestNotes).where(eq(guestNotes.email, own.email.toLowerCase()));
  await tx.delete(mail).where(and(sameAddress(mail.toEmail), isProved ? undefined : byAccount));
  await tx
    .delete(alerts)
    .where(or(eq(alerts.userId, own.id), isProved ? sameAddress(alerts.email) : undefined));
}
