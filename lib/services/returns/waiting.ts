/** Returns that wait for somebody: reminds who sells the goods, and lets the shop say yes where nobody answers. */
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { RETURN_ANSWER_DAYS, RETURN_REMINDER_DAYS } from "@/lib/domain/returns";
import { mailTo, notify } from "@/lib/services/notifications/tell";
import { approve } from "./decide";

declare module "@/lib/queue" {
  interface Jobs {
    "returns.sweep": Record<string, never>;
  }
}

interface Waiting extends Record<string, unknown> {
  readonly id: string;
  readonly number: string;
  readonly orderNumber: string;
  readonly orderId: string;
  readonly status: "requested" | "received";
  readonly ownerId: string;
  readonly userId: string;
  readonly email: string;
}

/** At most so many a run; the next one takes the rest. */
const BATCH = 200;

/**
 * The daily job. A request that nobody answers holds its order's completion and the shopper's goods: after some days
 * its owner is reminded, once, and in the end it is approved by the shop. Goods that arrived and were not paid for are
 * reminded of too. Answers how many of each.
 */
export async function seeToWaiting(system: System): Promise<{ reminded: number; approved: number }> {
  const reminded = await withTx(async (tx) => {
    const waiting = await older(tx, sql`r.status IN ('requested', 'received')`, RETURN_REMINDER_DAYS);
    for (const one of waiting) await remind(tx, one);
    return waiting.length;
  });
  const silent = await withTx((tx) => older(tx, sql`r.status = 'requested'`, RETURN_ANSWER_DAYS));
  let approved = 0;
  for (const { id: returnId } of silent) {
    try {
      await approve(system, { returnId });
      approved += 1;
    } catch (error) {
      // Somebody answered in between.
      if (!isShopError(error, "illegal_transition")) throw error;
    }
  }
  return { reminded, approved };
}

/** Returns that stand so for `days`, and whom to remind: the owner, an admin where the owner is switched off. */
async function older(tx: Tx, which: SQL, days: number): Promise<Waiting[]> {
  return tx.execute<Waiting>(sql`
    SELECT r.id, r.number, o.number AS "orderNumber", o.id AS "orderId", r.status, r.owner_id AS "ownerId",
      u.id AS "userId", u.email
    FROM returns r JOIN orders o ON o.id = r.order_id JOIN owners w ON w.id = r.owner_id
    JOIN LATERAL (
      SELECT u.id, u.email FROM users u
      WHERE u.is_active AND ((u.id = w.user_id AND w.is_active) OR u.role = 'admin')
      ORDER BY (u.id = w.user_id) DESC, u.created_at LIMIT 1) u ON true
    WHERE ${which} AND r.updated_at < shop_now() - make_interval(days => ${days}::int)
    ORDER BY r.updated_at LIMIT ${BATCH}`);
}

async function remind(tx: Tx, waiting: Waiting): Promise<void> {
  const { id, number, orderNumber, orderId, status, ownerId, userId, email } = waiting;
  const dedupe = `waits:${status}:${id}`;
  const about = status === "requested" ? "a return waits for your answer" : "a return waits for its money";
  const message =
    status === "requested"
      ? `Return ${number} is not answered yet. After ${RETURN_ANSWER_DAYS} days the shop approves it by itself.`
      : `The goods of return ${number} are back. Give the money back, or less where they are worn.`;
  const data = { number: orderNumber, ownerId, about, message };
  await mailTo(tx, { template: "owner_order_news", dedupe, email, data, orderId });
  const link = `/admin/returns/${number}`;
  await notify(tx, {
    userId,
    type: "return",
    title: `Order ${orderNumber}: ${about}`,
    message,
    link,
    dedupe,
  });
}
