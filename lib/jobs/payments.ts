/** Jobs of payments: refunds that wait for the gateway, what cancelled orders left there, and collected cash. */
import { closeLeft } from "@/lib/services/payments/cancel";
import { collectCash } from "@/lib/services/payments/capture";
import { sendRefund } from "@/lib/services/payments/refund";
import { systemActor } from "@/lib/system";
import type { Handlers } from "./handler";

export const paymentHandlers: Handlers = {
  "payments.refund": async ({ refundId }) => {
    await sendRefund(systemActor("job"), refundId);
  },
  "payments.close": async ({ orderId }) => {
    await closeLeft(systemActor("job"), orderId);
  },
  "payments.collect": async ({ orderId }) => {
    await collectCash(systemActor("job"), orderId);
  },
};
