/** Delivers and completes: parcels arrive, cash is collected, and after the return window owners have earned. */
import { and, eq, notInArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { now } from "@/db/schema/columns";
import { fulfilments, shipments } from "@/db/schema/fulfilments";
import { orderLines, orders } from "@/db/schema/orders";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { Staff, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { ratio } from "@/lib/domain/money";
import { enqueue } from "@/lib/queue";
import { post } from "@/lib/services/ledger/post";
import { lineCompleted } from "@/lib/services/ledger/sales";
import { lockOrder, type Order } from "./access";
import { follow, movePart } from "./ship";
import { record, transition } from "./transition";

declare module "@/lib/queue" {
  interface Jobs {
    "orders.complete": { orderId: string };
    /** The courier brought the cash: payments' business, which stands above orders. */
    "payments.collect": { orderId: string };
  }
}

/**
 * A parcel arrived. Once all parcels of all parts did, the order is `delivered` and completes after the return window.
 * Answers the order as it is then. @throws ShopError not_found for other owners' parcels, illegal_transition
 */
export async function deliver(
  actor: Staff | System,
  { orderId, shipmentId }: { orderId: string; shipmentId: string },
  on?: Tx,
): Promise<Order> {
  return withTx(
    async (tx) => {
      const order = await lockOrder(tx, actor, orderId);
      const part = await arrive(tx, actor, order, shipmentId);
      await record(tx, actor, {
        orderId,
        kind: "parcel_delivered",
        ownerId: part.ownerId,
        data: { shipmentId },
      });
      if (part.status === "shipped" && (await isAllDelivered(tx, part.id)))
        await movePart(tx, actor, part, "deliver");
      const followed = await follow(tx, actor, order);
      if (followed.status === "delivered" && order.status !== "delivered") await afterDelivery(tx, followed);
      return followed;
    },
    { tx: on },
  );
}

/** After the return window: the order is done and its owners' shares become payable. Doing it twice changes nothing. */
export async function complete(system: System, orderId: string): Promise<void> {
  await withTx(async (tx) => {
    const order = await lockOrder(tx, system, orderId);
    if (order.status !== "delivered" || order.isDisputed) return;
    await transition(tx, system, order, "complete");
    const lines = await tx.select().from(orderLines).where(eq(orderLines.orderId, orderId));
    for (const line of lines) {
      const net = line.total - line.tax;
      const commission = ratio(net, line.commission, 1_000_000);
      await post(tx, lineCompleted({ ...line, net, commission, currency: order.currency }));
    }
  });
}

async function arrive(tx: Tx, actor: Staff | System, order: Order, shipmentId: string) {
  const [found] = await tx
    .select({ part: fulfilments, status: shipments.status })
    .from(shipments)
    .innerJoin(fulfilments, eq(fulfilments.id, shipments.fulfilmentId))
    .where(
      and(
        eq(shipments.id, shipmentId),
        eq(fulfilments.orderId, order.id),
        actor.kind === "owner" ? eq(fulfilments.ownerId, actor.ownerId) : undefined,
      ),
    )
    .for("update");
  if (!found) throw new ShopError("not_found", { what: "parcel" });
  const [arrived] = await tx
    .update(shipments)
    .set({ status: "delivered", deliveredAt: now as unknown as Date })
    .where(and(eq(shipments.id, shipmentId), eq(shipments.status, "shipped")))
    .returning({ id: shipments.id });
  if (!arrived)
    throw new ShopError("illegal_transition", { machine: "parcel", from: found.status, to: "delivered" });
  return found.part;
}

async function isAllDelivered(tx: Tx, fulfilmentId: string): Promise<boolean> {
  const open = await tx
    .select({ id: shipments.id })
    .from(shipments)
    .where(
      and(
        eq(shipments.fulfilmentId, fulfilmentId),
        notInArray(shipments.status, ["delivered", "lost", "returned"]),
      ),
    )
    .limit(1);
  return open.length === 0;
}

async function afterDelivery(tx: Tx, order: Order): Promise<void> {
  const { id: orderId } = order;
  if (order.paymentMethod === "cash_on_delivery") {
    await enqueue(tx, "payments.collect", { orderId }, { key: `payments.collect:${orderId}` });
  }
  await planCompletion(tx, orderId);
}

async function planCompletion(tx: Tx, orderId: string): Promise<void> {
  const [window] = await tx
    .select({ end: sql<string>`${orders.deliveredAt} + make_interval(days => ${settings.returnWindowDays})` })
    .from(orders)
    .innerJoin(settings, eq(settings.id, 1))
    .where(eq(orders.id, orderId));
  if (window)
    await enqueue(
      tx,
      "orders.complete",
      { orderId },
      { key: `orders.complete:${orderId}`, runAt: new Date(window.end) },
    );
}
