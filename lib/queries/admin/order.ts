/** One order in the back office. Owners get their own part of it and nothing of anybody else's. */
import { sql } from "@/db/client";
import type { AddressFields } from "@/db/schema/checkout";
import type { ActorKind, Staff } from "@/lib/domain/actors";
import { can } from "@/lib/domain/machine";
import {
  type FulfilmentStatus,
  fulfilmentMachine,
  type OrderStatus,
  orderMachine,
  type ShipmentStatus,
  shipmentMachine,
} from "@/lib/domain/orders";
import type { PaymentMethod, PaymentStatus } from "@/lib/domain/payments";
import { type Fragment, ownedBy } from "./scope";

export interface StaffLine {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly sku: string;
  readonly variantId: string;
  readonly productId: string | null;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
  readonly quantity: number;
  readonly shipped: number;
  /** Items that are neither in a parcel nor called off. */
  readonly left: number;
  /** Minor units, as are discount and total. */
  readonly unitPrice: number;
  readonly discount: number;
  readonly total: number;
  readonly refunded: number;
}

export interface StaffParcel {
  readonly id: string;
  readonly status: ShipmentStatus;
  readonly carrier: string;
  readonly service: string | null;
  readonly trackingNumber: string | null;
  readonly trackingUrl: string | null;
  readonly shippedAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly items: readonly { name: string; title: string; quantity: number }[];
  readonly canDeliver: boolean;
  /** It may be told that it was lost, or came back. */
  readonly canStray: boolean;
}

export interface StaffPart {
  readonly id: string;
  readonly status: FulfilmentStatus;
  readonly ownerName: string;
  readonly lines: readonly StaffLine[];
  readonly parcels: readonly StaffParcel[];
  readonly can: {
    readonly process: boolean;
    readonly ship: boolean;
    /** Pieces that are in no parcel yet. */
    readonly callOff: boolean;
    /** Sent, and nothing of it arrived. */
    readonly giveUp: boolean;
  };
}

export interface StaffEvent {
  readonly id: string;
  readonly kind: string;
  readonly machine: string | null;
  readonly toStatus: string | null;
  /** The name of whoever did it; null for shoppers (in an owner's eyes) and the shop itself. */
  readonly actor: string | null;
  readonly actorKind: ActorKind;
  readonly ownerName: string | null;
  readonly reason: string | null;
  readonly data: Readonly<Record<string, unknown>>;
  readonly createdAt: Date;
}

interface Head {
  readonly id: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly paymentMethod: PaymentMethod;
  readonly currency: string;
  readonly pricesIncludeTax: boolean;
  readonly shippingRateName: string;
  readonly note: string | null;
  readonly cancelReason: string | null;
  readonly cancelNote: string | null;
  readonly isDisputed: boolean;
  readonly placedAt: Date;
  /** When an order that waits for its money is given up; null for all others. */
  readonly expiresAt: Date | null;
  readonly captured: number;
  readonly refunded: number;
  /** Of an owner's own lines, or of the whole order for an admin. */
  readonly total: number;
}

/** What only an admin sees: sums of the whole order, who pays, what the gateway said. */
export interface WholeOrder {
  readonly email: string;
  readonly accountName: string | null;
  readonly subtotal: number;
  readonly discount: number;
  readonly discountCode: string | null;
  readonly shipping: number;
  readonly tax: number;
  readonly billing: AddressFields | null;
  readonly payments: readonly {
    id: string;
    provider: string;
    status: PaymentStatus;
    amount: number;
    intentId: string | null;
    /** What the bank said of a transfer. */
    reference: string | null;
  }[];
}

export interface StaffOrder extends Head {
  readonly parts: readonly StaffPart[];
  readonly events: readonly StaffEvent[];
  /** Numbers the state that this is: forms send it, so that nobody acts on an older one (services/orders/seen.ts). */
  readonly seen: number;
  readonly shippingAddress: AddressFields | null;
  readonly whole: WholeOrder | null;
  readonly can: { readonly cancel: boolean; readonly changeAddress: boolean };
}

