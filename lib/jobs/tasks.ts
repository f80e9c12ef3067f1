/** All handlers and all regular jobs of the shop: one import and one line for each domain that has some. */
import type { Handlers, Regular } from "./handler";

/** Every handler by job name. */
export const handlers: Handlers = {
  "queue.ping": async () => {},
};

/** Every regular job. */
export const regulars: Regular[] = [];
