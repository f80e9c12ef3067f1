/** Refunds as the gateway reports them: those that we asked for, and those that somebody made in its dashboard. */
import { and, eq, inArray, isNull, ne, or, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { orderEvents } from "@/db/schema/orders";
import { payments, refunds } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { planAmount } from "@/lib/domain/refunds";
import type { ChargeView, RefundView } from "@/lib/gateway/gateway";
import * as gateway from "@/lib/gateway/refunds";
import { enqueue } from "@/lib/queue";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { record } from "@/lib/services/orders/transition";
import { type Payment, paidBy, paidForSale, readRefundable } from "./refund-left";
import { settleLocked, settleRefund } from "./refund-settle";
import { writeRefund, writeStray } from "./refund-write";

declare module "@/lib/queue" {
  interface Jobs {
    /** The gateway gave back what the books do not show, or cannot take in yet: ask it for all of a payment's refunds. */
    "payments.refunds": { paymentId: string };
  }
}

/** `asked_later`: the books cannot hold it yet (ours is on its way, or the payment is not captured); a job asks again. */
export type Reported = "refund_settled" | "refund_reported" | "asked_later" | "mismatch" | "ignored";

interface Told {
  readonly outcome: Reported;
  readonly orderId: string | null;
}

const IGNORED: Told = { outcome: "ignored", orderId: null };

/** Takes over a refund of an event: once, in any order, whoever made it. Somebody else's refunds are ignored. */
export async function refundReported(tx: Tx, system: System, view: RefundView): Promise<Told> {
  const found = await locate(tx, system, view);
  if (!found) return byName(tx, system, view);
  const outcome = await takeIn(tx, system, found, view);
  if (outcome === "asked_later") await askRefunds(tx, found.payment.id);
  return { outcome, orderId: found.order.id };
}

/** A charge tells how much of it went back in all: where the books show less, a job asks for the refunds themselves. */
export async function chargeReported(tx: Tx, charge: ChargeView, paymentId: string | null): Promise<Told> {
  if (charge.amountRefunded === 0) return IGNORED;
  // An intent is not known before it succeeded where it was paid on the gateway's own page.
  const known = or(
    charge.intentId ? eq(payments.providerIntentId, charge.intentId) : undefined,
    paymentId && isUuid(paymentId) ? eq(payments.id, paymentId) : undefined,
  );
  if (!known) return IGNORED;
  const [payment] = await tx.select().from(payments).where(known).limit(1);
  if (!payment) return IGNORED;
  const [sums] = await tx
    .select({ told: sql<number>`COALESCE(sum(${refunds.amount}), 0)`.mapWith(Number) })
    .from(refunds)
    .where(
      and(
        eq(refunds.paymentId, payment.id),
        sql`${refunds.status} <> 'failed' AND ${refunds.providerRefundId} IS NOT NULL`,
      ),
    );
  if (charge.amountRefunded <= (sums?.told ?? 0)) return { outcome: "ignored", orderId: payment.orderId };
  await askRefunds(tx, payment.id);
  return { outcome: "asked_later", orderId: payment.orderId };
}

/**
 * Asks the gateway for all refunds of a payment and takes them over. Throws while one cannot be taken in yet, so that
 * the job asks again. @throws ShopError gateway_unavailable
 */
export async function syncRefunds(system: System, paymentId: string): Promise<void> {
  const [payment] = await db
    .select({ intentId: payments.providerIntentId })
    .from(payments)
    .where(eq(payments.id, paymentId));
  if (!payment?.intentId) return;
  const views = await gateway.listRefunds(payment.intentId);
  let isOpen = false;
  for (const view of views.reverse()) {
    const outcome = await withTx(async (tx) => {
      const found = await locate(tx, system, view);
      return found ? takeIn(tx, system, found, view) : "ignored";
    });
    if (outcome === "asked_later") isOpen = true;
  }
  if (isOpen) throw new Error(`a refund of payment ${paymentId} cannot be taken in yet`);
}

/** Lets a job ask for all refunds of a payment: what was told while nobody knew whose intent it was. */
export const askRefunds = (tx: Tx, paymentId: string) =>
  enqueue(tx, "payments.refunds", { paymentId }, { key: `payments.refunds:${paymentId}` });

interface Found {
  readonly order: Order;
  readonly payment: Payment;
}

/** The payment that a refund is of: order first, then payment, both locked. */
async function locate(tx: Tx, system: System, view: RefundView): Promise<Found | null> {
  const known = paidBy(view);
  if (!known) return null;
  const [row] = await tx.select({ orderId: payments.orderId }).from(payments).where(known).limit(1);
  if (!row) return null;
  const order = await lockOrder(tx, system, row.orderId);
  const [payment] = await tx
    .select()
    .from(payments)
    .where(and(known, eq(payments.orderId, order.id)))
    .limit(1)
    .for("update");
  return payment ? { order, payment } : null;
}

/** A refund of an intent that no payment names any more: only our own id in its metadata tells whose it is. */
async function byName(tx: Tx, system: System, view: RefundView): Promise<Told> {
  const refundId = view.metadata.refund_id;
  if (!refundId || !isUuid(refundId)) return IGNORED;
  const [ours] = await tx
    .select({ orderId: refunds.orderId })
    .from(refunds)
    .where(and(eq(refunds.id, refundId), namedBy(view)));
  if (!ours) return IGNORED;
  await settleRefund(system, refundId, view, tx);
  return { outcome: "refund_settled", orderId: ours.orderId };
}

async function takeIn(
  tx: Tx,
  system: System,
  { order, payment }: Found,
  view: RefundView,
): Promise<Reported> {
  const ours = await known(tx, payment, view);
  if (ours) {
    await settleLocked(tx, system, order, ours, view);
    return "refund_settled";
  }
  const hasFailed = view.status === "failed" || view.status === "canceled";
  if (view.currency !== payment.currency) return mismatch(tx, system, order, view);
  const [reserved] = await tx
    .update(payments)
    .set({ refunded: sql`${payments.refunded} + ${view.amount}` })
    .where(
      and(
        eq(payments.id, payment.id),
        eq(payments.status, "paid"),
        sql`${payments.refunded} + ${view.amount} <= ${payments.amount}`,
      ),
    )
    .returning({ id: payments.id });
  if (!reserved) {
    if (hasFailed) return "ignored";
    if (payment.status !== "paid" || (await isOursOpen(tx, payment.id))) return "asked_later";
    return mismatch(tx, system, order, view);
  }
  const refundId = newId();
  const refund = {
    id: refundId,
    paymentId: payment.id,
    reason: "Refunded in the payment service's dashboard",
    automatic: "dashboard",
    providerRefundId: view.id,
  };
  if (await paidForSale(tx, payment.id)) {
    const plan = planAmount(await readRefundable(tx, order, payment.id), view.amount);
    await writeRefund(tx, system, order, { ...refund, plan });
  } else await writeStray(tx, system, order, { ...refund, amount: view.amount });
  await record(tx, system, {
    orderId: order.id,
    kind: "refund_requested",
    reason: refund.reason,
    data: { refundId, amount: view.amount, automatic: refund.automatic },
  });
  await settleLocked(tx, system, order, refundId, view);
  return "refund_reported";
}

/** Our row of a refund: by the gateway's id, or by our own in its metadata while we do not know the gateway's. */
async function known(tx: Tx, payment: Payment, view: RefundView): Promise<string | undefined> {
  const told = view.metadata.refund_id;
  const named = told && isUuid(told) ? and(eq(refunds.id, told), namedBy(view)) : undefined;
  const [row] = await tx
    .select({ id: refunds.id })
    .from(refunds)
    .where(and(eq(refunds.paymentId, payment.id), or(eq(refunds.providerRefundId, view.id), named)))
    .orderBy(sql`(${refunds.providerRefundId} = ${view.id}) IS TRUE DESC`)
    .limit(1);
  return row?.id;
}

/**
 * Metadata is only believed where amount and gateway's id do not contradict it: anybody can type some. One of ours that
 * we gave up without an answer stays failed; what was paid for it all the same is recorded as a refund of its own.
 */
const namedBy = (view: RefundView) =>
  and(
    eq(refunds.amount, view.amount),
    or(
      and(isNull(refunds.providerRefundId), ne(refunds.status, "failed")),
      eq(refunds.providerRefundId, view.id),
    ),
  );

/** Whether one of ours reserves a sum and the gateway may still refuse it, which makes room. */
async function isOursOpen(tx: Tx, paymentId: string): Promise<boolean> {
  const [open] = await tx
    .select({ id: refunds.id })
    .from(refunds)
    .where(and(eq(refunds.paymentId, paymentId), inArray(refunds.status, ["reserved", "pending"])))
    .limit(1);
  return open !== undefined;
}

/** More went back than the books think was left: told once on the timeline, for a person to look at. */
async function mismatch(tx: Tx, system: System, order: Order, view: RefundView): Promise<"mismatch"> {
  const [told] = await tx
    .select({ id: orderEvents.id })
    .from(orderEvents)
    .where(
      and(
        eq(orderEvents.orderId, order.id),
        eq(orderEvents.kind, "refund_mismatch"),
        sql`${orderEvents.data} ->> 'providerRefundId' = ${view.id}`,
      ),
    );
  if (!told) {
    await record(tx, system, {
      orderId: order.id,
      kind: "refund_mismatch",
      reason: "The payment service reports a refund that does not fit",
      data: { providerRefundId: view.id, amount: view.amount, currency: view.currency },
    });
  }
  return "mismatch";
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text);
}
