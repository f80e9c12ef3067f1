/** Jobs of returns: the end of the time in which approved goods may arrive. */
import { expireReturn } from "@/lib/services/returns/decide";
import { systemActor } from "@/lib/system";
import type { Handlers } from "./handler";

export const returnHandlers: Handlers = {
  "returns.expire": async ({ returnId }) => {
    await expireReturn(systemActor("job"), returnId);
  },
};
