/** What the forms of the staff page take in. */
import { z } from "zod";
import type { Direction } from "./back-office";
import { versionInput } from "./version";

export const staffRoles = ["owner", "admin"] as const;

export const staffSorts = ["role", "name", "email", "seen"] as const;
export type StaffSort = (typeof staffSorts)[number];

export const staffDirection: Record<StaffSort, Direction> = {
  role: "asc",
  name: "asc",
  email: "asc",
  seen: "desc",
};

const name = z.string().trim().min(1, "Please enter a name.").max(120, "At most 120 characters.");
const shopName = z
  .string()
  .trim()
  .max(80, "At most 80 characters.")
  .optional()
  .transform((value) => value || undefined);

export const inviteInput = z.object({
  name,
  email: z
    .string()
    .trim()
    .max(254, "At most 254 characters.")
    .pipe(z.email("Please enter an e-mail address like mira@example.com.")),
  role: z.enum(staffRoles),
  shopName,
});

export const staffIdInput = z.object({ userId: z.uuid() });

export const staffRoleInput = z.object({
  userId: z.uuid(),
  version: versionInput,
  role: z.enum([...staffRoles, "customer"]),
  shopName,
});

export const staffSwitchInput = z.object({ userId: z.uuid(), version: versionInput });

export const staffPolicyInput = z.object({
  /** What the form showed: 1 where it was asked for. */
  version: versionInput,
  secondFactor: z
    .literal("on")
    .optional()
    .transform((value) => value === "on"),
});
