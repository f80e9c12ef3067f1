/** A parcel on its way: found with its part by whoever may touch it, and moved along its machine. */
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { now } from "@/db/schema/columns";
import { fulfilments, shipmentItems, shipments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import type { Staff, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { transitionFor } from "@/lib/domain/machine";
import { shipmentMachine } from "@/lib/domain/orders";
import type { Returned } from "@/lib/services/inventory/returned";
import type { Order } from "./access";
import type { Part } from "./parts";

type Shipment = typeof shipments.$inferSelect;

/** A parcel of a locked order with its part, both locked. @throws ShopError not_found for other owners' parcels too */
export async function parcelOf(
  tx: Tx,
  actor: Staff | System,
  order: Order,
  shipmentId: string,
): Promise<{ part: Part; shipment: Shipment }> {
  const [found] = await tx
    .select({ part: fulfilments, shipment: shipments })
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
  return found;
}

/** Moves a locked parcel. @throws ShopError forbidden, illegal_transition */
export async function moveParcel(
  tx: Tx,
  actor: Staff | System,
  { id, status }: Pick<Shipment, "id" | "status">,
  verb: keyof (typeof shipmentMachine)["transitions"],
): Promise<void> {
  const { from, to } = transitionFor(shipmentMachine, verb, actor.kind);
  const stamp = { shipped: { shippedAt: now }, delivered: { deliveredAt: now } }[to as string] ?? {};
  const [moved] = from.includes(status)
    ? await tx
        .update(shipments)
        .set({ ...stamp, status: to })
        .where(and(eq(shipments.id, id), eq(shipments.status, status)))
        .returning({ id: shipments.id })
    : [];
  if (!moved) throw new ShopError("illegal_transition", { machine: "parcel", from: status, to });
}

/** Goods that are taken in, one entry a variant: fit to sell, or written off for `reason`. */
export function goodsOf(
  content: readonly { readonly variantId: string; readonly quantity: number }[],
  isFit: boolean,
  reason: "lost" | "returned",
): Returned[] {
  const goods = new Map<string, number>();
  for (const { variantId, quantity } of content) goods.set(variantId, (goods.get(variantId) ?? 0) + quantity);
  const why = {
    reason: reason === "lost" ? "Written off: lost on the way" : "Written off: returned damaged",
  };
  return [...goods].map(([variantId, quantity]) => ({
    variantId,
    restock: isFit ? quantity : 0,
    writeOff: isFit ? 0 : quantity,
    ...(isFit ? {} : why),
  }));
}

/** What is in a parcel, in items. */
export async function contentOf(
  tx: Tx,
  shipmentId: string,
): Promise<{ orderLineId: string; variantId: string; quantity: number }[]> {
  return tx
    .select({
      orderLineId: shipmentItems.orderLineId,
      variantId: orderLines.variantId,
      quantity: shipmentItems.quantity,
    })
    .from(shipmentItems)
    .innerJoin(orderLines, eq(orderLines.id, shipmentItems.orderLineId))
    .where(eq(shipmentItems.shipmentId, shipmentId))
    .orderBy(orderLines.variantId);
}
