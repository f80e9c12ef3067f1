/** Ships: an owner's goods leave in parcels, the part and the order follow. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { shipmentItems, shipments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Staff, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { trackingUrlOf } from "@/lib/domain/shipping";
import { once, type RequestKey } from "@/lib/services/once";
import { lockOrder, type Order } from "./access";
import { follow, movePart, type Part, partOf, settlePart } from "./parts";
import { refuseIfMoved, type Seen } from "./seen";
import { record } from "./transition";

export interface Parcel {
  /** Which owner's part; an owner's own, or the only one, when left out. */
  readonly fulfilmentId?: string | undefined;
  readonly carrier: string;
  readonly service?: string | undefined;
  readonly trackingNumber?: string | undefined;
  /** https only; made from carrier and number when left out. */
  readonly trackingUrl?: string | undefined;
  /** What is in it, in items per line; all that is not shipped yet when left out. */
  readonly lines?: readonly { orderLineId: string; quantity: number }[] | undefined;
  /** From the form, so that a request that comes twice sends one parcel. */
  readonly key?: RequestKey;
  /** Which state of the order the form was filled in on. */
  readonly seen?: Seen;
}

/** Starts packing a part: from here on the shopper can no longer cancel. @throws ShopError not_found, illegal_transition */
export async function startProcessing(
  actor: Staff | System,
  orderId: string,
  fulfilmentId?: string,
  seen?: Seen,
): Promise<void> {
  await withTx(async (tx) => {
    const order = await lockOrder(tx, actor, orderId);
    if (actor.kind !== "system") await refuseIfMoved(tx, actor, orderId, seen);
    refuseUnlessPacking(order, "processing");
    const part = await partOf(tx, actor, order, fulfilmentId);
    await movePart(tx, actor, part, "process");
    await follow(tx, actor, order);
  });
}

/**
 * Sends a parcel. The part is `shipped` once all its items that were not called off are in parcels, the order once all
 * its parts are. @throws ShopError not_found for other owners' parts, illegal_transition before payment or after a
 * cancel, conflict while disputed, invalid_input for more items than are left
 */
export async function ship(
  actor: Staff | System,
  orderId: string,
  parcel: Parcel,
): Promise<{ shipmentId: string }> {
  // The key of one order's form never stands for a parcel of another one.
  const what = `ship:${orderId}:${parcel.fulfilmentId ?? ""}`;
  return withTx((tx) => once(tx, actor, what, parcel.key, () => send(tx, actor, orderId, parcel)));
}

async function send(tx: Tx, actor: Staff | System, orderId: string, parcel: Parcel) {
  const order = await lockOrder(tx, actor, orderId);
  if (order.isDisputed) throw new ShopError("conflict", { what: "order" });
  if (actor.kind !== "system") await refuseIfMoved(tx, actor, orderId, parcel.seen);
  refuseUnlessPacking(order, "shipped");
  let part = await partOf(tx, actor, order, parcel.fulfilmentId);
  if (part.status === "open") part = await movePart(tx, actor, part, "process");
  else if (part.status !== "processing")
    throw new ShopError("illegal_transition", { machine: "parcel", from: part.status, to: "shipped" });
  const items = await pack(tx, part, parcel.lines);
  const shipmentId = newId();
  const label = labelOf(parcel);
  await tx.insert(shipments).values({ id: shipmentId, fulfilmentId: part.id, ...label });
  await tx.insert(shipmentItems).values(items.map((item) => ({ shipmentId, ...item })));
  await tx
    .update(shipments)
    .set({ status: "shipped", shippedAt: now as unknown as Date })
    .where(eq(shipments.id, shipmentId));
  const { carrier, trackingNumber, trackingUrl } = label;
  const data = { shipmentId, carrier, trackingNumber, trackingUrl };
  await record(tx, actor, { orderId, kind: "parcel_sent", ownerId: part.ownerId, data });
  await settlePart(tx, actor, part);
  await follow(tx, actor, order);
  return { shipmentId };
}

/** What stands on a parcel, as its row keeps it. */
export function labelOf(told: Pick<Parcel, "carrier" | "service" | "trackingNumber" | "trackingUrl">) {
  const { carrier, service, trackingNumber } = told;
  return {
    carrier,
    service: service || null,
    trackingNumber: trackingNumber || null,
    trackingUrl: told.trackingUrl || trackingUrlOf(carrier, trackingNumber) || null,
  };
}

function refuseUnlessPacking(order: Order, to: string): void {
  if (order.status !== "confirmed" && order.status !== "processing")
    throw new ShopError("illegal_transition", { machine: "order", from: order.status, to });
}

/** Counts the parcel's items onto their lines; the condition refuses more than are left. */
async function pack(tx: Tx, part: Part, wanted: Parcel["lines"]) {
  const left = await tx
    .select({
      orderLineId: orderLines.id,
      quantity:
        sql<number>`${orderLines.quantity} - ${orderLines.shippedQuantity} - ${orderLines.cancelledQuantity}`.mapWith(
          Number,
        ),
    })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, part.orderId), eq(orderLines.ownerId, part.ownerId)))
    .orderBy(asc(orderLines.position));
  const items = perLine(wanted ?? left);
  const fits = items.every((item) =>
    left.some((line) => line.orderLineId === item.orderLineId && line.quantity >= item.quantity),
  );
  if (items.length === 0 || !fits) {
    throw new ShopError("invalid_input", { fields: { lines: "Choose items that are not in a parcel yet." } });
  }
  for (const { orderLineId, quantity } of items) {
    await tx
      .update(orderLines)
      .set({ shippedQuantity: sql`${orderLines.shippedQuantity} + ${quantity}` })
      .where(eq(orderLines.id, orderLineId));
  }
  return items;
}

/** A line that is named twice counts together. */
export function perLine(wanted: NonNullable<Parcel["lines"]>): { orderLineId: string; quantity: number }[] {
  const pieces = new Map<string, number>();
  for (const { orderLineId, quantity } of wanted) {
    if (quantity > 0) pieces.set(orderLineId, (pieces.get(orderLineId) ?? 0) + quantity);
  }
  return [...pieces].map(([orderLineId, quantity]) => ({ orderLineId, quantity }));
}
