/** Declined cards of one buyer: a person has tried theirs after a few, who tests stolen ones has a list. */
import type { Tx } from "@/db/client";
import type { Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import * as limits from "@/lib/services/limits";
import type { Order } from "@/lib/services/orders/access";

/** Over all orders of a buyer's cart, in seconds' windows. */
const MOST: limits.Limit = { limit: 5, seconds: 3_600 };

/** Counts one, in the transaction that notes it. */
export async function countDecline(tx: Tx, { userId, guestTokenHash }: Order): Promise<void> {
  const subject = subjectOf(userId, guestTokenHash);
  if (subject) await limits.count(tx, subject, MOST);
}

/** How many there were, for `refuseAfterDeclines`: a statement that can be sent along with others. */
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
