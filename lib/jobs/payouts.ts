/** Jobs of payouts: transfers that wait for the gateway, and those that somebody must ask for again. */
import { resendUnsettled, transferPayout } from "@/lib/services/payouts/transfer";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const payoutHandlers: Handlers = {
  "payouts.transfer": ({ payoutId }) => transferPayout(systemActor("job"), payoutId),
  "payouts.unsettled": async () => {
    await resendUnsettled(systemActor("job"));
  },
};

export const payoutRegulars: Regular[] = [{ job: "payouts.unsettled", match: "17 * * * *", payload: {} }];
