/** Jobs of mail: who hears of an order's event, sending, and healing the outbox. */
import { requeue } from "@/lib/services/notifications/requeue";
import { send } from "@/lib/services/notifications/send";
import { tellOrder } from "@/lib/services/notifications/tell-order";
import { issueInvoices } from "@/lib/services/orders/invoices";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

declare module "@/lib/queue" {
  interface Jobs {
    "mail.requeue": Record<string, never>;
  }
}

export const mailHandlers: Handlers = {
  "notifications.order": async (event) => {
    // First the invoice, so that whoever follows the mail finds it.
    await issueInvoices(systemActor("job"), event.orderId);
    await tellOrder(systemActor("job"), event);
  },
  "mail.send": ({ mailId }, { job }) =>
    send(systemActor("job"), mailId, { isLastTry: job.attempts >= job.max_attempts }),
  "mail.requeue": async () => {
    await requeue(systemActor("job"));
  },
};

export const mailRegulars: Regular[] = [{ job: "mail.requeue", match: "*/5 * * * *", payload: {} }];
