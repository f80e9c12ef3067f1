/** Orders: a form that was filled in before somebody else changed the order is refused, and told what they did. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { Shopper, Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { agoText } from "@/lib/services/conflicts";

/** How many events by people the page of an order showed: its timeline only grows, so this numbers its states. */
export type Seen = number | undefined;

const DID: Readonly<Record<string, string>> = {
  confirmed: "confirmed this order",
  processing: "began to pack this order",
  part_processing: "began to pack this order",
  shipped: "sent the last parcel of this order",
  parcel_sent: "sent a parcel of this order",
  parcel_delivered: "marked a parcel of this order as arrived",
  part_shipped: "sent goods of this order",
  part_delivered: "marked goods of this order as arrived",
  parcel_lost: "marked a parcel of this order as lost",
  parcel_returned: "took back a parcel of this order",
  parcel_corrected: "corrected the tracking of this order",
  delivered: "marked this order as arrived",
  cancelled: "cancelled this order",
  part_cancelled: "called off a part of this order",
  lines_cancelled: "called off pieces of this order",
  refund_requested: "asked for a refund of this order",
  address_changed: "changed the address of this order",
  return_requested: "asked to send goods of this order back",
};

/**
 * Refuses where people did more to a locked order than its page showed. Staff hear of what they may see alone; what the
 * shop does by itself is no conflict. Call it within `once`: a repeated request has its answer already.
 * @throws ShopError conflict, with the number of the state that is stored
 */
export async function refuseIfMoved(
  tx: Tx,
  actor: Staff | Shopper,
  orderId: string,
  seen: Seen,
): Promise<void> {
  if (seen === undefined || (actor.kind !== "admin" && actor.kind !== "owner")) return;
  const isTold =
    actor.kind === "admin"
      ? sql`true`
      : sql`(e.owner_id = ${actor.ownerId} OR (e.owner_id IS NULL AND (e.machine = 'order' OR e.kind = 'paid')))`;
  const events = await tx.execute<{ kind: string; by: string; name: string | null; seconds: number }>(sql`
    SELECT e.kind, e.actor_kind AS by, extract(epoch FROM shop_now() - e.created_at)::float8 AS seconds,
      COALESCE(NULLIF(trim(u.first_name || ' ' || u.last_name), ''), u.username) AS name
    FROM order_events e LEFT JOIN users u ON u.id = e.actor_id
    WHERE e.order_id = ${orderId} AND e.actor_kind <> 'system' AND ${isTold} ORDER BY e.created_at, e.id`);
  const last = [...events].slice(seen).at(-1);
  if (!last) return;
  const isStaff = last.by === "admin" || last.by === "owner";
  throw new ShopError("conflict", {
    what: "order",
    told: {
      who: isStaff ? (last.name ?? "Somebody who left") : "The customer",
      did: DID[last.kind] ?? "changed this order",
      ago: agoText(last.seconds),
      advice: "look at the order and send it again if it is still right",
      version: events.length,
    },
  });
}
