/** Jobs of orders: the end of a payment window, and completion after the return window. */
import { complete } from "@/lib/services/orders/deliver";
import { expire } from "@/lib/services/payments/cancel";
import { systemActor } from "@/lib/system";
import type { Handlers } from "./handler";

export const orderHandlers: Handlers = {
  "orders.expire": async ({ orderId, extended }) => {
    await expire(systemActor("job"), orderId, extended);
  },
  "orders.complete": async ({ orderId }) => {
    await complete(systemActor("job"), orderId);
  },
};
