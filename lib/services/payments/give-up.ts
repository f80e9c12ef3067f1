/** Gives up what was sent and never arrived: refused at the door, or lost. Goods are taken in or written off, money goes back. */
import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { shipments } from "@/db/schema/fulfilments";
import { orderLines } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { takeIn } from "@/lib/services/inventory/returned";
import { once, type RequestKey } from "@/lib/services/once";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { goodsOf, moveParcel, strayOf } from "@/lib/services/orders/parcel";
import { follow, isAlive, movePart, type Part, partsOf } from "@/lib/services/orders/parts";
import { refuseIfMoved, type Seen } from "@/lib/services/orders/seen";
import { record, transition } from "@/lib/services/orders/transition";
import { type CancelledPart, refundPieces } from "./cancel-part";
import { refuseCash } from "./uncollected";

export interface GivenUp {
  readonly orderId: string;
  /** One part; all that are on their way when left out. */
  readonly fulfilmentId?: string | undefined;
  /** Why its parcels did not arrive. Those still on their way are `returned` for refused, `lost` for lost. */
  readonly reason: "refused" | "lost";
  /** What came back cannot be sold again. */
  readonly damaged?: boolean;
  readonly note?: string | undefined;
  readonly key?: RequestKey;
  /** Which state of the order the form was filled in on. */
  readonly seen?: Seen;
}

/**
 * Ends parts that were shipped and of which nothing arrived; what was paid for them goes back. The last live part ends
 * the order: its shipping goes back too, and cash that nobody handed over is not waited for any more.
 * @throws ShopError not_found, illegal_transition where nothing is on its way or a part of it arrived, conflict where
 * somebody moved the order on
 */
export async function giveUp(admin: Admin, told: GivenUp): Promise<CancelledPart> {
  return withTx((tx) =>
    once(tx, admin, `give_up:${told.fulfilmentId ?? told.orderId}`, told.key, () => end(tx, admin, told)),
  );
}

async function end(tx: Tx, admin: Admin, told: GivenUp): Promise<CancelledPart> {
  const note = told.note || null;
  let order = await lockOrder(tx, admin, told.orderId);
  await refuseIfMoved(tx, admin, told.orderId, told.seen);
  const all = await partsOf(tx, admin, order, told.fulfilmentId);
  if (all.length === 0) throw new ShopError("not_found", { what: "part of the order" });
  const parts = told.fulfilmentId ? all : all.filter((part) => part.status === "shipped");
  if (parts.length === 0) throw tooLate(order.status);
  const back = [];
  for (const part of parts) {
    await movePart(tx, admin, part, "giveUp", { reason: note });
    back.push(...(await bringBack(tx, admin, part, told)));
  }
  const isOver = !(await isAlive(tx, order.id));
  order = isOver ? await close(tx, admin, order, told) : await follow(tx, admin, order);
  const pieces = await sentOf(tx, order, parts);
  const reason = note ?? (told.reason === "lost" ? "The parcel was lost" : "The parcel was refused");
  const refund = await refundPieces(tx, admin, order, pieces, { withShipping: isOver, reason });
  if (isOver) await refuseCash(tx, admin, order);
  const isFit = told.reason === "refused" && !told.damaged;
  await takeIn(tx, admin, order.id, goodsOf(back, isFit, told.reason === "lost" ? "lost" : "returned"));
  return { status: order.status, ...refund };
}

/** Ends the parcels that are on their way. Answers their goods; of the others they were counted when they ended. */
async function bringBack(tx: Tx, admin: Admin, part: Part, { reason, damaged }: GivenUp) {
  const parcels = await tx
    .select()
    .from(shipments)
    .where(eq(shipments.fulfilmentId, part.id))
    .orderBy(shipments.id)
    .for("update");
  if (parcels.some(({ status }) => status === "delivered")) throw tooLate("delivered");
  const isFit = reason === "refused" && !damaged;
  const back = [];
  for (const parcel of parcels.filter(({ status }) => status === "shipped")) {
    await moveParcel(tx, admin, parcel, reason === "lost" ? "lose" : "return");
    await record(tx, admin, {
      orderId: part.orderId,
      kind: reason === "lost" ? "parcel_lost" : "parcel_returned",
      ownerId: part.ownerId,
      data: { shipmentId: parcel.id, restocked: isFit },
    });
    back.push(...(await strayOf(tx, parcel.id)));
  }
  return back;
}

function close(tx: Tx, admin: Admin, order: Order, { reason, note }: GivenUp): Promise<Order> {
  return transition(tx, admin, order, "giveUp", {
    set: { cancelReason: reason, cancelNote: note || null },
    reason: note || null,
    data: { reason },
  });
}

/** Nothing of these parts arrived: every piece that was sent goes back, capped by what was given back before. */
async function sentOf(tx: Tx, order: Order, parts: readonly Part[]) {
  const owners = parts.map((part) => part.ownerId);
  return tx
    .select({ orderLineId: orderLines.id, quantity: orderLines.shippedQuantity })
    .from(orderLines)
    .where(and(eq(orderLines.orderId, order.id), inArray(orderLines.ownerId, owners)));
}

const tooLate = (from: string) =>
  new ShopError("illegal_transition", { machine: "part of the order", from, to: "cancelled" });
