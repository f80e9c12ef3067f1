/** What happens when two carts become one: at sign-in, when an order expires, and back when it is revived. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { User } from "@/lib/domain/actors";
import { type CartCount, countOf, type Holder, inTx, openCart, roomFor, rows } from "./holders";

/**
 * Sign-in: the visitor's cart goes into the account's. Quantities add up to what is available, the fresher price
 * snapshot wins, nothing is lost. The visitor's cart is `merged` then, so that a second time changes nothing.
 */
export function merge(user: User, tokenHash: string, within?: Tx): Promise<CartCount> {
  return inTx(within ?? user, async (tx) => {
    const [from] = await rows<{ id: string }>(
      tx,
      sql`UPDATE carts SET status = 'merged', updated_at = shop_now()
        WHERE guest_token_hash = ${tokenHash} AND status = 'active' RETURNING id`,
    );
    const into = await openCart(tx, { userId: user.userId, tokenHash: null });
    // A cart that is an unpaid order now comes back to the account, should the order expire.
    await tx.execute(sql`
      UPDATE carts SET user_id = ${user.userId}, guest_token_hash = NULL, updated_at = shop_now()
      WHERE guest_token_hash = ${tokenHash} AND status = 'ordered'`);
    if (from) await pour(tx, from.id, into);
    return countOf(tx, into);
  });
}

/** Locks the cart into which `restore` would pour: carts come before orders in the one order of locks. */
export async function lockForRestore(tx: Tx, cartId: string): Promise<void> {
  const [holder] = await rows<Holder>(
    tx,
    sql`SELECT user_id AS "userId", guest_token_hash AS "tokenHash" FROM carts WHERE id = ${cartId} AND status = 'ordered'`,
  );
  if (holder) await openCart(tx, holder);
}

/** An order expired: what its cart held goes back into the holder's active cart, once. */
export async function restore(tx: Tx, cartId: string): Promise<void> {
  const [from] = await rows<Holder>(
    tx,
    sql`UPDATE carts SET status = 'merged', updated_at = shop_now() WHERE id = ${cartId} AND status = 'ordered'
      RETURNING user_id AS "userId", guest_token_hash AS "tokenHash"`,
  );
  if (from) await pour(tx, cartId, await openCart(tx, from));
}

/** A late payment revived the order: what `restore` had put back is taken out of the active cart again, once. */
export async function takeBack(tx: Tx, cartId: string): Promise<void> {
  const [from] = await rows<Holder>(
    tx,
    sql`UPDATE carts SET status = 'ordered', updated_at = shop_now() WHERE id = ${cartId} AND status = 'merged'
      RETURNING user_id AS "userId", guest_token_hash AS "tokenHash"`,
  );
  if (!from) return;
  const active = await openCart(tx, from);
  await tx.execute(sql`
    DELETE FROM cart_items ci USING cart_items old
    WHERE ci.cart_id = ${active} AND old.cart_id = ${cartId} AND old.variant_id = ci.variant_id AND old.quantity >= ci.quantity`);
  await tx.execute(sql`
    UPDATE cart_items ci SET quantity = ci.quantity - old.quantity, updated_at = shop_now() FROM cart_items old
    WHERE ci.cart_id = ${active} AND old.cart_id = ${cartId} AND old.variant_id = ci.variant_id`);
}

/** The lines stay in the old cart too, as the record of what it held. */
async function pour(tx: Tx, from: string, into: string): Promise<void> {
  await tx.execute(sql`
    INSERT INTO cart_items (id, cart_id, variant_id, quantity, price_snapshot, created_at, updated_at)
    SELECT gen_random_uuid(), ${into}, variant_id, quantity, price_snapshot, created_at, updated_at
    FROM cart_items WHERE cart_id = ${from} ORDER BY variant_id
    ON CONFLICT (cart_id, variant_id) DO UPDATE SET
      quantity = LEAST(cart_items.quantity + EXCLUDED.quantity,
        CASE WHEN ${roomFor(sql`EXCLUDED.variant_id`)} > 0 THEN ${roomFor(sql`EXCLUDED.variant_id`)}
          ELSE GREATEST(cart_items.quantity, EXCLUDED.quantity) END),
      price_snapshot = CASE WHEN EXCLUDED.updated_at > cart_items.updated_at
        THEN EXCLUDED.price_snapshot ELSE cart_items.price_snapshot END,
      updated_at = GREATEST(cart_items.updated_at, EXCLUDED.updated_at)`);
  await tx.execute(sql`
    UPDATE carts c SET discount_code = COALESCE(c.discount_code, old.discount_code),
      estimate_country = COALESCE(c.estimate_country, old.estimate_country),
      estimate_region = CASE WHEN c.estimate_country IS NULL THEN old.estimate_region ELSE c.estimate_region END
    FROM carts old WHERE c.id = ${into} AND old.id = ${from}`);
  // Who signs in during the checkout goes on where they were.
  await tx.execute(sql`
    UPDATE checkouts SET cart_id = ${into}, updated_at = shop_now()
    WHERE cart_id = ${from} AND status = 'open'
      AND NOT EXISTS (SELECT FROM checkouts other WHERE other.cart_id = ${into} AND other.status = 'open')`);
}
