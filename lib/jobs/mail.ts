/** Jobs of mail: who hears of an order's event. */
import { tellOrder } from "@/lib/services/notifications/tell-order";
import { systemActor } from "@/lib/system";
import type { Handlers } from "./handler";

export const mailHandlers: Handlers = {
  "notifications.order": (event) => tellOrder(systemActor("job"), event),
};
