/** The cart: lines that tell what is available, nothing reserved; one statement decides about each change. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import type { Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { canonicalRegion } from "@/lib/domain/regions";
import {
  type CartCount,
  countOf,
  FOR_SALE,
  holderOf,
  inTx,
  openCart,
  openWishlist,
  roomFor,
  rows,
} from "./holders";

export { lockForRestore, lockForTakeBack, merge, restore, takeBack } from "./cart-merge";

export interface AddedLine extends CartCount {
  readonly itemId: string;
  readonly variantId: string;
  readonly name: string;
  readonly variantTitle: string;
  readonly slug: string;
  readonly sku: string;
  /** Minor units. */
  readonly price: number;
  /** Pieces of it now in the cart. */
  readonly quantity: number;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
}

/** What puts a removed line back; holds no price, so that it may travel through the browser. */
export interface RemovedLine extends CartCount {
  readonly variantId: string;
  readonly quantity: number;
  readonly name: string;
}

/**
 * Puts pieces of a variant into the cart; what lies there already counts.
 * @throws ShopError sold_out (with what is available), quantity_limit, unavailable, not_found
 */
export function add(
  shopper: Shopper,
  input: { variantId: string; quantity: number },
  within?: Tx,
): Promise<AddedLine> {
  return inTx(within ?? shopper, async (tx) => {
    const cartId = await openCart(tx, holderOf(shopper));
    // One statement decides and tells what was added; it does not see its own line, so that one is added to the count.
    const [line] = await rows<AddedLine>(
      tx,
      sql`WITH line AS (
          INSERT INTO cart_items (id, cart_id, variant_id, quantity, price_snapshot)
          SELECT ${newId()}::uuid, ${cartId}, v.id, ${input.quantity}, v.price FROM variants v ${FOR_SALE}
          WHERE v.id = ${input.variantId} AND v.is_active AND ${input.quantity} <= ${roomFor(sql`v.id`)}
          ON CONFLICT (cart_id, variant_id) DO UPDATE
          SET quantity = cart_items.quantity + EXCLUDED.quantity, price_snapshot = EXCLUDED.price_snapshot, updated_at = shop_now()
          WHERE cart_items.quantity + EXCLUDED.quantity <= ${roomFor(sql`EXCLUDED.variant_id`)}
          RETURNING id, variant_id, quantity, price_snapshot
        )
        SELECT line.id AS "itemId", line.variant_id AS "variantId", line.quantity, line.price_snapshot::float8 AS price,
          p.name, v.title AS "variantTitle", p.slug, v.sku, img.key AS "imageKey", img.backdrop AS "imageBackdrop",
          (line.quantity + COALESCE((SELECT sum(ci.quantity) FROM cart_items ci
            WHERE ci.cart_id = ${cartId} AND ci.variant_id <> line.variant_id), 0))::int AS count
        FROM line JOIN variants v ON v.id = line.variant_id JOIN products p ON p.id = v.product_id
        LEFT JOIN LATERAL (
          SELECT key, backdrop FROM product_images pi WHERE pi.product_id = p.id
          ORDER BY (pi.option_value_id IN (SELECT option_value_id FROM variant_option_values WHERE variant_id = v.id)) IS TRUE DESC,
            pi.is_primary DESC, pi.position LIMIT 1) img ON true`,
    );
    if (!line) throw await refusal(tx, cartId, input);
    return line;
  });
}

/**
 * Sets the pieces of a line; 0 removes it. Fewer is always possible, more only up to what is available.
 * @throws ShopError sold_out, quantity_limit, unavailable, not_found
 */
