/** The regular job of reports: every hour the days that are over, which is one a day and nothing otherwise. */
import { fillBuyers, keepDays } from "@/lib/services/reports";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";

declare module "@/lib/queue" {
  interface Jobs {
    "reports.days": Record<string, never>;
    /** Enqueued by the migration that made the table. */
    "reports.buyers": Record<string, never>;
  }
}

export const reportHandlers: Handlers = {
  "reports.buyers": async () => {
    await fillBuyers(systemActor("job"));
  },
  "reports.days": async () => {
    await keepDays(systemActor("job"));
  },
};

export const reportRegulars: Regular[] = [{ job: "reports.days", match: "25 * * * *", payload: {} }];
