/** Moves an order along its machine: the conditional UPDATE and the timeline's row, in one transaction. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { inOneGo } from "@/db/in-one-go";
import { now } from "@/db/schema/columns";
import { orderEvents, orders } from "@/db/schema/orders";
import { type Actor, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { transitionFor } from "@/lib/domain/machine";
import { type OrderStatus, type OrderVerb, orderMachine } from "@/lib/domain/orders";
import { addJob } from "@/lib/queue";
import { noteOrder } from "@/lib/running/notes.mjs";
import { isTold } from "@/lib/services/notifications/of-order";
import type { Order } from "./access";

export interface OrderEvent {
  readonly orderId: string;
  readonly kind: string;
  readonly machine?: string;
  readonly fromStatus?: string;
  readonly toStatus?: string;
  readonly ownerId?: string | null;
  readonly reason?: string | null;
  readonly data?: Record<string, unknown>;
}

const stampOf: Partial<Record<OrderStatus, keyof Order>> = {
  confirmed: "confirmedAt",
  shipped: "shippedAt",
  delivered: "deliveredAt",
  completed: "completedAt",
  cancelled: "cancelledAt",
};

/**
 * Uses `verb` on a locked order and answers it as it is then. Writes the event; changes nothing else.
 * @throws ShopError forbidden for this kind of actor, illegal_transition from this status.
 */
export async function transition(
  tx: Tx,
  actor: Actor,
  order: Order,
  verb: OrderVerb,
  {
    set = {},
    reason,
    data,
  }: {
    set?: Partial<typeof orders.$inferInsert>;
    reason?: string | null;
    data?: Record<string, unknown>;
  } = {},
): Promise<Order> {
  const { from, to } = transitionFor(orderMachine, verb, actor.kind);
  if (!from.includes(order.status))
    throw new ShopError("illegal_transition", { machine: "order", from: order.status, to });
  const stamp = stampOf[to];
  const event = {
    orderId: order.id,
    kind: to,
    machine: "order",
    fromStatus: order.status,
    toStatus: to,
    reason,
    data,
  };
  const [[moved]] = await inOneGo<[Order[], unknown]>([
    () =>
      tx
        .update(orders)
        .set({
          ...set,
          status: to,
          version: sql`${orders.version} + 1`,
          ...(to === "pending" ? {} : { expiresAt: null }),
          ...(stamp ? { [stamp]: now } : {}),
        })
        .where(and(eq(orders.id, order.id), eq(orders.status, order.status)))
        .returning(),
    () => record(tx, actor, event),
  ]);
  if (!moved) throw new ShopError("conflict", { what: "order" });
  return moved;
}

/** Writes one row of the timeline; whom it concerns hears of it by a job of the same transaction. */
export async function record(tx: Tx, actor: Actor, event: OrderEvent): Promise<void> {
  noteOrder(event.orderId);
  const eventId = newId();
  const row = { ...event, id: eventId, actorKind: actor.kind, actorId: userIdOf(actor) };
  const insert = tx.insert(orderEvents).values(row);
  // Row and job are one statement: placing an order waits for it.
  if (isTold(event))
    await insert.returning({ job: addJob("notifications.order", { orderId: event.orderId, eventId }) });
  else await insert;
}
