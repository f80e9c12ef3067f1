/** Erasing an account: the person goes, everywhere; the books keep their figures under a number. */
import { and, eq, inArray, or, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { accounts, sessions, totp, users, verificationTokens } from "@/db/schema/accounts";
import { addresses } from "@/db/schema/addresses";
import { cartItems, carts } from "@/db/schema/cart";
import { checkouts } from "@/db/schema/checkout";
import { now } from "@/db/schema/columns";
import { mail, notifications } from "@/db/schema/notifications";
import { alerts, wishlists } from "@/db/schema/wishlist";
import { withTx } from "@/db/tx";
import type { User } from "@/lib/domain/actors";
import { NOWHERE } from "@/lib/domain/erased";
import { ShopError } from "@/lib/domain/errors";
import * as limits from "./limits";
import { redactOrders } from "./orders/redact";
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
  await withTx(async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, user.userId)).for("update");
    await refuseRunning(tx, user);
    await eraseAround(tx, user.userId);
    await eraseMail(tx, own);
    await removeVotes(tx, user.userId);
    await removeAll(tx, user.userId);
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
      .where(eq(users.id, user.userId));
  });
}

/** Goods or money are still on their way: nobody could be told of them. */
async function refuseRunning(tx: Tx, user: User): Promise<void> {
  const { running } = await redactOrders(tx, user, user);
  if (running > 0)
    throw new ShopError("in_use", { what: "account", by: "an order that is still on its way" });
  const [open] = await tx.execute(sql`
    SELECT FROM returns r JOIN orders o ON o.id = r.order_id
    WHERE o.user_id = ${user.userId} AND r.status IN ('requested', 'approved', 'received')
    UNION ALL SELECT FROM refunds f JOIN orders o ON o.id = f.order_id
    WHERE o.user_id = ${user.userId} AND f.status IN ('reserved', 'pending') LIMIT 1`);
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
  await tx.delete(mail).where(and(sameAddress(mail.toEmail), isProved ? undefined : byAccount));
  await tx
    .delete(alerts)
    .where(or(eq(alerts.userId, own.id), isProved ? sameAddress(alerts.email) : undefined));
}
