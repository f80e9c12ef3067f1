/** Jobs of reviews: the verified mark for what was written before the goods arrived. */
import { verifyAll } from "@/lib/services/reviews/verify";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

export const reviewHandlers: Handlers = {
  "reviews.verify": async () => {
    await verifyAll(systemActor("job"));
  },
};

export const reviewRegulars: Regular[] = [{ job: "reviews.verify", match: "15 * * * *", payload: {} }];
