/** Delivers: parcels arrive, and the part and the order follow. */
import type { Tx } from "@/db/client";
import { withTx } from "@/db/tx";
import type { Staff, System } from "@/lib/domain/actors";
import { lockOrder, type Order } from "./access";
import { moveParcel, parcelOf } from "./parcel";
import { follow, settlePart } from "./parts";
import { refuseIfMoved, type Seen } from "./seen";
import { record } from "./transition";

export { complete, planCompletion } from "./complete";

/**
 * A parcel arrived. Once all parcels of all parts did, the order is `delivered` and completes after the return window.
 * Answers the order as it is then.
 * @throws ShopError not_found for other owners' parcels, illegal_transition, conflict where somebody moved the order on
 */
export async function deliver(
  actor: Staff | System,
  { orderId, shipmentId, seen }: { orderId: string; shipmentId: string; seen?: Seen },
  on?: Tx,
): Promise<Order> {
  return withTx(
    async (tx) => {
      const order = await lockOrder(tx, actor, orderId);
      const { part, shipment } = await parcelOf(tx, actor, order, shipmentId);
      if (actor.kind !== "system") await refuseIfMoved(tx, actor, orderId, seen);
      await moveParcel(tx, actor, shipment, "deliver");
      const data = { shipmentId };
      await record(tx, actor, { orderId, kind: "parcel_delivered", ownerId: part.ownerId, data });
      await settlePart(tx, actor, part);
      return follow(tx, actor, order);
    },
    { tx: on },
  );
}
