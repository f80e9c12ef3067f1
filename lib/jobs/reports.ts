/** The regular job of reports: every hour the days that are over, which is one a day and nothing otherwise. */
import { fillBuyers, fillOwnerOrders, keepDays } from "@/lib/services/reports";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

declare module "@/lib/queue" {
  interface Jobs {
    "reports.days": Record<string, never>;
    /** Enqueued by the migration that made the table. */
    "reports.buyers": Record<string, never>;
    /** The same. */
    "reports.owner_orders": Record<string, never>;
  }
}

export const reportHandlers: Handlers = {
  "reports.buyers": async () => {
    await fillBuyers(systemActor("job"));
  },
  "reports.owner_orders": async () => {
    await fillOwnerOrders(systemActor("job"));
  },
  "reports.days": async () => {
    await keepDays(systemActor("job"));
  },
};

export const reportRegulars: Regular[] = [{ job: "reports.days", match: "25 * * * *", payload: {} }];
