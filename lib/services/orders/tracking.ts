/** Corrects what stands on a parcel: carrier and tracking number. */
import { eq } from "drizzle-orm";
import { shipments } from "@/db/schema/fulfilments";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { isCarrier } from "@/lib/domain/shipping";
import { write } from "@/lib/services/audit";
import { lockOrder } from "./access";
import { parcelOf } from "./parcel";
import { refuseIfMoved } from "./seen";
import { labelOf, type Parcel } from "./ship";
import { record } from "./transition";

/**
 * Whatever became of the parcel, its number may be put right. A service that is not named stays.
 * @throws ShopError not_found for other owners' parcels, invalid_input for a carrier that is neither known nor the parcel's own, conflict where somebody moved the order on
 */
export async function correctTracking(
  staff: Staff,
  told: { orderId: string; shipmentId: string } & Pick<
    Parcel,
    "carrier" | "service" | "trackingNumber" | "trackingUrl" | "seen"
  >,
): Promise<void> {
  const { orderId, shipmentId } = told;
  await withTx(async (tx) => {
    const order = await lockOrder(tx, staff, orderId);
    const { part, shipment } = await parcelOf(tx, staff, order, shipmentId);
    const { carrier, service, trackingNumber, trackingUrl } = shipment;
    const before = { carrier, service, trackingNumber, trackingUrl };
    if (told.carrier !== carrier && !isCarrier(told.carrier))
      throw new ShopError("invalid_input", { fields: { carrier: "Please choose a carrier." } });
    const after = labelOf({ ...told, service: told.service ?? service ?? undefined });
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await refuseIfMoved(tx, staff, orderId, told.seen);
    await tx.update(shipments).set(after).where(eq(shipments.id, shipmentId));
    const data = { shipmentId, ...after };
    await record(tx, staff, { orderId, kind: "parcel_corrected", ownerId: part.ownerId, data });
    const subject = { subject: "shipments", subjectId: shipmentId };
    await write(tx, staff, { action: "parcel.correct", ...subject, before, after });
  });
}