type Dated<T, K extends keyof T> = Omit<T, K> & Record<K, string | null>;

/** The order of that number; null for unknown ones and for orders that hold nothing of this owner's alike. */
export async function getStaffOrder(staff: Staff, number: string): Promise<StaffOrder | null> {
  const [head] = await sql<Dated<Head, "placedAt" | "expiresAt">[]>`
    select o.id, o.number, o.status, o.payment_method as "paymentMethod", o.currency,
      o.prices_include_tax as "pricesIncludeTax", o.shipping_rate_name as "shippingRateName", o.note,
      o.cancel_reason as "cancelReason", ${staff.kind === "admin" ? sql`o.cancel_note` : sql`null::text`} as "cancelNote",
      o.is_disputed as "isDisputed", o.placed_at as "placedAt",
      case when o.status = 'pending' then o.expires_at end as "expiresAt", own.total,
      ${staff.kind === "admin" ? sql`o.captured::float8` : sql`case when o.captured > 0 then own.total else 0 end`} as captured,
      ${staff.kind === "admin" ? sql`o.refunded::float8` : sql`own.refunded`} as refunded
    from orders o
    join lateral (
      select ${staff.kind === "admin" ? sql`o.total::float8` : sql`sum(l.total)::float8`} as total, sum(l.refunded_amount)::float8 as refunded
      from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")} having count(*) > 0
    ) own on true
    where o.number = ${number.toUpperCase()}`;
  if (!head) return null;
  const [parts, events, addresses, whole] = await Promise.all([
    readParts(staff, head.id, head.status),
    readEvents(staff, head.id),
    sql<(AddressFields & { kind: string })[]>`
      select kind, name, company, line1, line2, city, region, postal_code as "postalCode", country, phone
      from order_addresses where order_id = ${head.id} and replaced_at is null`,
    staff.kind === "admin" ? readWhole(head.id) : null,
  ]);
  const addressOf = (kind: string) => addresses.find((address) => address.kind === kind) ?? null;
  const verb = head.status === "processing" ? "callOff" : "cancel";
  return {
    ...head,
    placedAt: new Date(head.placedAt ?? 0),
    expiresAt: head.expiresAt ? new Date(head.expiresAt) : null,
    parts,
    events,
    seen: events.filter(({ actorKind }) => actorKind !== "system").length,
    shippingAddress: addressOf("shipping"),
    whole: whole && { ...whole, billing: addressOf("billing") },
    can: {
      changeAddress:
        staff.kind === "admin" &&
        (head.status === "pending" || head.status === "confirmed") &&
        parts.every((part) => part.status === "open" || part.status === "cancelled"),
      cancel: staff.kind === "admin" && can(orderMachine, verb, head.status, staff.kind),
    },
  };
}

type PartRow = Omit<StaffPart, "can" | "parcels"> & {
  parcels: (Omit<Dated<StaffParcel, "shippedAt" | "deliveredAt">, "canDeliver" | "canStray"> & {
    status: ShipmentStatus;
  })[];
};

