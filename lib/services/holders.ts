/** Whose cart and wishlist: finds or opens them by account or by the visitor's cookie, and says who may touch them. */
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { ROOM } from "@/db/pricing";
import { isTx, withTx } from "@/db/tx";
import type { Actor, Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";

/** Exactly one of the two is set, as in the tables. */
export interface Holder {
  readonly userId: string | null;
  readonly tokenHash: string | null;
}

/** @throws ShopError not_found for a guest whose browser keeps no cookie: such a guest holds nothing. */
export function holderOf(shopper: Shopper): Holder {
  if (shopper.kind !== "guest") return { userId: shopper.userId, tokenHash: null };
  if (!shopper.tokenHash) throw new ShopError("not_found", { what: "cart" });
  return { userId: null, tokenHash: shopper.tokenHash };
}

/** The holder's active cart, opened if there is none. Locks its row, so that changes of one cart follow each other. */
export async function openCart(tx: Tx, { userId, tokenHash }: Holder): Promise<string> {
  const key = userId ? sql`(user_id)` : sql`(guest_token_hash)`;
  return idOf(
    await tx.execute(sql`
      INSERT INTO carts (id, user_id, guest_token_hash) VALUES (${newId()}, ${userId}, ${tokenHash})
      ON CONFLICT ${key} WHERE status = 'active' DO UPDATE SET updated_at = shop_now(), version = carts.version + 1
      RETURNING id`),
  );
}

/** The holder's wishlist, opened if there is none. */
export async function openWishlist(tx: Tx, { userId, tokenHash }: Holder): Promise<string> {
  const key = userId ? sql`(user_id)` : sql`(guest_token_hash)`;
  return idOf(
    await tx.execute(sql`
      INSERT INTO wishlists (id, user_id, guest_token_hash) VALUES (${newId()}, ${userId}, ${tokenHash})
      ON CONFLICT ${key} DO UPDATE SET updated_at = shop_now()
      RETURNING id`),
  );
}

/** How many pieces one cart may hold of a variant: what is available, and never more than the shop allows a line. */
export const roomFor = (variant: SQL): SQL => sql`LEAST(
  (SELECT max_line_quantity FROM settings WHERE id = 1),
  (SELECT ${ROOM} FROM inventory WHERE variant_id = ${variant}))::int`;

/** Joins that leave only what is for sale; expects the variant as `v`. */
export const FOR_SALE = sql`
  JOIN products p ON p.id = v.product_id AND p.status = 'active'
  JOIN owners o ON o.id = p.owner_id AND o.is_active`;

/** What every change of a cart answers: the pieces in the whole cart, for the count in the header. */
export interface CartCount {
  readonly count: number;
}

/** Pieces in a cart. */
export async function countOf(tx: Tx, cartId: string): Promise<CartCount> {
  const [row] = await rows<CartCount>(
    tx,
    sql`SELECT COALESCE(sum(quantity), 0)::int AS count FROM cart_items WHERE cart_id = ${cartId}`,
  );
  return row ?? { count: 0 };
}

/** A `Tx` is joined, an actor opens one. */
export const inTx = <T>(who: Actor | Tx, run: (tx: Tx) => Promise<T>): Promise<T> =>
  withTx(run, isTx(who) ? { tx: who } : {});

/** The rows of a query in the shape that it names. */
export async function rows<R>(tx: Tx, query: SQL): Promise<R[]> {
  return (await tx.execute(query)) as unknown as R[];
}

function idOf(rows: unknown): string {
  const [row] = rows as { id: string }[];
  if (!row) throw new Error("an upsert answered no row");
  return row.id;
}
