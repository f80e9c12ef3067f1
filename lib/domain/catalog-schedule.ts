/** Catalogue: when a product goes into the shop and out of it by itself, as its form says. */
import { z } from "zod";
import { versionInput } from "./version";

/** As fields of the kind `datetime-local` write it, on the store's clock; empty: never. */
const moment = z.string().trim().max(30).default("");

export const scheduleInput = z.object({
  productId: z.uuid(),
  version: versionInput,
  publishAt: moment,
  unpublishAt: moment,
});
export type ScheduleInput = z.output<typeof scheduleInput>;
