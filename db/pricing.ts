/** Reads all that the price of a cart depends on, in one round of queries, for pages and for placing alike. */
import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "./client";

/** Where the goods would go; region only where a zone or a tax distinguishes it. */
export interface Place {
  readonly country: string;
  readonly region?: string | null | undefined;
}

/** Amounts in minor units, weight in grams, tax rate in parts per million, `available` in items. */
export type PricingLine = {
  itemId: string;
  variantId: string;
  productId: string;
  ownerId: string;
  ownerName: string;
  /** Parts per million. */
  commission: number;
  productName: string;
  productSlug: string;
  variantTitle: string;
  sku: string;
  quantity: number;
  priceSnapshot: number;
  price: number;
  compareAtPrice: number | null;
  weight: number;
  available: number;
  backorder: boolean;
  /** Items that can be ordered: what is available and, on backorder, what may still be owed; 999 where that has no end. */
  room: number;
  lowStockThreshold: number;
  isForSale: boolean;
  imageKey: string | null;
  imageAlt: string | null;
  imageBackdrop: string | null;
  taxRate: number;
};

export type PricingRate = {
  id: string;
  name: string;
  kind: "flat" | "weight" | "subtotal";
  amount: number;
  rangeMin: number | null;
  rangeMax: number | null;
  freeOver: number | null;
  daysMin: number;
  daysMax: number;
};

export type PricingDiscount = {
  id: string;
  title: string;
  code: string | null;
  kind: "percentage" | "fixed" | "free_shipping";
  value: number | null;
  minSubtotal: number | null;
  isActive: boolean;
  hasStarted: boolean;
  hasEnded: boolean;
  isUsedUp: boolean;
  isUsedUpByCustomer: boolean;
  isForTier: boolean;
  /** Cart items it touches; null: all. */
  itemIds: string[] | null;
};

export type PricingSettings = {
  currency: string;
  country: string;
  pricesIncludeTax: boolean;
  orderPrefix: string;
  paymentWindowMinutes: number;
  cashOnDelivery: boolean;
  cashOnDeliveryLimit: number | null;
};

export type PricingRows = {
  settings: PricingSettings;
  discountCode: string | null;
  lines: PricingLine[];
  rates: PricingRate[];
  discounts: PricingDiscount[];
  /** Parts per million. */
  shippingTaxRate: number;
  place: Place | null;
};

/**
 * All rows that price the cart, for a place (null: the shop's own country) and an e-mail (for limits per customer).
 * Throws where the shop has no settings row.
 */
export async function readPricing(
  on: Db | Tx,
  cartId: string,
  { place = null, email = null }: { place?: Place | null; email?: string | null } = {},
): Promise<PricingRows> {
  const [settingsRows, lines, rates, discounts, shippingTax] = await Promise.all([
    all<PricingSettings & { discountCode: string | null }>(on, settingsQuery(cartId)),
    all<PricingLine>(on, linesQuery(cartId, place)),
    place ? all<PricingRate>(on, ratesQuery(place)) : [],
    all<PricingDiscount>(on, discountsQuery(cartId, email)),
    all<{ rate: number }>(on, shippingTaxQuery(place)),
  ]);
  const settings = settingsRows[0];
  if (!settings) throw new Error("the settings row is missing: run the migrations and the seed");
  const { discountCode, ...store } = settings;
  return {
    settings: store,
    discountCode,
    lines,
    rates,
    discounts,
    shippingTaxRate: shippingTax[0]?.rate ?? 0,
    place,
  };
}

/** The rates that hold for a place, and the tax on shipping there in parts per million. */
export async function readRates(
  on: Db | Tx,
  place: Place,
): Promise<{ rates: PricingRate[]; shippingTaxRate: number }> {
  const [rates, tax] = await Promise.all([
    all<PricingRate>(on, ratesQuery(place)),
    all<{ rate: number }>(on, shippingTaxQuery(place)),
  ]);
  return { rates, shippingTaxRate: tax[0]?.rate ?? 0 };
}

async function all<R>(on: Db | Tx, query: SQL): Promise<R[]> {
  return (await on.execute(query)) as unknown as R[];
}

const settingsQuery = (cartId: string) => sql`
  SELECT s.currency, s.country, s.prices_include_tax AS "pricesIncludeTax", s.order_prefix AS "orderPrefix",
    s.payment_window_minutes AS "paymentWindowMinutes", s.cash_on_delivery AS "cashOnDelivery",
    s.cash_on_delivery_limit::float8 AS "cashOnDeliveryLimit",
    (SELECT c.discount_code FROM carts c WHERE c.id = ${cartId}) AS "discountCode"
  FROM settings s WHERE s.id = 1`;

const countryOf = (place: Place | null) =>
  sql`COALESCE(${place?.country ?? null}::text, (SELECT country FROM settings WHERE id = 1))`;

/** What can still be ordered of a variant, over all of its counters; expects `inventory` in the FROM clause. */
export const ROOM = sql.raw(`CASE WHEN bool_or(backorder AND backorder_limit IS NULL) THEN 999
  ELSE GREATEST(COALESCE(sum(available + CASE WHEN backorder THEN backorder_limit ELSE 0 END), 0), 0) END`);

