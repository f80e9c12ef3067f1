/** Jobs of inventory: telling those who wait for goods or prices, and every morning those whom no job told. */
import { tellAllWaiting, tellWaiting } from "@/lib/services/alerts";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const inventoryHandlers: Handlers = {
  "inventory.back": async ({ variantId }) => {
    await tellWaiting(systemActor("job"), variantId);
  },
  "alerts.price": async ({ variantId }) => {
    await tellWaiting(systemActor("job"), variantId);
  },
  "alerts.sweep": async () => {
    await tellAllWaiting(systemActor("job"));
  },
};

export const inventoryRegulars: Regular[] = [{ job: "alerts.sweep", match: "10 6 * * *", payload: {} }];
