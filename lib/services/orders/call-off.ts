/** Calls off what was not sent yet, by line, inside a transaction: counters, parts and order. Money is payments'. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines } from "@/db/schema/orders";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import type { Order } from "./access";
import { giveDiscountsBack } from "./cancel";
import { follow, isAlive, partsOf, settlePart } from "./parts";
import { perLine } from "./ship";
import { record, transition } from "./transition";

interface Piece {
  readonly orderLineId: string;
  readonly variantId: string;
  readonly ownerId: string;
  readonly quantity: number;
}

export interface CalledOff {
  /** The order as it is then; cancelled where no part of it is left. */
  readonly order: Order;
  readonly pieces: readonly Piece[];
}

/** What of an order's lines is neither in a parcel nor called off; an owner's own lines only. */
export async function unshippedOf(
  tx: Tx,
  staff: Staff,
  order: Order,
  ownerId?: string,
): Promise<{ orderLineId: string; quantity: number }[]> {
  const left = sql<number>`${orderLines.quantity} - ${orderLines.shippedQuantity} - ${orderLines.cancelledQuantity}`;
  return tx
    .select({ orderLineId: orderLines.id, quantity: left.mapWith(Number) })
    .from(orderLines)
    .where(
      and(
        eq(orderLines.orderId, order.id),
        ownedBy(staff),
        ownerId ? eq(orderLines.ownerId, ownerId) : undefined,
        sql`${left} > 0`,
      ),
    );
}

/**
 * Takes items of a locked order off before they are sent. A part without any left is cancelled, one whose other items
 * are all in parcels moves on; an order without a live part is cancelled, and gives its discounts back if nothing of
 * it was ever sent.
 * @throws ShopError illegal_transition unless confirmed or processing, not_found for other owners' lines,
 * invalid_input for more items than are left
 */
export async function callOffLines(
  tx: Tx,
  staff: Staff,
  order: Order,
  wanted: readonly { orderLineId: string; quantity: number }[],
  note: string | null,
): Promise<CalledOff> {
  if (order.status !== "confirmed" && order.status !== "processing")
    throw new ShopError("illegal_transition", { machine: "order", from: order.status, to: "cancelled" });
  const pieces = await takeOff(tx, staff, order, wanted);
  for (const part of await partsOf(tx, staff, order)) {
    const lines = pieces
      .filter((piece) => piece.ownerId === part.ownerId)
      .map(({ orderLineId, quantity }) => ({ orderLineId, quantity }));
    if (lines.length === 0) continue;
    const why = { reason: note, data: { lines } };
    const { status } = await settlePart(tx, staff, part, why);
    // A part that is cancelled as a whole says so itself.
    if (status !== "cancelled")
      await record(tx, staff, { orderId: order.id, kind: "lines_cancelled", ownerId: part.ownerId, ...why });
  }
  if (await isAlive(tx, order.id)) return { order: await follow(tx, staff, order), pieces };
  return { order: await end(tx, staff, order, note), pieces };
}

/** One conditional UPDATE a line decides, in one order of locks. */
async function takeOff(
  tx: Tx,
  staff: Staff,
  order: Order,
  wanted: readonly { orderLineId: string; quantity: number }[],
): Promise<Piece[]> {
  const taken: Piece[] = [];
  for (const { orderLineId, quantity } of perLine(wanted).sort((a, b) =>
    a.orderLineId < b.orderLineId ? -1 : 1,
  )) {
    const mine = and(eq(orderLines.id, orderLineId), eq(orderLines.orderId, order.id), ownedBy(staff));
    const [line] = await tx
      .update(orderLines)
      .set({ cancelledQuantity: sql`${orderLines.cancelledQuantity} + ${quantity}` })
      .where(
        and(
          mine,
          sql`${orderLines.shippedQuantity} + ${orderLines.cancelledQuantity} + ${quantity} <= ${orderLines.quantity}`,
        ),
      )
      .returning({ variantId: orderLines.variantId, ownerId: orderLines.ownerId });
    if (!line) {
      const known = await tx.select({ id: orderLines.id }).from(orderLines).where(mine);
      throw known.length > 0 ? tooMany() : new ShopError("not_found", { what: "line" });
    }
    taken.push({ orderLineId, quantity, ...line });
  }
  if (taken.length === 0) throw tooMany();
  return taken;
}

const tooMany = () =>
  new ShopError("invalid_input", { fields: { lines: "Choose items that are not in a parcel yet." } });

async function end(tx: Tx, staff: Staff, order: Order, note: string | null): Promise<Order> {
  const reason = staff.kind === "owner" ? "owner" : "admin";
  const cancelled = await transition(tx, staff, order, order.status === "processing" ? "callOff" : "cancel", {
    set: { cancelReason: reason, cancelNote: note },
    reason: note,
    data: { reason },
  });
  if (!(await isPartlySent(tx, order))) await giveDiscountsBack(tx, order.id);
  return cancelled;
}

/** Whether anything of a locked order was sent, whatever became of it. */
export async function isPartlySent(tx: Tx, order: Order): Promise<boolean> {
  const [sent] = await tx
    .select({ id: orderLines.id })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, order.id), sql`${orderLines.shippedQuantity} > 0`))
    .limit(1);
  return sent !== undefined;
}

const ownedBy = (staff: Staff) =>
  staff.kind === "owner" ? eq(orderLines.ownerId, staff.ownerId) : undefined;
