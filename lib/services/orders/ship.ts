/** Ships: an owner's goods leave in parcels, the part and the order follow. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { fulfilments, shipmentItems, shipments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Staff, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { fulfilmentMachine, type OrderStatus, statusOfParts } from "@/lib/domain/orders";
import { trackingUrlOf } from "@/lib/domain/shipping";
import { lockOrder, type Order } from "./access";
import { record, transition } from "./transition";

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
}

type Part = typeof fulfilments.$inferSelect;

/** Starts packing a part: from here on the shopper can no longer cancel. @throws ShopError not_found, illegal_transition */
export async function startProcessing(
  actor: Staff | System,
  orderId: string,
  fulfilmentId?: string,
): Promise<void> {
  await withTx(async (tx) => {
    const order = await lockOrder(tx, actor, orderId);
    const part = await partOf(tx, actor, order, fulfilmentId);
    await movePart(tx, actor, part, "process");
    await follow(tx, actor, order);
  });
}

/**
 * Sends a parcel. The part is `shipped` once all its items are in parcels, the order once all its parts are.
 * @throws ShopError not_found for other owners' parts, illegal_transition before payment or after a cancel,
 * invalid_input for more items than are left.
 */
export async function ship(
  actor: Staff | System,
  orderId: string,
  parcel: Parcel,
): Promise<{ shipmentId: string }> {
  return withTx(async (tx) => {
    const order = await lockOrder(tx, actor, orderId);
    if (order.isDisputed) throw new ShopError("conflict", { what: "order" });
    const part = await partOf(tx, actor, order, parcel.fulfilmentId);
    if (part.status === "open") await movePart(tx, actor, part, "process");
    else if (part.status !== "processing") {
      throw new ShopError("illegal_transition", { machine: "parcel", from: part.status, to: "shipped" });
    }
    const items = await pack(tx, part, parcel.lines);
    const shipmentId = newId();
    const trackingUrl = parcel.trackingUrl || trackingUrlOf(parcel.carrier, parcel.trackingNumber);
    await tx.insert(shipments).values({
      id: shipmentId,
      fulfilmentId: part.id,
      carrier: parcel.carrier,
      service: parcel.service || null,
      trackingNumber: parcel.trackingNumber || null,
      trackingUrl: trackingUrl ?? null,
    });
    await tx.insert(shipmentItems).values(items.map((item) => ({ shipmentId, ...item })));
    await tx
      .update(shipments)
      .set({ status: "shipped", shippedAt: now as unknown as Date })
      .where(eq(shipments.id, shipmentId));
    await record(tx, actor, {
      orderId: order.id,
      kind: "parcel_sent",
      ownerId: part.ownerId,
      data: {
        shipmentId,
        carrier: parcel.carrier,
        trackingNumber: parcel.trackingNumber ?? null,
        trackingUrl: trackingUrl ?? null,
      },
    });
    if (await isAllPacked(tx, part)) await movePart(tx, actor, { ...part, status: "processing" }, "ship");
    await follow(tx, actor, order);
    return { shipmentId };
  });
}

/** Moves an owner's part along its machine and writes the event. @throws ShopError illegal_transition */
export async function movePart(
  tx: Tx,
  actor: Staff | System,
  part: Part,
  verb: "process" | "ship" | "deliver",
): Promise<void> {
  const { from, to } = fulfilmentMachine.transitions[verb];
  const [moved] = from.includes(part.status)
    ? await tx
        .update(fulfilments)
        .set({ status: to, version: sql`${fulfilments.version} + 1` })
        .where(and(eq(fulfilments.id, part.id), eq(fulfilments.status, part.status)))
        .returning({ id: fulfilments.id })
    : [];
  if (!moved)
    throw new ShopError("illegal_transition", { machine: "part of the order", from: part.status, to });
  await record(tx, actor, {
    orderId: part.orderId,
    kind: `part_${to}`,
    machine: "fulfilment",
    fromStatus: part.status,
    toStatus: to,
    ownerId: part.ownerId,
  });
}

/** The order follows its parts, one legal step at a time, each with its event. */
export async function follow(tx: Tx, actor: Staff | System, order: Order): Promise<Order> {
  const parts = await tx
    .select({ status: fulfilments.status })
    .from(fulfilments)
    .where(eq(fulfilments.orderId, order.id));
  const goal = statusOfParts(parts.map((part) => part.status));
  const way: OrderStatus[] = ["confirmed", "processing", "shipped", "delivered"];
  const verbs = { processing: "process", shipped: "ship", delivered: "deliver" } as const;
  let current = order;
  // A parcel of an order that was called off arrives all the same; the order stays cancelled.
  if (!way.includes(order.status)) return order;
  while (goal && way.indexOf(current.status) < way.indexOf(goal)) {
    const next = way[way.indexOf(current.status) + 1] as keyof typeof verbs;
    current = await transition(tx, actor, current, verbs[next]);
  }
  return current;
}

async function partOf(tx: Tx, actor: Staff | System, order: Order, fulfilmentId?: string): Promise<Part> {
  if (order.status !== "confirmed" && order.status !== "processing") {
    throw new ShopError("illegal_transition", { machine: "order", from: order.status, to: "shipped" });
  }
  const parts = await tx
    .select()
    .from(fulfilments)
    .where(
      and(
        eq(fulfilments.orderId, order.id),
        actor.kind === "owner" ? eq(fulfilments.ownerId, actor.ownerId) : undefined,
        fulfilmentId ? eq(fulfilments.id, fulfilmentId) : undefined,
      ),
    )
    .for("update");
  const [part] = parts;
  if (!part || parts.length > 1) throw new ShopError("not_found", { what: "part of the order" });
  return part;
}

/** Counts the parcel's items onto their lines; the condition refuses more than are left. */
async function pack(tx: Tx, part: Part, wanted: Parcel["lines"]) {
  const left = await tx
    .select({
      orderLineId: orderLines.id,
      quantity: sql<number>`${orderLines.quantity} - ${orderLines.shippedQuantity}`.mapWith(Number),
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
function perLine(wanted: NonNullable<Parcel["lines"]>): { orderLineId: string; quantity: number }[] {
  const pieces = new Map<string, number>();
  for (const { orderLineId, quantity } of wanted) {
    if (quantity > 0) pieces.set(orderLineId, (pieces.get(orderLineId) ?? 0) + quantity);
  }
  return [...pieces].map(([orderLineId, quantity]) => ({ orderLineId, quantity }));
}

async function isAllPacked(tx: Tx, part: Part): Promise<boolean> {
  const open = await tx
    .select({ id: orderLines.id })
    .from(orderLines)
    .where(
      and(
        eq(orderLines.orderId, part.orderId),
        eq(orderLines.ownerId, part.ownerId),
        sql`${orderLines.shippedQuantity} < ${orderLines.quantity}`,
      ),
    )
    .limit(1);
  return open.length === 0;
}
