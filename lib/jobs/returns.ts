/** Jobs of returns: the end of the time in which approved goods may arrive, and a daily look at what waits. */
import { expireReturn } from "@/lib/services/returns/decide";
import { seeToWaiting } from "@/lib/services/returns/waiting";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const returnHandlers: Handlers = {
  "returns.expire": async ({ returnId }) => {
    await expireReturn(systemActor("job"), returnId);
  },
  "returns.sweep": async () => {
    await seeToWaiting(systemActor("job"));
  },
};

export const returnRegulars: Regular[] = [{ job: "returns.sweep", match: "10 6 * * *", payload: {} }];
