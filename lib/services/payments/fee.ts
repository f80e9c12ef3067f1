/** What the gateway keeps of a payment: asked after the capture, never inside it, and booked once. */
import { and, eq } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { feeOf } from "@/lib/gateway/reports";
import { enqueue } from "@/lib/queue";
import { feeKept } from "@/lib/services/ledger/fees";
import { post } from "@/lib/services/ledger/post";

declare module "@/lib/queue" {
  interface Jobs {
    "payments.fee": { paymentId: string };
  }
}

/** Lets a job ask for the fee of a payment that has just been captured. */
export async function askFee(tx: Tx, paymentId: string): Promise<void> {
  await enqueue(tx, "payments.fee", { paymentId }, { key: `payments.fee:${paymentId}` });
}

/**
 * Asks the gateway what it kept, and books it. Throws while the gateway does not know it yet, so that the job asks
 * again. @throws ShopError gateway_unavailable
 */
export async function bookFee(_system: System, paymentId: string): Promise<void> {
  const [payment] = await db
    .select()
    .from(payments)
    .where(and(eq(payments.id, paymentId), eq(payments.provider, "stripe"), eq(payments.status, "paid")));
  if (!payment?.providerIntentId) return;
  const fee = await feeOf(payment.providerIntentId);
  if (fee === null) throw new Error(`the fee of payment ${paymentId} is not known yet`);
  await withTx(async (tx) => {
    const isNews = await post(tx, feeKept({ id: payment.id, currency: payment.currency, fee }));
    if (isNews) await tx.update(payments).set({ fee }).where(eq(payments.id, paymentId));
  });
}
