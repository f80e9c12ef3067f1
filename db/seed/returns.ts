/** Some of the demo's delivered goods go back, each as far along as its turn says, through the services. */
import { eq } from "drizzle-orm";
import type { Owner, Shopper, System } from "@/lib/domain/actors";
import { sendRefund } from "@/lib/services/payments/refund-settle";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { approve, reject } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { db } from "../client";
import { orderLines } from "../schema/orders";

const NOTES = [
  "The handle has a crack, see the lower end.",
  "It is darker than on the picture.",
  "My flat is smaller than I thought.",
];
const REASONS = ["damaged", "not_as_described", "changed_mind"] as const;
const ENDS = ["requested", "approved", "received", "refunded", "rejected"] as const;

/** Sends the first line of an order back. `turn` picks the reason and how far it gets. */
export async function sendBack(
  { system, shopper, owners }: { system: System; shopper: Shopper; owners: ReadonlyMap<string, Owner> },
  orderId: string,
  turn: number,
): Promise<void> {
  const [line] = await db
    .select()
    .from(orderLines)
    .where(eq(orderLines.orderId, orderId))
    .orderBy(orderLines.position)
    .limit(1);
  const owner = owners.get(line?.ownerId ?? "");
  if (!line || !owner) return;
  const reason = REASONS[turn % REASONS.length] ?? "other";
  const end = ENDS[turn % ENDS.length];
  const [made] = await requestReturn(shopper, {
    orderId,
    lines: [{ orderLineId: line.id, quantity: 1, reason }],
    note: NOTES[turn % NOTES.length],
  });
  if (!made || end === "requested") return;
  const { returnId } = made;
  if (end === "rejected") {
    await reject(owner, { returnId, note: "It was worn and washed." });
    return;
  }
  await approve(owner, { returnId, note: "The box it came in is fine." });
  if (end === "approved") return;
  const isFit = reason !== "damaged";
  const back = { orderLineId: line.id, restock: isFit ? 1 : 0, writeOff: isFit ? 0 : 1 };
  await receive(owner, { returnId, lines: [back] });
  if (end === "received") return;
  const { refundId } = await refundReturn(owner, { returnId });
  if (refundId) await sendRefund(system, refundId);
}
