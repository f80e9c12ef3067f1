/** All handlers and all regular jobs of the shop: one import and one line for each domain that has some. */
import { cacheHandlers } from "./cache";
import type { Handlers, Regular } from "./handler";
import { orderHandlers } from "./orders";
import { paymentHandlers } from "./payments";

/** Every handler by job name. */
export const handlers: Handlers = {
  "queue.ping": async () => {},
  ...cacheHandlers,
  ...orderHandlers,
  ...paymentHandlers,
};

/** Every regular job. */
export const regulars: Regular[] = [];
