/** From the shop's books to the gateway: payments, refunds and fees of ours that stayed open too long. */
import { and, eq, inArray, isNotNull, or, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { payments, refunds } from "@/db/schema/payments";
import { bookFee } from "./fee";
import type { Round } from "./reconcile-round";
import { sendRefund } from "./refund-settle";
import { ask as askOf } from "./sync";

/** Of each kind in one round; the oldest first, so that nobody waits for ever. */
const BATCH = 100;

export async function openWithUs(round: Round): Promise<void> {
  await openPayments(round);
  await openRefunds(round);
  await missingFees(round);
}

/** The longer a payment is open, the more rarely it is asked for: every quarter of its age, at least once a day. */
async function openPayments({ system, scope, ask }: Round): Promise<void> {
  const after = sql`make_interval(mins => ${scope.afterMinutes}::int)`;
  const pause = sql`LEAST(interval '1 day', GREATEST(${after}, (shop_now() - ${payments.createdAt}) / 4))`;
  const waiting = await db
    .select({ payment: payments, number: orders.number })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        inArray(payments.status, ["pending", "processing"]),
        eq(payments.provider, "stripe"),
        or(isNotNull(payments.providerIntentId), isNotNull(payments.providerSessionId)),
        sql`${payments.createdAt} <= shop_now() - ${after}`,
        scope.afterMinutes > 0
          ? sql`COALESCE(${payments.checkedAt}, '-infinity') <= shop_now() - ${pause}`
          : undefined,
      ),
    )
    .orderBy(sql`COALESCE(${payments.checkedAt}, ${payments.createdAt})`)
    .limit(BATCH);
  for (const { payment, number } of waiting)
    await ask({ what: "payment", id: payment.id, order: number }, async () => {
      const settled = await askOf(system, payment);
      if (settled !== "gone") return settled === "ignored" || settled === "duplicate" ? null : settled;
      // Nobody paid what the gateway never had; what it was working on must not vanish.
      return payment.status === "processing" ? { differs: "the gateway does not know it" } : null;
    });
}

async function openRefunds({ system, scope, ask }: Round): Promise<void> {
  const open = await db
    .select({ id: refunds.id, status: refunds.status, number: orders.number })
    .from(refunds)
    .innerJoin(orders, eq(orders.id, refunds.orderId))
    .innerJoin(payments, eq(payments.id, refunds.paymentId))
    .where(
      and(
        inArray(refunds.status, ["reserved", "pending"]),
        eq(payments.provider, "stripe"),
        sql`${refunds.createdAt} <= shop_now() - make_interval(mins => ${scope.afterMinutes}::int)`,
      ),
    )
    .orderBy(refunds.createdAt)
    .limit(BATCH);
  for (const { id, status, number } of open)
    await ask({ what: "refund", id, order: number }, async () => {
      await sendRefund(system, id);
      const [now] = await db.select({ status: refunds.status }).from(refunds).where(eq(refunds.id, id));
      return now && now.status !== status ? now.status : null;
    });
}

/** Paid, and the fee is not in the books although its job had its time. */
async function missingFees({ system, scope, ask }: Round): Promise<void> {
  const missing = await db
    .select({ id: payments.id, number: orders.number })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      and(
        eq(payments.status, "paid"),
        eq(payments.provider, "stripe"),
        isNotNull(payments.providerIntentId),
        sql`${payments.paidAt} BETWEEN shop_now() - make_interval(mins => ${scope.sinceMinutes}::int)
          AND shop_now() - make_interval(mins => ${scope.afterMinutes}::int)`,
        sql`NOT EXISTS (SELECT FROM ledger_transactions t WHERE t.kind = 'fee' AND t.source_id = ${payments.id}::text)`,
      ),
    )
    .orderBy(payments.paidAt)
    .limit(BATCH);
  for (const { id, number } of missing)
    await ask({ what: "fee", id, order: number }, async () => {
      await bookFee(system, id);
      return "booked";
    });
}
