/** Jobs of payments: whatever has to ask the gateway after the transaction that wants it, and collected cash. */
import { log } from "@/lib/log";
import { closeLeft } from "@/lib/services/payments/cancel";
import { collectCash } from "@/lib/services/payments/capture";
import { bookFee } from "@/lib/services/payments/fee";
import { replay } from "@/lib/services/payments/inbox";
import { reconcile } from "@/lib/services/payments/reconcile";
import { sendRefund } from "@/lib/services/payments/refund-settle";
import { syncRefunds } from "@/lib/services/payments/reported-refund";
import { sync } from "@/lib/services/payments/sync";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const paymentHandlers: Handlers = {
  "payments.refund": async ({ refundId }) => {
    await sendRefund(systemActor("job"), refundId);
  },
  "payments.refunds": async ({ paymentId }) => {
    await syncRefunds(systemActor("job"), paymentId);
  },
  "payments.close": async ({ orderId }) => {
    await closeLeft(systemActor("job"), orderId);
  },
  "payments.sync": async ({ orderId }) => {
    await sync(systemActor("job"), orderId);
  },
  "payments.fee": async ({ paymentId }) => {
    await bookFee(systemActor("job"), paymentId);
  },
  "payments.collect": async ({ orderId }) => {
    await collectCash(systemActor("job"), orderId);
  },
  "payments.replay": async ({ eventId }) => {
    await replay(systemActor("job"), { eventId });
  },
  "payments.reconcile": async () => {
    const { asked, findings, isComplete } = await reconcile(systemActor("job"));
    if (!isComplete)
      log.warn("The payment service did not answer; reconciling goes on in the next round.", { asked });
    for (const finding of findings)
      log[finding.differs ? "error" : "info"]("Reconciled with the payment service.", { ...finding });
  },
};

export const paymentRegulars: Regular[] = [{ job: "payments.reconcile", match: "*/5 * * * *", payload: {} }];
