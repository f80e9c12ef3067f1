/** Reads all that a mail is written from: its row, the store, and its order with lines and parcel, for sending and for showing alike. */
import { type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "./client";
import type { AddressFields } from "./schema/checkout";

export type MailStatus = "queued" | "kept" | "sent" | "failed";

/** Amounts in minor units. */
export interface MailLine {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly variant: string;
  readonly sku: string;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
  readonly quantity: number;
  readonly subtotal: number;
  readonly discount: number;
  readonly total: number;
}

export interface MailOrder {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly paymentMethod: string;
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly subtotal: number;
  readonly discount: number;
  readonly shipping: number;
  readonly tax: number;
  readonly total: number;
  readonly captured: number;
  readonly shippingRateName: string;
  readonly deliveryDaysMin: number;
  readonly deliveryDaysMax: number;
  /** ISO moments. */
  readonly placedAt: string;
  readonly expiresAt: string | null;
  readonly lines: readonly MailLine[];
  readonly address: AddressFields | null;
}

export interface MailParcel {
  readonly id: string;
  readonly carrier: string;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly items: readonly { orderLineId: string; quantity: number }[];
}

/** Of the product that a mail without an order is about. */
export interface MailPicture {
  readonly key: string;
  readonly backdrop: string | null;
}

export interface MailStore {
  readonly name: string;
  readonly email: string;
  readonly locale: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly returnWindowDays: number;
  /** Where to transfer to, as lines. */
  readonly bankDetails: string | null;
}

export interface MailRow {
  readonly id: string;
  readonly template: string;
  readonly toEmail: string;
  readonly subject: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly status: MailStatus;
  readonly attempts: number;
  readonly lastError: string | null;
  /** ISO moments. */
  readonly createdAt: string;
  readonly sentAt: string | null;
}

export interface MailParts {
  readonly mail: MailRow;
  readonly store: MailStore;
  readonly order: MailOrder | null;
  /** The parcel that the mail is about, or the items of the return. */
  readonly parcel: MailParcel | null;
  readonly returnItems: readonly { orderLineId: string; quantity: number }[] | null;
  readonly picture: MailPicture | null;
}

/** What the mail of this id is made of; null where there is none. */
export async function readMailParts(on: Db | Tx, mailId: string): Promise<MailParts | null> {
  const [row] = await on.execute<{ parts: MailParts } & Record<string, unknown>>(sql`
    SELECT json_build_object(
      'mail', json_build_object('id', m.id, 'template', m.template, 'toEmail', m.to_email, 'subject', m.subject,
        'data', m.data, 'status', m.status, 'attempts', m.attempts, 'lastError', m.last_error,
        'createdAt', m.created_at, 'sentAt', m.sent_at),
      'store', json_build_object('name', s.store_name, 'email', s.store_email, 'locale', s.locale, 'timeZone', s.time_zone,
        'currency', s.currency, 'returnWindowDays', s.return_window_days, 'bankDetails', s.bank_details),
      'order', ${orderOf}, 'parcel', ${parcelOf}, 'returnItems', ${returnItemsOf}, 'picture', ${pictureOf}) AS parts
    FROM mail m JOIN settings s ON s.id = 1 WHERE m.id = ${mailId}`);
  return row?.parts ?? null;
}

const orderOf: SQL = sql`(
  SELECT json_build_object('id', o.id, 'number', o.number, 'status', o.status, 'paymentMethod', o.payment_method,
    'currency', o.currency, 'pricesIncludeTax', o.prices_include_tax, 'subtotal', o.subtotal, 'discount', o.discount,
    'shipping', o.shipping, 'tax', o.tax, 'total', o.total, 'captured', o.captured,
    'shippingRateName', o.shipping_rate_name, 'deliveryDaysMin', o.delivery_days_min,
    'deliveryDaysMax', o.delivery_days_max, 'placedAt', o.placed_at, 'expiresAt', o.expires_at,
    'lines', (SELECT COALESCE(json_agg(json_build_object('id', l.id, 'ownerId', l.owner_id, 'name', l.product_name,
        'variant', l.variant_title, 'sku', l.sku, 'imageKey', l.image_key, 'imageBackdrop', l.image_backdrop,
        'quantity', l.quantity, 'subtotal', l.subtotal, 'discount', l.discount, 'total', l.total)
        ORDER BY l.position), '[]'::json) FROM order_lines l WHERE l.order_id = o.id),
    'address', (SELECT json_build_object('name', a.name, 'company', a.company, 'line1', a.line1, 'line2', a.line2,
        'city', a.city, 'region', a.region, 'postalCode', a.postal_code, 'country', a.country, 'phone', a.phone)
        FROM order_addresses a WHERE a.order_id = o.id AND a.kind = 'shipping' AND a.replaced_at IS NULL))
  FROM orders o WHERE o.id = m.order_id)`;

const parcelOf: SQL = sql`(
  SELECT json_build_object('id', p.id, 'carrier', p.carrier, 'trackingNumber', p.tracking_number,
    'trackingUrl', p.tracking_url, 'items', (SELECT COALESCE(json_agg(json_build_object(
      'orderLineId', i.order_line_id, 'quantity', i.quantity)), '[]'::json)
      FROM shipment_items i WHERE i.shipment_id = p.id))
  FROM shipments p JOIN fulfilments f ON f.id = p.fulfilment_id
  WHERE p.id::text = m.data ->> 'shipmentId' AND f.order_id = m.order_id)`;

const returnItemsOf: SQL = sql`(
  SELECT json_agg(json_build_object('orderLineId', i.order_line_id, 'quantity', i.quantity))
  FROM return_lines i JOIN returns r ON r.id = i.return_id
  WHERE r.id::text = m.data ->> 'returnId' AND r.order_id = m.order_id)`;

// Named by its page or by its number; the picture of the variant's own colour comes first.
const pictureOf: SQL = sql`(
  SELECT json_build_object('key', i.key, 'backdrop', i.backdrop)
  FROM products p JOIN product_images i ON i.product_id = p.id
  LEFT JOIN variants v ON v.product_id = p.id
    AND lower(v.sku) = lower(COALESCE(m.data ->> 'sku', split_part(m.data ->> 'path', '/', 4)))
  WHERE m.order_id IS NULL AND (p.slug = split_part(m.data ->> 'path', '/', 3) AND m.data ->> 'path' LIKE '/p/%'
    OR p.id = (SELECT w.product_id FROM variants w WHERE lower(w.sku) = lower(m.data ->> 'sku')))
  ORDER BY COALESCE(i.option_value_id IN (
    SELECT x.option_value_id FROM variant_option_values x WHERE x.variant_id = v.id), false) DESC,
    i.is_primary DESC, i.position LIMIT 1)`;
