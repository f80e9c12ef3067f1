/** The wishlist of a guest or an account: what is saved, at which price, and the link that shares it. */
import { randomBytes } from "node:crypto";
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import type { Shopper, User } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import * as cart from "./cart";
import { type Holder, holderOf, inTx, openWishlist, rows } from "./holders";

/** Saves a variant; saving it again changes nothing. @throws ShopError not_found */
export function add(shopper: Shopper, { variantId }: { variantId: string }): Promise<void> {
  return inTx(shopper, async (tx) => {
    if (!(await put(tx, await openWishlist(tx, holderOf(shopper)), variantId))) await known(tx, variantId);
  });
}

export function remove(shopper: Shopper, { variantId }: { variantId: string }): Promise<void> {
  return inTx(shopper, async (tx) => {
    await drop(tx, await openWishlist(tx, holderOf(shopper)), variantId);
  });
}

/** Saves what is not saved and takes out what is. The lock on the wishlist keeps two presses apart. */
export function toggle(shopper: Shopper, { variantId }: { variantId: string }): Promise<{ saved: boolean }> {
  return inTx(shopper, async (tx) => {
    const wishlistId = await openWishlist(tx, holderOf(shopper));
    if (await drop(tx, wishlistId, variantId)) return { saved: false };
    if (!(await put(tx, wishlistId, variantId))) await known(tx, variantId);
    return { saved: true };
  });
}

/** One piece into the cart, out of the wishlist. @throws ShopError as `cart.add` does; it stays saved then */
export function moveToCart(shopper: Shopper, { variantId }: { variantId: string }): Promise<cart.AddedLine> {
  return inTx(shopper, async (tx) => {
    const line = await cart.add(shopper, { variantId, quantity: 1 }, tx);
    await drop(tx, await openWishlist(tx, holderOf(shopper)), variantId);
    return line;
  });
}

/** The unguessable part of the link that shares the wishlist; made once, the same ever after. */
export function share(shopper: Shopper): Promise<{ token: string }> {
  return inTx(shopper, async (tx) => {
    const wishlistId = await openWishlist(tx, holderOf(shopper));
    const token = randomBytes(18).toString("base64url");
    const [row] = await rows<{ token: string }>(
      tx,
      sql`UPDATE wishlists SET share_token = COALESCE(share_token, ${token}) WHERE id = ${wishlistId}
        RETURNING share_token AS token`,
    );
    if (!row) throw new ShopError("not_found", { what: "wishlist" });
    return row;
  });
}

/** The link stops working; sharing again makes another one. */
export function unshare(shopper: Shopper): Promise<void> {
  return inTx(shopper, async (tx) => {
    const wishlistId = await openWishlist(tx, holderOf(shopper));
    await tx.execute(sql`UPDATE wishlists SET share_token = NULL WHERE id = ${wishlistId}`);
  });
}

/** Sign-in: what the visitor saved goes into the account's wishlist, the earlier price stays. Twice changes nothing. */
export function merge(user: User, tokenHash: string, within?: Tx): Promise<void> {
  return inTx(within ?? user, async (tx) => {
    const guest: Holder = { userId: null, tokenHash };
    const [from] = await rows<{ id: string }>(
      tx,
      sql`SELECT id FROM wishlists WHERE guest_token_hash = ${guest.tokenHash} FOR UPDATE`,
    );
    if (!from) return;
    const into = await openWishlist(tx, { userId: user.userId, tokenHash: null });
    await tx.execute(sql`
      INSERT INTO wishlist_items (id, wishlist_id, variant_id, price_snapshot, created_at)
      SELECT gen_random_uuid(), ${into}, variant_id, price_snapshot, created_at FROM wishlist_items
      WHERE wishlist_id = ${from.id} ORDER BY variant_id
      ON CONFLICT (wishlist_id, variant_id) DO UPDATE SET
        price_snapshot = CASE WHEN EXCLUDED.created_at < wishlist_items.created_at
          THEN EXCLUDED.price_snapshot ELSE wishlist_items.price_snapshot END,
        created_at = LEAST(EXCLUDED.created_at, wishlist_items.created_at)`);
    // A link that was given away keeps working.
    const [old] = await rows<{ token: string | null }>(
      tx,
      sql`DELETE FROM wishlists WHERE id = ${from.id} RETURNING share_token AS token`,
    );
    await tx.execute(
      sql`UPDATE wishlists SET share_token = COALESCE(share_token, ${old?.token ?? null}) WHERE id = ${into}`,
    );
  });
}

async function put(tx: Tx, wishlistId: string, variantId: string): Promise<boolean> {
  const added = await rows(
    tx,
    sql`INSERT INTO wishlist_items (id, wishlist_id, variant_id, price_snapshot)
      SELECT ${newId()}::uuid, ${wishlistId}, v.id, v.price FROM variants v WHERE v.id = ${variantId}
      ON CONFLICT (wishlist_id, variant_id) DO NOTHING RETURNING id`,
  );
  return added.length > 0;
}

async function drop(tx: Tx, wishlistId: string, variantId: string): Promise<boolean> {
  const gone = await rows(
    tx,
    sql`DELETE FROM wishlist_items WHERE wishlist_id = ${wishlistId} AND variant_id = ${variantId} RETURNING id`,
  );
  return gone.length > 0;
}

async function known(tx: Tx, variantId: string): Promise<void> {
  const found = await rows(tx, sql`SELECT id FROM variants WHERE id = ${variantId}`);
  if (found.length === 0) throw new ShopError("not_found", { what: "product" });
}
