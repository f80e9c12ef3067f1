/** A parcel on its way: found with its part by whoever may touch it, and moved along its machine. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { now } from "@/db/schema/columns";
import { fulfilments, shipments } from "@/db/schema/fulfilments";
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

/**
 * The items of a parcel that just went astray and are to be taken in, or written off. A refund may have put some of
 * them on the shelf while they were on their way; they count as returned then, as far as more came back than arrived.
 * Those are left out, and from here on they count as astray instead: as often as they exist, once.
 */
export async function strayOf(
  tx: Tx,
  shipmentId: string,
): Promise<{ variantId: string; quantity: number }[]> {
  return tx.execute<{ variantId: string; quantity: number }>(sql`
    WITH content AS (
      SELECT l.id, l.variant_id, i.quantity, LEAST(i.quantity, GREATEST(0, l.returned_quantity - COALESCE((
        SELECT sum(a.quantity) FROM shipment_items a JOIN shipments s ON s.id = a.shipment_id
        WHERE a.order_line_id = l.id AND s.status = 'delivered'), 0)))::int AS counted
      FROM shipment_items i JOIN order_lines l ON l.id = i.order_line_id WHERE i.shipment_id = ${shipmentId}
    ), moved AS (
      UPDATE order_lines l SET returned_quantity = l.returned_quantity - c.counted
      FROM content c WHERE c.id = l.id AND c.counted > 0
    )
    SELECT variant_id AS "variantId", (quantity - counted)::int AS quantity FROM content
    WHERE quantity > counted ORDER BY variant_id`);
}