const linesQuery = (cartId: string, place: Place | null) => sql`
  SELECT ci.id AS "itemId", v.id AS "variantId", p.id AS "productId", o.id AS "ownerId", o.name AS "ownerName",
    COALESCE(o.commission, (SELECT commission FROM settings WHERE id = 1)) AS commission,
    p.name AS "productName", p.slug AS "productSlug", v.title AS "variantTitle", v.sku, ci.quantity,
    ci.price_snapshot::float8 AS "priceSnapshot", v.price::float8 AS price, v.compare_at_price::float8 AS "compareAtPrice",
    v.weight, COALESCE(i.available, 0)::int AS available, COALESCE(i.backorder, false) AS backorder,
    COALESCE(i.room, 0)::int AS room, COALESCE(i.threshold, 0)::int AS "lowStockThreshold",
    (v.is_active AND p.status = 'active' AND o.is_active) AS "isForSale",
    img.key AS "imageKey", img.alt AS "imageAlt", img.backdrop AS "imageBackdrop", COALESCE(t.rate, 0) AS "taxRate"
  FROM cart_items ci
  JOIN variants v ON v.id = ci.variant_id
  JOIN products p ON p.id = v.product_id
  JOIN owners o ON o.id = p.owner_id
  LEFT JOIN LATERAL (
    SELECT sum(available) AS available, bool_or(backorder) AS backorder, max(low_stock_threshold) AS threshold,
      ${ROOM} AS room
    FROM inventory WHERE variant_id = v.id
  ) i ON true
  LEFT JOIN LATERAL (
    SELECT key, alt, backdrop FROM product_images pi WHERE pi.product_id = p.id
    ORDER BY (pi.option_value_id IS NOT NULL AND pi.option_value_id IN
      (SELECT option_value_id FROM variant_option_values WHERE variant_id = v.id)) DESC, pi.is_primary DESC, pi.position
    LIMIT 1
  ) img ON true
  LEFT JOIN LATERAL (
    SELECT rate FROM tax_rates r
    JOIN tax_classes k ON k.id = r.tax_class_id
    WHERE (r.tax_class_id = p.tax_class_id OR k.is_default)
      AND r.country = ${countryOf(place)} AND (r.region IS NULL OR r.region = ${place?.region ?? null}::text)
    -- A class that says nothing about the place is taxed as the default: zero is said by a rate of zero.
    ORDER BY (r.tax_class_id = p.tax_class_id) IS TRUE DESC, r.region NULLS LAST LIMIT 1
  ) t ON true
  WHERE ci.cart_id = ${cartId}
  ORDER BY ci.created_at, ci.id`;

const ratesQuery = (place: Place) => sql`
  SELECT r.id, r.name, r.kind, r.amount::float8 AS amount, r.range_min::float8 AS "rangeMin", r.range_max::float8 AS "rangeMax",
    r.free_over::float8 AS "freeOver", r.days_min AS "daysMin", r.days_max AS "daysMax"
  FROM shipping_rates r
  WHERE r.is_active AND r.zone_id = (
    SELECT z.zone_id FROM shipping_zone_places z
    WHERE z.country = ${place.country} AND (z.region IS NULL OR z.region = ${place.region ?? null}::text)
    ORDER BY z.region NULLS LAST LIMIT 1)
  ORDER BY r.position, r.amount`;

const discountsQuery = (cartId: string, email: string | null) => sql`
  SELECT d.id, d.title, d.code, d.kind, d.value::float8 AS value, d.min_subtotal::float8 AS "minSubtotal",
    d.is_active AS "isActive",
    (d.starts_at IS NULL OR d.starts_at <= shop_now()) AS "hasStarted",
    (d.ends_at IS NOT NULL AND d.ends_at <= shop_now()) AS "hasEnded",
    (d.total_limit IS NOT NULL AND d.used >= d.total_limit) AS "isUsedUp",
    (d.per_customer_limit IS NOT NULL AND d.per_customer_limit <= (
      SELECT count(*) FROM discount_redemptions x WHERE x.discount_id = d.id AND x.given_back_at IS NULL
        AND (mailbox_of(x.email) = mailbox_of(${email}::text) OR x.user_id = c.user_id
          OR mailbox_of(x.email) = (SELECT mailbox_of(u.email) FROM users u WHERE u.id = c.user_id)))) AS "isUsedUpByCustomer",
    (d.membership_tier_id IS NULL OR d.membership_tier_id = (SELECT u.membership_tier_id FROM users u WHERE u.id = c.user_id)) AS "isForTier",
    CASE WHEN EXISTS (SELECT FROM discount_targets t WHERE t.discount_id = d.id) THEN ARRAY(
      SELECT ci.id FROM cart_items ci
      JOIN variants v ON v.id = ci.variant_id
      JOIN products p ON p.id = v.product_id
      JOIN categories pc ON pc.id = p.category_id
      WHERE ci.cart_id = c.id AND EXISTS (
        SELECT FROM discount_targets t LEFT JOIN categories tc ON tc.id = t.category_id
        WHERE t.discount_id = d.id AND (t.product_id = p.id OR pc.path = tc.path OR pc.path LIKE tc.path || '/%'))
    ) END AS "itemIds"
  FROM carts c JOIN discounts d ON (d.code IS NULL AND d.is_active) OR upper(d.code) = upper(c.discount_code)
  WHERE c.id = ${cartId}
  ORDER BY d.code NULLS FIRST, d.id`;

const shippingTaxQuery = (place: Place | null) => sql`
  SELECT CASE WHEN r.applies_to_shipping THEN r.rate ELSE 0 END AS rate
  FROM tax_rates r JOIN tax_classes k ON k.id = r.tax_class_id AND k.is_default
  WHERE r.country = ${countryOf(place)}
    AND (r.region IS NULL OR r.region = ${place?.region ?? null}::text)
  ORDER BY r.region NULLS LAST LIMIT 1`;