async function readParts(staff: Staff, orderId: string, status: OrderStatus): Promise<StaffPart[]> {
  const rows = await sql<PartRow[]>`
    select f.id, f.status, w.name as "ownerName",
      (select json_agg(json_build_object('id', l.id, 'name', l.product_name, 'title', l.variant_title, 'sku', l.sku,
          'variantId', l.variant_id, 'productId', l.product_id, 'imageKey', l.image_key, 'imageBackdrop', l.image_backdrop,
          'quantity', l.quantity, 'shipped', l.shipped_quantity, 'left', l.quantity - l.shipped_quantity - l.cancelled_quantity,
          'unitPrice', l.unit_price, 'discount', l.discount,
          'total', l.total, 'refunded', l.refunded_amount) order by l.position)
        from order_lines l where l.order_id = f.order_id and l.owner_id = f.owner_id) as lines,
      coalesce((select json_agg(json_build_object('id', s.id, 'status', s.status, 'carrier', s.carrier, 'service', s.service,
          'trackingNumber', s.tracking_number, 'trackingUrl', s.tracking_url, 'shippedAt', s.shipped_at,
          'deliveredAt', s.delivered_at, 'items', (
            select json_agg(json_build_object('name', l.product_name, 'title', l.variant_title, 'quantity', si.quantity) order by l.position)
            from shipment_items si join order_lines l on l.id = si.order_line_id where si.shipment_id = s.id)
        ) order by s.created_at, s.id) from shipments s where s.fulfilment_id = f.id), '[]'::json) as parcels
    from fulfilments f join owners w on w.id = f.owner_id
    where f.order_id = ${orderId} and ${ownedBy(staff, "f")} order by w.name`;
  const isOpen = status === "confirmed" || status === "processing";
  return rows.map((part) => ({
    ...part,
    parcels: part.parcels.map((parcel) => ({
      ...parcel,
      shippedAt: parcel.shippedAt === null ? null : new Date(parcel.shippedAt),
      deliveredAt: parcel.deliveredAt === null ? null : new Date(parcel.deliveredAt),
      canDeliver: can(shipmentMachine, "deliver", parcel.status, staff.kind),
      canStray:
        can(shipmentMachine, "lose", parcel.status, staff.kind) &&
        can(shipmentMachine, "return", parcel.status, staff.kind),
    })),
    can: {
      process: isOpen && can(fulfilmentMachine, "process", part.status, staff.kind),
      // An open part may be sent at once: the service writes both steps.
      ship: isOpen && (part.status === "open" || part.status === "processing"),
      callOff: isOpen && part.lines.some((line) => line.left > 0),
      giveUp:
        can(fulfilmentMachine, "giveUp", part.status, staff.kind) &&
        part.parcels.every((parcel) => parcel.status !== "delivered"),
    },
  }));
}

async function readEvents(staff: Staff, orderId: string): Promise<StaffEvent[]> {
  const rows = await sql<Dated<StaffEvent, "createdAt">[]>`
    select e.id, e.kind, e.machine, e.to_status as "toStatus", e.actor_kind as "actorKind", w.name as "ownerName",
      ${
        staff.kind === "admin"
          ? sql`coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) as actor, e.reason, coalesce(e.data, '{}') as data`
          : sql`case when e.owner_id is not null then coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username) end as actor,
              case when e.owner_id is not null then e.reason end as reason,
              case when e.owner_id is not null then coalesce(e.data, '{}') else '{}' end as data`
      }, e.created_at as "createdAt"
    from order_events e left join users u on u.id = e.actor_id left join owners w on w.id = e.owner_id
    where e.order_id = ${orderId} and ${eventsOf(staff)} order by e.created_at, e.id`;
  return rows.map((event) => ({ ...event, createdAt: new Date(event.createdAt ?? 0) }));
}

// Of the whole order an owner learns what its buyer is told too; sums and reasons may speak of other owners' goods.
const eventsOf = (staff: Staff): Fragment =>
  staff.kind === "admin"
    ? sql`true`
    : sql`(e.owner_id = ${staff.ownerId} or (e.owner_id is null and (e.machine = 'order' or e.kind = 'paid')))`;

async function readWhole(orderId: string): Promise<Omit<WholeOrder, "billing">> {
  const [row] = await sql<Omit<WholeOrder, "billing">[]>`
    select o.email, (select u.username from users u where u.id = o.user_id) as "accountName", o.subtotal::float8 as subtotal,
      o.discount::float8 as discount, o.discount_code as "discountCode", o.shipping::float8 as shipping, o.tax::float8 as tax,
      coalesce((select json_agg(json_build_object('id', p.id, 'provider', p.provider, 'status', p.status,
        'amount', p.amount, 'intentId', p.provider_intent_id, 'reference', p.gateway_response->>'reference') order by p.created_at) from payments p where p.order_id = o.id), '[]'::json) as payments
    from orders o where o.id = ${orderId}`;
  if (!row) throw new Error("an order that was just read is gone");
  return row;
}
