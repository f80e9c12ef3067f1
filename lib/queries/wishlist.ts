/** What wishlist pages show: live prices against the saved ones, and stock. Never cached. */
import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { ROOM } from "@/db/pricing";
import type { Shopper } from "@/lib/domain/actors";

export interface WishlistItem extends Record<string, unknown> {
  readonly variantId: string;
  readonly name: string;
  readonly variantTitle: string;
  readonly slug: string;
  readonly sku: string;
  /** Minor units. */
  readonly price: number;
  /** What it cost when it was saved, in minor units. */
  readonly priceSnapshot: number;
  /** Items that can be bought now; on backorder what may still be owed counts, too. */
  readonly available: number;
  readonly lowStockThreshold: number;
  readonly isForSale: boolean;
  /** When it came back, where it was sold out meanwhile and that is no old news. */
  readonly backAt: Date | null;
  readonly imageKey: string | null;
  readonly imageAlt: string | null;
  readonly imageBackdrop: string | null;
}

export interface WishlistView {
  readonly items: readonly WishlistItem[];
  readonly shareToken: string | null;
  readonly currency: string;
  readonly timeZone: string;
}

/** The shopper's own wishlist; empty where there is none. */
export async function getWishlist(shopper: Shopper): Promise<WishlistView> {
  if (shopper.kind === "guest" && !shopper.tokenHash) return read(sql`false`);
  return read(
    shopper.kind === "guest"
      ? sql`w.guest_token_hash = ${shopper.tokenHash}`
      : sql`w.user_id = ${shopper.userId}`,
  );
}

/** A shared wishlist by the unguessable part of its link; null where the link is not or no longer shared. */
export async function getSharedWishlist(token: string): Promise<WishlistView | null> {
  if (!/^[\w-]{16,64}$/.test(token)) return null;
  const view = await read(sql`w.share_token = ${token}`);
  return view.shareToken ? view : null;
}

async function read(condition: SQL): Promise<WishlistView> {
  const [lists, items, settings] = await Promise.all([
    db.execute<{ shareToken: string | null }>(
      sql`SELECT share_token AS "shareToken" FROM wishlists w WHERE ${condition}`,
    ),
    db.execute<WishlistItem>(itemsQuery(condition)),
    db.execute<{ currency: string; timeZone: string }>(
      sql`SELECT currency, time_zone AS "timeZone" FROM settings WHERE id = 1`,
    ),
  ]);
  return {
    items: items.map((item) => ({ ...item, backAt: item.backAt && new Date(item.backAt) })),
    shareToken: lists[0]?.shareToken ?? null,
    currency: settings[0]?.currency ?? "EUR",
    timeZone: settings[0]?.timeZone ?? "UTC",
  };
}

const itemsQuery = (condition: SQL) => sql`
  SELECT v.id AS "variantId", p.name, v.title AS "variantTitle", p.slug, v.sku, v.price::float8 AS price,
    wi.price_snapshot::float8 AS "priceSnapshot",
    COALESCE(i.room, 0)::int AS available,
    COALESCE(i.threshold, 0)::int AS "lowStockThreshold",
    (v.is_active AND p.status = 'active' AND o.is_active) AS "isForSale", back.at AS "backAt",
    img.key AS "imageKey", img.alt AS "imageAlt", img.backdrop AS "imageBackdrop"
  FROM wishlists w
  JOIN wishlist_items wi ON wi.wishlist_id = w.id
  JOIN variants v ON v.id = wi.variant_id
  JOIN products p ON p.id = v.product_id
  JOIN owners o ON o.id = p.owner_id
  LEFT JOIN LATERAL (
    SELECT ${ROOM} AS room, sum(available) AS available, max(low_stock_threshold) AS threshold
    FROM inventory WHERE variant_id = v.id) i ON true
  LEFT JOIN LATERAL (
    -- What was there before and after each movement since it was saved, counted back from what is there now.
    SELECT max(created_at) AS at FROM (
      SELECT m.created_at, m.delta, i.available - sum(m.delta) OVER (ORDER BY m.created_at DESC, m.id DESC) + m.delta AS after
      FROM (
        SELECT id, created_at, on_hand_delta - reserved_delta AS delta FROM stock_movements
        WHERE variant_id = v.id AND created_at > GREATEST(wi.created_at, shop_now() - interval '30 days')) m) levels
    WHERE after > 0 AND after - delta <= 0 AND i.available > 0) back ON true
  LEFT JOIN LATERAL (
    SELECT key, alt, backdrop FROM product_images pi WHERE pi.product_id = p.id
    ORDER BY (pi.option_value_id IN (SELECT option_value_id FROM variant_option_values WHERE variant_id = v.id)) IS TRUE DESC,
      pi.is_primary DESC, pi.position LIMIT 1) img ON true
  WHERE ${condition}
  ORDER BY wi.created_at DESC, wi.id`;
