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

/** Locks the cart from which `takeBack` would take: carts come before orders in the one order of locks. */
export async function lockForTakeBack(tx: Tx, cartId: string): Promise<void> {
  await whereLinesAre(tx, cartId);
}

/**
 * A late payment revives the order: what `restore` really put back is taken out of the active cart again, once, as far
 * as it still lies there. False where that cart was ordered meanwhile: the shopper bought the things again.
 */
export async function takeBack(tx: Tx, cartId: string): Promise<boolean> {
  const at = await whereLinesAre(tx, cartId);
  if (at && at.id !== cartId && at.status !== "active") return false;
  const [taken] = await rows(
    tx,
    sql`UPDATE carts SET status = 'ordered', merged_into = NULL, updated_at = shop_now()
      WHERE id = ${cartId} AND status = 'merged' RETURNING id`,
  );
  if (!taken || !at || at.id === cartId) return true;
  await tx.execute(sql`
    DELETE FROM cart_items ci USING cart_items old
    WHERE ci.cart_id = ${at.id} AND old.cart_id = ${cartId} AND old.variant_id = ci.variant_id AND old.poured >= ci.quantity`);
  await tx.execute(sql`
    UPDATE cart_items ci SET quantity = ci.quantity - old.poured, updated_at = shop_now() FROM cart_items old
    WHERE ci.cart_id = ${at.id} AND old.cart_id = ${cartId} AND old.variant_id = ci.variant_id AND old.poured > 0`);
  await tx.execute(sql`UPDATE cart_items SET poured = 0 WHERE cart_id = ${cartId} AND poured > 0`);
  return true;
}

/** The cart in which the lines of a merged one lie by now, over sign-ins and further expiries; locked. */
async function whereLinesAre(tx: Tx, cartId: string): Promise<{ id: string; status: string } | undefined> {
  const [end] = await rows<{ id: string; status: string }>(
    tx,
    sql`WITH RECURSIVE way AS (
        SELECT id, merged_into, 0 AS step FROM carts WHERE id = ${cartId}
        UNION ALL SELECT c.id, c.merged_into, step + 1 FROM carts c JOIN way ON c.id = way.merged_into WHERE step < 50)
      SELECT id, status FROM carts WHERE id = (SELECT id FROM way ORDER BY step DESC LIMIT 1) FOR UPDATE`,
  );
  return end;
}

/** The lines stay in the old cart too, as the record of what it held. */
async function pour(tx: Tx, from: string, into: string): Promise<void> {
  await tx.execute(sql`
    WITH before AS (SELECT variant_id, quantity FROM cart_items WHERE cart_id = ${into}),
    after AS (INSERT INTO cart_items (id, cart_id, variant_id, quantity, price_snapshot, created_at, updated_at)
    SELECT gen_random_uuid(), ${into}, variant_id, quantity, price_snapshot, created_at, updated_at
    FROM cart_items WHERE cart_id = ${from} ORDER BY variant_id
    ON CONFLICT (cart_id, variant_id) DO UPDATE SET
      quantity = LEAST(cart_items.quantity + EXCLUDED.quantity,
        CASE WHEN ${roomFor(sql`EXCLUDED.variant_id`)} > 0 THEN ${roomFor(sql`EXCLUDED.variant_id`)}
          ELSE GREATEST(cart_items.quantity, EXCLUDED.quantity) END),
      price_snapshot = CASE WHEN EXCLUDED.updated_at > cart_items.updated_at
        THEN EXCLUDED.price_snapshot ELSE cart_items.price_snapshot END,
      updated_at = GREATEST(cart_items.updated_at, EXCLUDED.updated_at)
    RETURNING variant_id, quantity)
    UPDATE cart_items old SET poured = LEAST(old.quantity, GREATEST(0, after.quantity - COALESCE(before.quantity, 0)))
    FROM after LEFT JOIN before USING (variant_id)
    WHERE old.cart_id = ${from} AND old.variant_id = after.variant_id`);
  await tx.execute(sql`UPDATE carts SET merged_into = ${into} WHERE id = ${from}`);
  await tx.execute(sql`
    UPDATE carts c SET discount_code = COALESCE(c.discount_code, old.discount_code),
      reminder_consent_at = COALESCE(c.reminder_consent_at, old.reminder_consent_at),
      reminded_at = COALESCE(c.reminded_at, old.reminded_at),
      estimate_country = COALESCE(c.estimate_country, old.estimate_country),
      estimate_region = CASE WHEN c.estimate_country IS NULL THEN old.estimate_region ELSE c.estimate_region END
    FROM carts old WHERE c.id = ${into} AND old.id = ${from}`);
  // Who signs in during the checkout goes on where they were.
  await tx.execute(sql`
    UPDATE checkouts SET cart_id = ${into}, updated_at = shop_now()
    WHERE cart_id = ${from} AND status = 'open'
      AND NOT EXISTS (SELECT FROM checkouts other WHERE other.cart_id = ${into} AND other.status = 'open')`);
}
