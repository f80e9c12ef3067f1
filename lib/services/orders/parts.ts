/** The parts of an order, one per owner: who may touch which, their steps, and the order that follows them. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { fulfilments, shipments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import type { Staff, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { transitionFor } from "@/lib/domain/machine";
import { fulfilmentMachine, type OrderStatus, statusOfParts } from "@/lib/domain/orders";
import type { Order } from "./access";
import { afterDelivery } from "./complete";
import { record, transition } from "./transition";

export type Part = typeof fulfilments.$inferSelect;

/** The parts of a locked order that the actor may touch, locked: owners' own only. */
export async function partsOf(
  tx: Tx,
  actor: Staff | System,
  order: Order,
  fulfilmentId?: string | undefined,
): Promise<Part[]> {
  return tx
    .select()
    .from(fulfilments)
    .where(
      and(
        eq(fulfilments.orderId, order.id),
        actor.kind === "owner" ? eq(fulfilments.ownerId, actor.ownerId) : undefined,
        fulfilmentId ? eq(fulfilments.id, fulfilmentId) : undefined,
      ),
    )
    .orderBy(fulfilments.id)
    .for("update");
}

/** The one part that is meant. @throws ShopError not_found for other owners' parts, and where several could be meant */
export async function partOf(
  tx: Tx,
  actor: Staff | System,
  order: Order,
  fulfilmentId?: string | undefined,
): Promise<Part> {
  const [part, another] = await partsOf(tx, actor, order, fulfilmentId);
  if (!part || another) throw new ShopError("not_found", { what: "part of the order" });
  return part;
}

/** Moves a part along its machine and writes the event. @throws ShopError forbidden, illegal_transition */
export async function movePart(
  tx: Tx,
  actor: Staff | System,
  part: Part,
  verb: "process" | "ship" | "deliver" | "cancel" | "giveUp",
  why: { readonly reason?: string | null; readonly data?: Record<string, unknown> } = {},
): Promise<Part> {
  const { from, to } = transitionFor(fulfilmentMachine, verb, actor.kind);
  const [moved] = from.includes(part.status)
    ? await tx
        .update(fulfilments)
        .set({ status: to, version: sql`${fulfilments.version} + 1` })
        .where(and(eq(fulfilments.id, part.id), eq(fulfilments.status, part.status)))
        .returning()
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
    ...why,
  });
  return moved;
}

/**
 * Takes a part as far as its pieces are: called off whole it is cancelled, all in parcels it is shipped, and once no
 * parcel is under way and one arrived it is delivered. Parcels that never arrive are an admin's decision (give up).
 */
export async function settlePart(
  tx: Tx,
  actor: Staff | System,
  part: Part,
  why: Parameters<typeof movePart>[4] = {},
): Promise<Part> {
  let current = part;
  const pieces = await piecesOf(tx, part);
  if (pieces.open === 0 && pieces.shipped === 0 && (part.status === "open" || part.status === "processing"))
    return movePart(tx, actor, part, "cancel", why);
  if (pieces.open === 0 && current.status === "processing")
    current = await movePart(tx, actor, current, "ship");
  if (current.status !== "shipped") return current;
  const parcels = await parcelsOf(tx, part.id);
  const isUnderWay = parcels.some((status) => status === "packed" || status === "shipped");
  if (isUnderWay || !parcels.includes("delivered")) return current;
  return movePart(tx, actor, current, "deliver");
}

/**
 * The order follows its parts, one legal step at a time, each with its event; where it arrived, its cash and its
 * completion are seen to. Answers the order as it is then.
 */
export async function follow(tx: Tx, actor: Staff | System, order: Order): Promise<Order> {
  const goal = statusOfParts(await statusesOf(tx, order.id));
  const way: OrderStatus[] = ["confirmed", "processing", "shipped", "delivered"];
  const verbs = { processing: "process", shipped: "ship", delivered: "deliver" } as const;
  let current = order;
  if (!way.includes(order.status)) return order;
  while (goal && way.indexOf(current.status) < way.indexOf(goal)) {
    const next = way[way.indexOf(current.status) + 1] as keyof typeof verbs;
    current = await transition(tx, actor, current, verbs[next]);
  }
  if (current.status === "delivered" && order.status !== "delivered") await afterDelivery(tx, current);
  return current;
}

/** Whether an order has a part left that is not cancelled. */
export async function isAlive(tx: Tx, orderId: string): Promise<boolean> {
  return statusOfParts(await statusesOf(tx, orderId)) !== undefined;
}

async function statusesOf(tx: Tx, orderId: string): Promise<Part["status"][]> {
  const parts = await tx
    .select({ status: fulfilments.status })
    .from(fulfilments)
    .where(eq(fulfilments.orderId, orderId));
  return parts.map(({ status }) => status);
}

async function parcelsOf(tx: Tx, fulfilmentId: string) {
  const parcels = await tx
    .select({ status: shipments.status })
    .from(shipments)
    .where(eq(shipments.fulfilmentId, fulfilmentId));
  return parcels.map(({ status }) => status);
}

/** Items of a part: in parcels, and neither in a parcel nor called off. */
async function piecesOf(tx: Tx, part: Part): Promise<{ shipped: number; open: number }> {
  const [sum] = await tx
    .select({
      shipped: sql<number>`sum(${orderLines.shippedQuantity})`.mapWith(Number),
      open: sql<number>`sum(${orderLines.quantity} - ${orderLines.shippedQuantity} - ${orderLines.cancelledQuantity})`.mapWith(
        Number,
      ),
    })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, part.orderId), eq(orderLines.ownerId, part.ownerId)));
  return sum ?? { shipped: 0, open: 0 };
}
