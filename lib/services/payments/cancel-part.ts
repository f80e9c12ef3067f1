/** Calls off what was not sent yet: an owner's part, single lines, or the rest of an order. The money goes back. */
import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Admin, Staff } from "@/lib/domain/actors";
import { putBack } from "@/lib/services/inventory/reserve";
import { takeIn } from "@/lib/services/inventory/returned";
import { once, type RequestKey } from "@/lib/services/once";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { callOffLines, unshippedOf } from "@/lib/services/orders/call-off";
import { partOf } from "@/lib/services/orders/parts";
import { refuseIfMoved, type Seen } from "@/lib/services/orders/seen";
import { requestRefund } from "./refund";
import { refuseCash } from "./uncollected";

interface Told {
  readonly orderId: string;
  /** Why, for the shopper. */
  readonly note?: string | undefined;
  readonly key?: RequestKey;
  /** Which state of the order the form was filled in on. */
  readonly seen?: Seen;
  /** The pieces are broken or lost: they are written off instead of being for sale again. */
  readonly isGone?: boolean;
}

/** `refundId` is null where nothing was paid yet: cash on delivery is collected without what was called off. */
export interface CancelledPart {
  readonly status: Order["status"];
  readonly refundId: string | null;
  /** Minor units that go back. */
  readonly amount: number;
}

/**
 * An owner calls off their part of an order, or an admin one of its parts: all of it that is not in a parcel. The last
 * live part ends the order, and its shipping goes back too.
 * @throws ShopError not_found for other owners' parts, illegal_transition once all of it is sent or cancelled, conflict
 * where somebody moved the order on
 */
export async function cancelPart(
  staff: Staff,
  { orderId, fulfilmentId, note, key, seen, isGone }: Told & { readonly fulfilmentId?: string | undefined },
): Promise<CancelledPart> {
  return withTx((tx) =>
    once(tx, staff, `cancel_part:${fulfilmentId ?? orderId}`, key, async () => {
      const order = await lockOrder(tx, staff, orderId);
      await refuseIfMoved(tx, staff, orderId, seen);
      const part = await partOf(tx, staff, order, fulfilmentId);
      return giveUpPieces(tx, staff, order, await unshippedOf(tx, staff, order, part.ownerId), {
        note,
        isGone,
      });
    }),
  );
}

/**
 * Takes items of lines off an order before they are sent.
 * @throws ShopError not_found for other owners' lines, illegal_transition unless confirmed or processing,
 * invalid_input for more items than are left, conflict where somebody moved the order on
 */
export async function cancelLines(
  staff: Staff,
  {
    orderId,
    lines,
    note,
    key,
    seen,
    isGone,
  }: Told & { readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[] },
): Promise<CancelledPart> {
  return withTx((tx) =>
    once(tx, staff, `cancel_lines:${orderId}`, key, async () => {
      const order = await lockOrder(tx, staff, orderId);
      await refuseIfMoved(tx, staff, orderId, seen);
      return giveUpPieces(tx, staff, order, lines, { note, isGone });
    }),
  );
}

/** For an admin who cancels an order of which something was sent already: the rest is called off, what was sent stays sold. */
export async function cancelRest(tx: Tx, admin: Admin, order: Order, note?: string): Promise<CancelledPart> {
  return giveUpPieces(tx, admin, order, await unshippedOf(tx, admin, order), { note });
}

async function giveUpPieces(
  tx: Tx,
  staff: Staff,
  locked: Order,
  lines: readonly { orderLineId: string; quantity: number }[],
  { note = "", isGone = false }: Pick<Told, "note" | "isGone">,
): Promise<CancelledPart> {
  const { order, pieces } = await callOffLines(tx, staff, locked, lines, note || null);
  const isOver = order.status === "cancelled";
  const reason = note || "Called off before it was sent";
  const refund = await refundPieces(tx, staff, order, pieces, { withShipping: isOver, reason });
  if (isOver) await refuseCash(tx, staff, order);
  if (isGone) {
    const reason = "Written off: could not be sent";
    const gone = pieces.map(({ variantId, quantity }) => ({
      variantId,
      restock: 0,
      writeOff: quantity,
      reason,
    }));
    await takeIn(tx, staff, order.id, gone);
  } else await putBack(tx, order.id, pieces);
  return { status: order.status, ...refund };
}

/**
 * Gives back what was paid for pieces that the shopper never gets, was not given back before and not lost to a bank. The pieces themselves
 * are the caller's business: they are on the shelf already, or gone.
 */
export async function refundPieces(
  tx: Tx,
  staff: Staff,
  order: Order,
  pieces: readonly { readonly orderLineId: string; readonly quantity: number }[],
  { withShipping, reason }: { withShipping: boolean; reason: string },
): Promise<{ refundId: string | null; amount: number }> {
  const known = await tx
    .select({ id: orderLines.id, quantity: orderLines.quantity, refunded: orderLines.refundedQuantity })
    .from(orderLines)
    .where(eq(orderLines.orderId, order.id));
  const lines = pieces.map(({ orderLineId, quantity }) => {
    const line = known.find(({ id }) => id === orderLineId);
    const left = line ? line.quantity - line.refunded : 0;
    return { orderLineId, quantity: Math.min(quantity, left), restock: false };
  });
  return requestRefund(tx, staff, order, {
    lines,
    shipping: withShipping ? "all" : 0,
    reason,
    lessLost: true,
  });
}
