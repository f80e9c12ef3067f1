/** Jobs of orders: the end of a payment window, completion after the return window, and the sweep behind both. */
import { completeWhenDue } from "@/lib/services/orders/complete";
import { sweepInvoices } from "@/lib/services/orders/invoices";
import { sweepOrders } from "@/lib/services/orders/sweep";
import { expire } from "@/lib/services/payments/cancel";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const orderHandlers: Handlers = {
  "orders.expire": async ({ orderId, extended }) => {
    await expire(systemActor("job"), orderId, extended);
  },
  "orders.complete": async ({ orderId }) => {
    await completeWhenDue(systemActor("job"), orderId);
  },
  "invoices.sweep": async () => {
    await sweepInvoices(systemActor("job"));
  },
  "orders.sweep": async () => {
    await sweepOrders(systemActor("job"));
  },
};

export const orderRegulars: Regular[] = [
  { job: "orders.sweep", match: "*/5 * * * *", payload: {} },
  { job: "invoices.sweep", match: "*/5 * * * *", payload: {} },
];
