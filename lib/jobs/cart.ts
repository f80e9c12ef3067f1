/** Jobs of carts: reminding of those that were left behind. */
import { remind } from "@/lib/services/cart-reminder";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const cartHandlers: Handlers = {
  "cart.remind": async () => {
    await remind(systemActor("job"));
  },
};

export const cartRegulars: Regular[] = [{ job: "cart.remind", match: "*/15 * * * *", payload: {} }];
