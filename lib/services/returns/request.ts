/** Asks to send goods back: what arrived, within the return window, each piece once; a return per owner. */
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { readArrived } from "@/db/returnable";
import { returnLines, type returnReason, returns } from "@/db/schema/returns";
import { withTx } from "@/db/tx";
import type { Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { once, type RequestKey } from "@/lib/services/once";
import { lockOrder } from "@/lib/services/orders/access";
import { newOrderNumber } from "@/lib/services/orders/number";
import { record } from "@/lib/services/orders/transition";
import { askedBy } from "./move";

export interface WantedBack {
  readonly orderLineId: string;
  /** Items. */
  readonly quantity: number;
  readonly reason: (typeof returnReason.enumValues)[number];
}

export interface RequestedReturn {
  readonly returnId: string;
  readonly number: string;
  readonly ownerId: string;
}

const LONGEST_NOTE = 1_000;

/**
 * Requests the return of pieces of an order: by its buyer, by who holds its link, or by an admin for them. Goods of two
 * owners make two returns.
 * @throws ShopError not_found, invalid_input, return_refused (not delivered, too late, more than arrived or is in
 * other returns)
 */
export async function requestReturn(
  shopper: Shopper,
  {
    orderId,
    lines,
    note,
    key,
  }: {
    orderId: string;
    lines: readonly WantedBack[];
    note?: string | null | undefined;
    key?: RequestKey;
  },
): Promise<readonly RequestedReturn[]> {
  const words = note?.trim() || null;
  checkForm(lines, words);
  return withTx(async (tx) => {
    // Requests for the same pieces meet here, and see each other's from here on.
    const { id } = await lockOrder(tx, shopper, orderId, askedBy(shopper));
    return once(tx, shopper, `return:${id}`, key, async () => {
      const arrived = new Map((await readArrived(tx, id)).map((line) => [line.orderLineId, line]));
      const byOwner = new Map<string, WantedBack[]>();
      for (const wanted of lines) {
        const line = arrived.get(wanted.orderLineId);
        if (!line) throw new ShopError("not_found", { what: "item" });
        if (line.delivered === 0) throw new ShopError("return_refused", { reason: "not_delivered" });
        if (!line.isInTime) throw new ShopError("return_refused", { reason: "too_late" });
        if (wanted.quantity > line.delivered - line.inReturns)
          throw new ShopError("return_refused", { reason: "too_many" });
        byOwner.set(line.ownerId, [...(byOwner.get(line.ownerId) ?? []), wanted]);
      }
      const made: RequestedReturn[] = [];
      for (const [ownerId, pieces] of byOwner)
        made.push(await writeReturn(tx, shopper, { orderId: id, ownerId, pieces, note: words }));
      return made;
    });
  });
}

function checkForm(lines: readonly WantedBack[], note: string | null): void {
  const isSound =
    lines.length > 0 &&
    lines.every(({ quantity }) => Number.isInteger(quantity) && quantity > 0) &&
    new Set(lines.map((line) => line.orderLineId)).size === lines.length;
  if (!isSound) throw new ShopError("invalid_input", { fields: { lines: "Choose what you send back." } });
  if (note && note.length > LONGEST_NOTE)
    throw new ShopError("invalid_input", { fields: { note: "Please use fewer words." } });
}

async function writeReturn(
  tx: Tx,
  shopper: Shopper,
  part: { orderId: string; ownerId: string; pieces: readonly WantedBack[]; note: string | null },
): Promise<RequestedReturn> {
  const { orderId, ownerId, pieces, note } = part;
  const returnId = newId();
  const number = newOrderNumber("RT");
  await tx.insert(returns).values({ id: returnId, number, orderId, ownerId, note });
  await tx.insert(returnLines).values(pieces.map((piece) => ({ ...piece, id: newId(), returnId })));
  await record(tx, shopper, {
    orderId,
    kind: "return_requested",
    machine: "return",
    toStatus: "requested",
    ownerId,
    // What shoppers write may be personal, and events are kept when a person is erased: the return alone holds it.
    data: {
      returnId,
      number,
      lines: pieces.map(({ orderLineId, quantity }) => ({ orderLineId, quantity })),
    },
  });
  return { returnId, number, ownerId };
}