export function setQuantity(
  shopper: Shopper,
  { itemId, quantity }: { itemId: string; quantity: number },
): Promise<CartCount> {
  if (quantity === 0) return remove(shopper, { itemId });
  return inTx(shopper, async (tx) => {
    const cartId = await openCart(tx, holderOf(shopper));
    const [line] = await rows(
      tx,
      sql`UPDATE cart_items ci SET quantity = ${quantity}, updated_at = shop_now()
        WHERE ci.id = ${itemId} AND ci.cart_id = ${cartId}
          AND (${quantity} <= ci.quantity OR ${quantity} <= ${roomFor(sql`ci.variant_id`)})
        RETURNING ci.id`,
    );
    if (line) return countOf(tx, cartId);
    const [kept] = await rows<{ variantId: string }>(
      tx,
      sql`SELECT variant_id AS "variantId" FROM cart_items WHERE id = ${itemId} AND cart_id = ${cartId}`,
    );
    if (!kept) throw new ShopError("not_found", { what: "line" });
    throw await refusal(tx, cartId, { variantId: kept.variantId, quantity }, "set");
  });
}

/** Takes a line out and answers what puts it back. @throws ShopError not_found */
export function remove(shopper: Shopper, { itemId }: { itemId: string }): Promise<RemovedLine> {
  return inTx(shopper, async (tx) => {
    const cartId = await openCart(tx, holderOf(shopper));
    const line = await take(tx, cartId, itemId);
    return { ...line, ...(await countOf(tx, cartId)) };
  });
}

/** Puts a removed line back at the live price, as many as there are. Doing it twice changes nothing. */
export function undoRemove(
  shopper: Shopper,
  { variantId, quantity }: { variantId: string; quantity: number },
  within?: Tx,
): Promise<CartCount> {
  return inTx(within ?? shopper, async (tx) => {
    const cartId = await openCart(tx, holderOf(shopper));
    // A line that is sold out meanwhile comes back too: it stands in the cart, marked.
    await tx.execute(sql`
      INSERT INTO cart_items (id, cart_id, variant_id, quantity, price_snapshot)
      SELECT ${newId()}::uuid, ${cartId}, v.id, LEAST(${quantity}::int, GREATEST(1, ${roomFor(sql`v.id`)})), v.price
      FROM variants v WHERE v.id = ${variantId}
      ON CONFLICT (cart_id, variant_id) DO UPDATE
      SET quantity = GREATEST(cart_items.quantity, EXCLUDED.quantity), updated_at = shop_now()`);
    return countOf(tx, cartId);
  });
}

/** Moves a line to the wishlist; `isNew` where it was not on it before. @throws ShopError not_found */
export function saveForLater(
  shopper: Shopper,
  { itemId }: { itemId: string },
): Promise<RemovedLine & { readonly isNew: boolean }> {
  return inTx(shopper, async (tx) => {
    const holder = holderOf(shopper);
    const cartId = await openCart(tx, holder);
    const line = await take(tx, cartId, itemId);
    const wishlistId = await openWishlist(tx, holder);
    const added = await rows(
      tx,
      sql`INSERT INTO wishlist_items (id, wishlist_id, variant_id, price_snapshot)
        SELECT ${newId()}::uuid, ${wishlistId}, v.id, v.price FROM variants v WHERE v.id = ${line.variantId}
        ON CONFLICT (wishlist_id, variant_id) DO NOTHING RETURNING id`,
    );
    return { ...line, isNew: added.length > 0, ...(await countOf(tx, cartId)) };
  });
}

/** Takes that back: the pieces into the cart, and off the wishlist where they were new on it. Twice changes nothing. */
export function undoSave(
  shopper: Shopper,
  { variantId, quantity, isNew }: { variantId: string; quantity: number; isNew: boolean },
): Promise<CartCount> {
  return inTx(shopper, async (tx) => {
    const count = await undoRemove(shopper, { variantId, quantity }, tx);
    if (isNew) {
      const wishlistId = await openWishlist(tx, holderOf(shopper));
      await tx.execute(
        sql`DELETE FROM wishlist_items WHERE wishlist_id = ${wishlistId} AND variant_id = ${variantId}`,
      );
    }
    return count;
  });
}

/**
 * The shopper has seen what changed: snapshots become the live prices, and lines that ask for more than there is
 * are cut to what there is. Sold-out and withdrawn lines stay as they are, marked.
 */
