/** Parcels that do not arrive: lost on the way or sent back. Money is not moved here: giving up an order does that. */
import { withTx } from "@/db/tx";
import type { Staff, System } from "@/lib/domain/actors";
import { takeIn } from "@/lib/services/inventory/returned";
import { once, type RequestKey } from "@/lib/services/once";
import { lockOrder, type Order } from "./access";
import { goodsOf, moveParcel, parcelOf, strayOf } from "./parcel";
import { follow, settlePart } from "./parts";
import { refuseIfMoved, type Seen } from "./seen";
import { record } from "./transition";

interface Told {
  readonly orderId: string;
  readonly shipmentId: string;
  readonly note?: string | undefined;
  readonly key?: RequestKey;
  readonly seen?: Seen;
}

/**
 * The carrier lost a parcel: its items are written off. The part arrives with its other parcels; where none did, it
 * stays shipped until an admin gives it up. @throws ShopError not_found for other owners' parcels, illegal_transition,
 * conflict where somebody moved the order on
 */
export function loseParcel(actor: Staff | System, told: Told): Promise<{ status: Order["status"] }> {
  return goAstray(actor, "lose", told, false);
}

/**
 * A parcel came back (refused, not found at home): its items are fit to sell again, or written off with `damaged`.
 * @throws ShopError not_found for other owners' parcels, illegal_transition, conflict as above
 */
export function returnParcel(
  actor: Staff | System,
  { damaged = false, ...told }: Told & { readonly damaged?: boolean },
): Promise<{ status: Order["status"] }> {
  return goAstray(actor, "return", told, !damaged);
}

async function goAstray(
  actor: Staff | System,
  verb: "lose" | "return",
  { orderId, shipmentId, note, key, seen }: Told,
  isFit: boolean,
): Promise<{ status: Order["status"] }> {
  return withTx((tx) =>
    once(tx, actor, `parcel.${verb}:${shipmentId}`, key, async () => {
      const order = await lockOrder(tx, actor, orderId);
      const { part, shipment } = await parcelOf(tx, actor, order, shipmentId);
      if (actor.kind !== "system") await refuseIfMoved(tx, actor, orderId, seen);
      await moveParcel(tx, actor, shipment, verb);
      await record(tx, actor, {
        orderId,
        kind: verb === "lose" ? "parcel_lost" : "parcel_returned",
        ownerId: part.ownerId,
        reason: note || null,
        data: { shipmentId, restocked: isFit },
      });
      await settlePart(tx, actor, part);
      const { status } = await follow(tx, actor, order);
      const content = await strayOf(tx, shipmentId);
      await takeIn(tx, actor, orderId, goodsOf(content, isFit, verb === "lose" ? "lost" : "returned"));
      return { status };
    }),
  );
}
