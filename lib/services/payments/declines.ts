/** Declined cards of one buyer: a person has tried theirs after a few, who tests stolen ones has a list. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { paymentAttempts, payments } from "@/db/schema/payments";
import type { Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import * as limits from "@/lib/services/limits";
import type { Order } from "@/lib/services/orders/access";

/** After so many an order cannot be paid any more. */
export const MOST_DECLINES = 5;
/** Over all orders of a cart's holder. */
const MOST: limits.Limit = { limit: MOST_DECLINES, seconds: 3_600 };

/** Counts one, in the transaction that notes it. */
export async function countDecline(tx: Tx, { userId, guestTokenHash }: Order): Promise<void> {
  const subject = subjectOf(userId, guestTokenHash);
  if (subject) await limits.count(tx, subject, MOST);
}

/** How many cards were declined for an order, whichever way of paying it was. */
export async function declinesOfOrder(tx: Tx, orderId: string): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)`.mapWith(Number) })
    .from(paymentAttempts)
    .innerJoin(payments, eq(payments.id, paymentAttempts.paymentId))
    .where(and(eq(payments.orderId, orderId), eq(paymentAttempts.outcome, "failed")));
  return row?.count ?? 0;
}

/** How many there were of a shopper, for `refuseAfterDeclines`: a statement that can be sent along with others. */
export function declinesOf(tx: Tx, shopper: Shopper): Promise<limits.Counted> {
  const subject =
    shopper.kind === "guest" ? subjectOf(null, shopper.tokenHash) : subjectOf(shopper.userId, null);
  return subject ? limits.counted(tx, subject, MOST) : Promise.resolve(limits.NONE);
}

/** @throws ShopError `cards_declined` with the seconds until another card may be tried */
export function refuseAfterDeclines({ count, left }: limits.Counted): void {
  if (count >= MOST.limit) throw new ShopError("cards_declined", { retryAfterSeconds: left });
}

/** The cart's holder: a cart that comes back after an order is another one. */
function subjectOf(userId: string | null, guestTokenHash: string | null): string | null {
  if (userId) return `cards:user:${userId}`;
  return guestTokenHash && `cards:guest:${guestTokenHash}`;
}
