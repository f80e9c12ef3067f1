/** Disputes: the bank takes money back and decides; meanwhile nothing of the order is sent, completed or paid out. */
import { and, asc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { orders } from "@/db/schema/orders";
import { disputes, payments, refunds } from "@/db/schema/payments";
import type { System } from "@/lib/domain/actors";
import type { DisputeView } from "@/lib/gateway/gateway";
import {
  disputeFee,
  disputeFeeBack,
  disputeLost,
  disputeOpened,
  disputeWon,
} from "@/lib/services/ledger/disputes";
import { settleEarnings } from "@/lib/services/ledger/earnings";
import { entriesOf, post } from "@/lib/services/ledger/post";
import { settleOwed } from "@/lib/services/ledger/stray";
import { lockOrder, type Order } from "@/lib/services/orders/access";
import { planCompletion } from "@/lib/services/orders/complete";
import { record } from "@/lib/services/orders/transition";
import { refundAll } from "./refund";
import { lockSale, paidBy, paidForSale } from "./refund-left";

type Dispute = typeof disputes.$inferSelect;

export interface DisputeTold {
  readonly outcome: "disputed" | "dispute_won" | "dispute_lost" | "ignored";
  readonly orderId: string | null;
}

/** How the provider's word ends a dispute; anything else keeps it open. An inquiry that was closed took nothing. */
const ENDS: Record<string, "won" | "lost"> = {
  won: "won",
  lost: "lost",
  warning_closed: "won",
  prevented: "won",
};

/** Only an inquiry so far: the money is still ours. */
const isInquiry = (status: string) => status.startsWith("warning_") || status === "prevented";

/**
 * Takes over how a dispute stands: once each, in any order, duplicated or late. An ended one stays ended.
 * Somebody else's disputes are ignored.
 */
export async function disputeChanged(tx: Tx, system: System, view: DisputeView): Promise<DisputeTold> {
  const ours = paidBy(view);
  if (!ours || view.amount <= 0) return { outcome: "ignored", orderId: null };
  const [payment] = await tx
    .select({ id: payments.id, orderId: payments.orderId, currency: payments.currency })
    .from(payments)
    .where(ours)
    .limit(1);
  if (!payment) return { outcome: "ignored", orderId: null };
  const order = await lockOrder(tx, system, payment.orderId);
  const dispute = await openOrKnown(tx, system, order, payment.id, view);
  if (dispute.status !== "open") return { outcome: "ignored", orderId: order.id };
  const money = { ...dispute, currency: payment.currency };
  if (!isInquiry(view.status)) await post(tx, disputeOpened(money));
  if (view.fee > 0) await post(tx, disputeFee(money, view.fee));
  const end = ENDS[view.status];
  if (end) await close(tx, system, order, money, end, view);
  await freeze(tx, order);
  return { outcome: end ? `dispute_${end}` : "disputed", orderId: order.id };
}

async function openOrKnown(
  tx: Tx,
  system: System,
  order: Order,
  paymentId: string,
  view: DisputeView,
): Promise<Dispute> {
  const byId = eq(disputes.providerDisputeId, view.id);
  const [known] = await tx.select().from(disputes).where(byId).for("update");
  if (known) return known;
  const [opened] = await tx
    .insert(disputes)
    .values({
      id: newId(),
      orderId: order.id,
      paymentId,
      providerDisputeId: view.id,
      amount: view.amount,
      reason: view.reason,
      dueBy: view.dueBy,
    })
    .returning();
  if (!opened) throw new Error("an inserted dispute was not answered");
  await record(tx, system, {
    orderId: order.id,
    kind: "dispute_opened",
    reason: view.reason,
    data: { disputeId: opened.id, amount: view.amount, inquiry: isInquiry(view.status) },
  });
  return opened;
}

async function close(
  tx: Tx,
  system: System,
  order: Order,
  dispute: Dispute & { readonly currency: string },
  end: "won" | "lost",
  view: DisputeView,
): Promise<void> {
  await tx
    .update(disputes)
    .set({ status: end, closedAt: now as unknown as Date })
    .where(and(eq(disputes.id, dispute.id), eq(disputes.status, "open")));
  const sourceId = dispute.id;
  // An inquiry that ended without a dispute moved nothing.
  const held = await entriesOf(tx, { kind: "dispute_opened", sourceId });
  if (held.length > 0) await post(tx, end === "won" ? disputeWon(dispute) : disputeLost(dispute));
  const charged = await entriesOf(tx, { kind: "dispute_fee", sourceId });
  const kept = charged.find((entry) => entry.account === "gateway_fees")?.amount ?? 0;
  if (kept > view.fee) await post(tx, disputeFeeBack(dispute, kept - Math.max(0, view.fee)));
  await record(tx, system, {
    orderId: order.id,
    kind: `dispute_${end}`,
    reason: view.reason,
    data: { disputeId: dispute.id, amount: dispute.amount },
  });
  const isSale = await paidForSale(tx, dispute.paymentId);
  if (end === "won") await goOn(tx, system, order, dispute.paymentId, isSale);
  else if (isSale) await settleEarnings(tx, order, { kind: "dispute_share", sourceId });
  else await settleOwed(tx, order, { id: dispute.paymentId, currency: dispute.currency }, sourceId);
}

/** A won dispute: an order that was cancelled meanwhile owes the money again, and money that never was a sale anyway. */
async function goOn(tx: Tx, system: System, order: Order, paymentId: string, isSale: boolean): Promise<void> {
  if (isSale && order.status !== "cancelled") return;
  const [payment] = await tx.select().from(payments).where(eq(payments.id, paymentId)).for("update");
  if (payment?.status !== "paid") return;
  if (isSale) await refundAll(tx, system, order, payment, { reason: "The order was cancelled" });
  else {
    const [asked] = await tx
      .select({ reason: refunds.reason, automatic: refunds.automatic })
      .from(refunds)
      .where(eq(refunds.paymentId, paymentId))
      .orderBy(asc(refunds.createdAt))
      .limit(1);
    await refundAll(tx, system, order, payment, asked ?? { reason: "Paid twice" });
  }
}

/**
 * An open dispute freezes the order. A lost one keeps frozen what was not sent yet: those goods are not paid any more,
 * and an admin cancels them. Otherwise the order goes on, and its completion is planned again.
 */
async function freeze(tx: Tx, order: Order): Promise<void> {
  const rows = await tx
    .select({ status: disputes.status, paymentId: disputes.paymentId })
    .from(disputes)
    .where(and(eq(disputes.orderId, order.id), inArray(disputes.status, ["open", "lost"])));
  const sale = await lockSale(tx, order.id);
  const isUnsent = ["pending", "confirmed", "processing"].includes(order.status);
  const isDisputed = rows.some(
    ({ status, paymentId }) => status === "open" || (isUnsent && paymentId === sale?.id),
  );
  await tx
    .update(orders)
    .set({ isDisputed, version: sql`${orders.version} + 1` })
    .where(and(eq(orders.id, order.id), sql`${orders.isDisputed} <> ${isDisputed}`));
  if (!isDisputed) await planCompletion(tx, order.id);
}