export function acceptChanges(shopper: Shopper): Promise<CartCount> {
  return inTx(shopper, async (tx) => {
    const cartId = await openCart(tx, holderOf(shopper));
    await tx.execute(sql`
      UPDATE cart_items ci
      SET price_snapshot = v.price, quantity = LEAST(ci.quantity, GREATEST(1, ${roomFor(sql`v.id`)})), updated_at = shop_now()
      FROM variants v WHERE v.id = ci.variant_id AND ci.cart_id = ${cartId}
        AND (ci.price_snapshot <> v.price OR ci.quantity > ${roomFor(sql`v.id`)})`);
    return countOf(tx, cartId);
  });
}

/** Keeps a discount code with the cart. Whether it holds, and why not, is told by the quote. */
export async function applyCode(shopper: Shopper, { code }: { code: string }): Promise<void> {
  await keep(shopper, sql`discount_code = ${code.trim().toUpperCase()}`);
}

export async function removeCode(shopper: Shopper): Promise<void> {
  await keep(shopper, sql`discount_code = NULL`);
}

/** Keeps where the cost estimate is for, before any address is told. */
export async function setEstimate(
  shopper: Shopper,
  { country, region }: { country: string; region?: string | undefined },
): Promise<void> {
  const known = region ? (canonicalRegion(country, region) ?? region) : null;
  await keep(shopper, sql`estimate_country = ${country}, estimate_region = ${known}`);
}

async function keep(shopper: Shopper, change: ReturnType<typeof sql>): Promise<void> {
  await inTx(shopper, async (tx) => {
    const cartId = await openCart(tx, holderOf(shopper));
    await tx.execute(sql`UPDATE carts SET ${change} WHERE id = ${cartId}`);
  });
}

async function take(tx: Tx, cartId: string, itemId: string) {
  const [line] = await rows<{ variantId: string; quantity: number; name: string }>(
    tx,
    sql`DELETE FROM cart_items ci USING variants v JOIN products p ON p.id = v.product_id
      WHERE ci.id = ${itemId} AND ci.cart_id = ${cartId} AND v.id = ci.variant_id
      RETURNING ci.variant_id AS "variantId", ci.quantity, p.name`,
  );
  if (!line) throw new ShopError("not_found", { what: "line" });
  return line;
}

/** Says why a change was refused. It only explains: the statement before has decided. */
async function refusal(
  tx: Tx,
  cartId: string,
  { variantId, quantity }: { variantId: string; quantity: number },
  how: "add" | "set" = "add",
): Promise<ShopError> {
  const [row] = await rows<{ name: string; forSale: boolean; room: number; most: number; inCart: number }>(
    tx,
    sql`SELECT p.name || CASE v.title WHEN '' THEN '' ELSE ' (' || v.title || ')' END AS name,
        (v.is_active AND p.status = 'active' AND o.is_active) AS "forSale", ${roomFor(sql`v.id`)} AS room,
        (SELECT max_line_quantity FROM settings WHERE id = 1) AS most,
        COALESCE((SELECT ci.quantity FROM cart_items ci WHERE ci.cart_id = ${cartId} AND ci.variant_id = v.id), 0) AS "inCart"
      FROM variants v JOIN products p ON p.id = v.product_id JOIN owners o ON o.id = p.owner_id WHERE v.id = ${variantId}`,
  );
  if (!row) return new ShopError("not_found", { what: "product" });
  if (!row.forSale) return new ShopError("unavailable", { what: row.name });
  if (row.room >= row.most) return new ShopError("quantity_limit", { max: row.most });
  const requested = how === "add" ? row.inCart + quantity : quantity;
  const line = { variantId, name: row.name, requested, available: Math.max(0, row.room) };
  return new ShopError("sold_out", { lines: [line] });
}

/** Pieces in the active cart; 0 where there is none. */
export function count(shopper: Shopper): Promise<CartCount> {
  return inTx(shopper, async (tx) => countOf(tx, await openCart(tx, holderOf(shopper))));
}
