/** Jobs of payments: refunds that wait for the gateway, and cash that the courier collected. */
import { collectCash } from "@/lib/services/payments/capture";
import { sendRefund } from "@/lib/services/payments/refund";
import { systemActor } from "@/lib/system";
import type { Handlers } from "./handler";

export const paymentHandlers: Handlers = {
  "payments.refund": async ({ refundId }) => {
    await sendRefund(systemActor("job"), refundId);
  },
  "payments.collect": async ({ orderId }) => {
    await collectCash(systemActor("job"), orderId);
  },
};
