/** What shoppers see of an order: by account, by this browser's cookie or by the signed link. Never cached. */

import { type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import type { AddressFields } from "@/db/schema/checkout";
import type { Shopper } from "@/lib/domain/actors";
import { can } from "@/lib/domain/machine";
import { type OrderStatus, orderMachine, paymentStatusOf } from "@/lib/domain/orders";
import type { PaymentMethod } from "@/lib/domain/payments";
import { type OrderAfter, readAfter } from "./order-after";

export interface OrderLine extends Record<string, unknown> {
  readonly id: string;
  readonly productName: string;
  readonly productSlug: string;
  readonly variantTitle: string;
  readonly sku: string;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
  readonly quantity: number;
  /** Minor units, as are subtotal and discount. */
  readonly unitPrice: number;
  readonly subtotal: number;
  readonly discount: number;
}

export interface OrderEvent extends Record<string, unknown> {
  readonly id: string;
  readonly kind: string;
  readonly machine: string | null;
  readonly toStatus: string | null;
  readonly reason: string | null;
  readonly data: Record<string, unknown> | null;
  readonly createdAt: Date;
}

interface OrderRow extends Record<string, unknown> {
  id: string;
  number: string;
  email: string;
  status: OrderStatus;
  paymentMethod: PaymentMethod;
  currency: string;
  pricesIncludeTax: boolean;
  subtotal: number;
  discount: number;
  shipping: number;
  tax: number;
  total: number;
  captured: number;
  refunded: number;
  discountCode: string | null;
  shippingRateName: string;
  deliveryDaysMin: number;
  deliveryDaysMax: number;
  note: string | null;
  cancelReason: string | null;
  placedAt: Date;
  confirmedAt: Date | null;
  shippedAt: Date | null;
  deliveredAt: Date | null;
  /** When an order that waits is given up; null once it is not pending. */
  expiresAt: Date | null;
  /** Seconds of the hold that are left by the database's clock; null once it is not pending. */
  secondsLeft: number | null;
  /** Status of the payment row that counts; null where there is none yet. */
  payment: "pending" | "processing" | "paid" | "failed" | "cancelled" | null;
  paidWith: string | null;
}

export interface OrderView extends OrderRow, OrderAfter {
  readonly lines: readonly OrderLine[];
  readonly events: readonly OrderEvent[];
  readonly shippingAddress: AddressFields | null;
  readonly billingAddress: AddressFields | null;
  readonly paymentStatus: ReturnType<typeof paymentStatusOf>;
  readonly can: {
    readonly cancel: boolean;
    readonly pay: boolean;
    readonly changeAddress: boolean;
    readonly sendBack: boolean;
  };
}

/** An order that the shopper may see, by its number; null for unknown ones and other people's alike. */
export async function getOrder(shopper: Shopper, number: string): Promise<OrderView | null> {
  const order = await findRow(shopper, number);
  if (!order) return null;
  const [lines, events, after, addresses] = await Promise.all([
    db.execute<OrderLine>(linesQuery(order.id)),
    db.execute<OrderEvent>(eventsQuery(order.id)),
    readAfter(order.id),
    db.execute<AddressFields & { kind: string } & Record<string, unknown>>(addressesQuery(order.id)),
  ]);
  const addressOf = (kind: string) => addresses.find((address) => address.kind === kind) ?? null;
  return {
    ...order,
    lines: [...lines],
    events: events.map((event) => ({ ...event, createdAt: new Date(event.createdAt) })),
    ...after,
    shippingAddress: addressOf("shipping"),
    billingAddress: addressOf("billing") ?? addressOf("shipping"),
    paymentStatus: paymentStatusOf({ ...order, failed: order.payment === "failed" }),
    can: {
      cancel: can(orderMachine, "cancel", order.status, shopper.kind) && order.payment !== "processing",
      pay: isPayable(order),
      changeAddress:
        (order.status === "pending" || order.status === "confirmed") &&
        after.parts.every(({ status }) => status === "open" || status === "cancelled"),
      sendBack: after.returnable.length > 0,
    },
  };
}

export interface OrderPulse {
  readonly status: OrderStatus;
  readonly payment: OrderRow["payment"];
}

/** Just enough to know whether the page of an order is out of date. */
export async function getOrderPulse(shopper: Shopper, number: string): Promise<OrderPulse | null> {
  const order = await findRow(shopper, number);
  return order ? { status: order.status, payment: order.payment } : null;
}

/** The newest order of this shopper that still waits for its money, so that a lost page is found again. */
export async function getPendingOrder(shopper: Shopper): Promise<{ number: string } | null> {
  const holder =
    shopper.kind === "guest"
      ? sql`guest_token_hash = ${shopper.tokenHash}::text`
      : sql`user_id = ${shopper.userId}`;
  const rows = await db.execute<{ number: string }>(sql`
    SELECT number FROM orders WHERE ${holder} AND status = 'pending' AND expires_at > shop_now()
    ORDER BY placed_at DESC LIMIT 1`);
  return rows[0] ?? null;
}

function isPayable({ status, paymentMethod, payment, secondsLeft }: OrderRow): boolean {
  return (
    status === "pending" &&
    paymentMethod === "card" &&
    payment !== "processing" &&
    payment !== "paid" &&
    (secondsLeft ?? 0) > 0
  );
}

async function findRow(shopper: Shopper, number: string): Promise<OrderRow | undefined> {
  const rows = await db.execute<OrderRow>(sql`
    SELECT o.id, o.number, o.email, o.status, o.payment_method AS "paymentMethod", o.currency,
      o.prices_include_tax AS "pricesIncludeTax", o.subtotal::float8 AS subtotal, o.discount::float8 AS discount,
      o.shipping::float8 AS shipping, o.tax::float8 AS tax, o.total::float8 AS total, o.captured::float8 AS captured,
      o.refunded::float8 AS refunded, o.discount_code AS "discountCode", o.shipping_rate_name AS "shippingRateName",
      o.delivery_days_min AS "deliveryDaysMin", o.delivery_days_max AS "deliveryDaysMax", o.note,
      o.cancel_reason AS "cancelReason", o.placed_at AS "placedAt", o.confirmed_at AS "confirmedAt",
      o.shipped_at AS "shippedAt", o.delivered_at AS "deliveredAt",
      CASE WHEN o.status = 'pending' THEN o.expires_at END AS "expiresAt",
      CASE WHEN o.status = 'pending' THEN GREATEST(0, ceil(extract(epoch FROM o.expires_at - shop_now())))::int END AS "secondsLeft",
      pay.status AS payment, pay.method AS "paidWith"
    FROM orders o
    LEFT JOIN LATERAL (
      SELECT status, method FROM payments WHERE order_id = o.id
      ORDER BY (status = 'paid') DESC, (status <> 'cancelled') DESC, created_at DESC LIMIT 1) pay ON true
    WHERE o.number = ${number.toUpperCase()} AND ${visibleTo(shopper)}`);
  const row = rows[0];
  if (!row) return undefined;
  const moment = (value: Date | null) => (value === null ? null : new Date(value));
  return {
    ...row,
    placedAt: new Date(row.placedAt),
    confirmedAt: moment(row.confirmedAt),
    shippedAt: moment(row.shippedAt),
    deliveredAt: moment(row.deliveredAt),
    expiresAt: moment(row.expiresAt),
  };
}

/** A shopper's own purchases; what owners and admins may see of other people's is the back office's business. */
function visibleTo(shopper: Shopper): SQL {
  const byLink = sql`o.id = ${shopper.orderId}::uuid`;
  return shopper.kind === "guest"
    ? sql`(${byLink} OR o.guest_token_hash = ${shopper.tokenHash}::text)`
    : sql`(${byLink} OR o.user_id = ${shopper.userId})`;
}

const linesQuery = (orderId: string) => sql`
  SELECT id, product_name AS "productName", product_slug AS "productSlug", variant_title AS "variantTitle", sku,
    image_key AS "imageKey", image_backdrop AS "imageBackdrop", quantity,
    unit_price::float8 AS "unitPrice", subtotal::float8 AS subtotal, discount::float8 AS discount
  FROM order_lines WHERE order_id = ${orderId} ORDER BY position`;

const eventsQuery = (orderId: string) => sql`
  SELECT id, kind, machine, to_status AS "toStatus", reason, data, created_at AS "createdAt"
  FROM order_events WHERE order_id = ${orderId} ORDER BY created_at, id`;

const addressesQuery = (orderId: string) => sql`
  SELECT kind, name, company, line1, line2, city, region, postal_code AS "postalCode", country, phone
  FROM order_addresses WHERE order_id = ${orderId} AND replaced_at IS NULL`;
