/** What a cached product page cannot know: exact stock when little is left, and the visitor's own wishlist and cart. */
import { sql } from "@/db/client";
import type { Shopper } from "@/lib/domain/actors";
import { bandOf, type StockBand } from "@/lib/domain/inventory";
import { arrivalRange } from "@/lib/domain/shipping";
import { getStore } from "@/lib/queries/settings";
import type { StockRow } from "./cards";

export interface Live {
  variants: Record<
    string,
    {
      band: StockBand;
      /** Items, only when few are left. */
      left: number | null;
      isSaved: boolean;
      /** What the signed-in visitor asked to hear of it. */
      waits: readonly ("back_in_stock" | "price_drop")[];
    }
  >;
  /** Items in the visitor's cart. */
  cartCount: number;
  /** The signed-in visitor's own address. */
  email: string | null;
  /** "24–26 Nov", from today. */
  arrives: string | null;
}

interface Row {
  now: number;
  variants: ({ id: string } & StockRow & Pick<Live["variants"][string], "isSaved" | "waits">)[];
  cartCount: number;
  email: string | null;
}

/** The live state of a product's variants for one visitor. */
export async function readLive(productId: string, shopper: Shopper): Promise<Live> {
  const userId = shopper.kind === "guest" ? null : shopper.userId;
  const token = shopper.kind === "guest" ? shopper.tokenHash : null;
  const [store, [row]] = await Promise.all([
    getStore(),
    sql<Row[]>`
      select extract(epoch from shop_now()) * 1000 as now,
        (select coalesce(sum(i.quantity), 0)::int from carts c join cart_items i on i.cart_id = c.id
          where c.status = 'active' and (c.user_id = ${userId} or c.guest_token_hash = ${token})) as "cartCount",
        (select email from users where id = ${userId}) as email,
        coalesce((select json_agg(json_build_object('id', v.id, 'available', s.available, 'threshold', s.threshold,
            'backorder', s.backorder, 'waits', coalesce((select json_agg(a.kind) from alerts a
              where a.variant_id = v.id and a.sent_at is null and a.user_id = ${userId}), '[]'::json), 'isSaved', exists (
              select from wishlists w join wishlist_items x on x.wishlist_id = w.id
              where x.variant_id = v.id and (w.user_id = ${userId} or w.guest_token_hash = ${token}))))
          from variants v, lateral (
            select coalesce(sum(i.available), 0) as available, coalesce(max(i.low_stock_threshold), 0) as threshold,
              coalesce(bool_or(i.backorder and (i.backorder_limit is null or i.available > -i.backorder_limit)), false) as backorder
            from inventory i where i.variant_id = v.id) s
          where v.product_id = ${productId} and v.is_active), '[]'::json) as variants`,
  ]);
  const variants = (row?.variants ?? []).map(({ id, isSaved, waits, available, threshold, backorder }) => {
    const band = bandOf(available, threshold, backorder);
    return [id, { band, left: band === "low" ? available : null, isSaved, waits }] as const;
  });
  const { delivery } = store;
  return {
    variants: Object.fromEntries(variants),
    cartCount: row?.cartCount ?? 0,
    email: row?.email ?? null,
    arrives:
      row && delivery
        ? arrivalRange(new Date(Number(row.now)), delivery.daysMin, delivery.daysMax, store.locale)
        : null,
  };
}
