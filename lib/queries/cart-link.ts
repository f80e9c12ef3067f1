/** What a signed link to a cart shows: its goods, and whether this browser can take it over. Never cached. */
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { isCartKey } from "@/lib/cart-key";
import type { Shopper } from "@/lib/domain/actors";
import { findCart } from "./cart";

export interface LinkedCart {
  /** mine: this browser's own · account: opens after signing in · open: can be taken over. */
  readonly state: "mine" | "account" | "open";
  readonly items: readonly LinkedItem[];
}

interface LinkedItem extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly variantTitle: string;
  readonly quantity: number;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
}

/** The cart of a link; null for a wrong one, and for a cart that is empty, ordered or part of another one. */
export async function getLinkedCart(
  shopper: Shopper,
  cartId: unknown,
  key: unknown,
): Promise<LinkedCart | null> {
  if (!isCartLink(cartId, key)) return null;
  const [mine, carts, items] = await Promise.all([
    findCart(shopper),
    db.execute<{ isAccount: boolean; mergedInto: string | null; status: string }>(sql`
      SELECT user_id IS NOT NULL AS "isAccount", merged_into AS "mergedInto", status FROM carts WHERE id = ${cartId}`),
    db.execute<LinkedItem>(sql`
      SELECT ci.id, p.name, v.title AS "variantTitle", ci.quantity, img.key AS "imageKey", img.backdrop AS "imageBackdrop"
      FROM cart_items ci JOIN variants v ON v.id = ci.variant_id JOIN products p ON p.id = v.product_id
      LEFT JOIN LATERAL (
        SELECT key, backdrop FROM product_images pi WHERE pi.product_id = p.id
        ORDER BY (pi.option_value_id IN (SELECT option_value_id FROM variant_option_values WHERE variant_id = v.id)) IS TRUE DESC,
          pi.is_primary DESC, pi.position LIMIT 1) img ON true
      WHERE ci.cart_id = ${cartId} ORDER BY ci.created_at, ci.id`),
  ]);
  const cart = carts[0];
  if (!cart || items.length === 0) return null;
  if (mine && (mine.id === cartId || mine.id === cart.mergedInto))
    return { state: "mine", items: [...items] };
  if (cart.status !== "active") return null;
  return { state: cart.isAccount ? "account" : "open", items: [...items] };
}

/** Whether an id and a key belong together. */
export function isCartLink(cartId: unknown, key: unknown): cartId is string {
  return (
    typeof cartId === "string" &&
    typeof key === "string" &&
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cartId) &&
    isCartKey(cartId, key)
  );
}
