/** Memberships: what an admin tells of a tier. */
import { z } from "zod";
import { versionInput } from "./version";

export const membershipInput = z.object({
  name: z.string().trim().min(1, "Please enter a name.").max(60, "At most 60 characters."),
  benefit: z.string().trim().max(200, "At most 200 characters.").default(""),
  /** Where it stands in lists, the smallest first. */
  position: z.coerce
    .number("A whole number.")
    .int("A whole number.")
    .min(0, "Not below zero.")
    .max(999, "At most 999.")
    .default(0),
});
export type MembershipInput = z.input<typeof membershipInput>;

/** As the form tells it; without an id, a new one. */
export const typedMembership = membershipInput.extend({
  id: z.uuid().optional(),
  version: versionInput.default(0),
});

export const openedMembership = z.object({ id: z.uuid(), version: versionInput });
