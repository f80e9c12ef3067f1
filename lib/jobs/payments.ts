/** Jobs of payments: whatever has to ask the gateway after the transaction that wants it, and collected cash. */
import { closeLeft } from "@/lib/services/payments/cancel";
import { collectCash } from "@/lib/services/payments/capture";
import { bookFee } from "@/lib/services/payments/fee";
import { sendRefund } from "@/lib/services/payments/refund-settle";
import { syncRefunds } from "@/lib/services/payments/reported-refund";
import { sync } from "@/lib/services/payments/sync";
import { systemActor } from "@/lib/system";
import type { Handlers } from "./handler";

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
};
