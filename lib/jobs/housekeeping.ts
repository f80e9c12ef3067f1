/** Regular jobs: best sellers and sweeping every night, unused pictures and files of imports too, partitions every week, jobs of dead workers every ten minutes. */
import { preparePartitions, sweep } from "@/lib/services/housekeeping";
import { sweepImportFiles } from "@/lib/services/imports/forgotten";
import { refreshSold } from "@/lib/services/inventory/velocity";
import { sweepPictures } from "@/lib/services/unused-pictures";
import { systemActor } from "@/lib/system";
import type { Handlers, Regular } from "./handler";
import { LEFTOVER_MINUTES, unlockLeftovers } from "./leftovers";

declare module "@/lib/queue" {
  interface Jobs {
    "inventory.sold": Record<string, never>;
    "housekeeping.partitions": Record<string, never>;
    "housekeeping.sweep": Record<string, never>;
    "housekeeping.unlock": Record<string, never>;
    "housekeeping.pictures": Record<string, never>;
    "housekeeping.imports": Record<string, never>;
  }
}

export const housekeepingHandlers: Handlers = {
  "inventory.sold": async () => {
    await refreshSold(systemActor("job"));
  },
  "housekeeping.partitions": () => preparePartitions(systemActor("job")),
  "housekeeping.sweep": () => sweep(systemActor("job")),
  "housekeeping.unlock": () => unlockLeftovers(LEFTOVER_MINUTES),
  "housekeeping.pictures": async () => {
    await sweepPictures(systemActor("job"));
  },
  "housekeeping.imports": async () => {
    await sweepImportFiles(systemActor("job"));
  },
};

export const housekeepingRegulars: Regular[] = [
  { job: "housekeeping.unlock", match: "*/10 * * * *", payload: {} },
  { job: "inventory.sold", match: "20 2 * * *", payload: {} },
  { job: "housekeeping.sweep", match: "40 2 * * *", payload: {} },
  { job: "housekeeping.pictures", match: "10 3 * * *", payload: {} },
  { job: "housekeeping.imports", match: "25 3 * * *", payload: {} },
  { job: "housekeeping.partitions", match: "50 2 * * 1", payload: {} },
];
