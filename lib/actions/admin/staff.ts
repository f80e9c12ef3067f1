"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import {
  inviteInput,
  staffIdInput,
  staffPolicyInput,
  staffRoleInput,
  staffSwitchInput,
} from "@/lib/domain/staff";
import * as staff from "@/lib/services/staff";

/** Invites somebody by mail; who has an account already gets the role at once. */
export const inviteStaff = action(
  inviteInput,
  { who: "admin", limit: { name: "invite", limit: 60, seconds: 3_600 } },
  async (admin, input) => {
    const { isNew } = await staff.invite(admin, input);
    redirect(`/admin/staff?done=${isNew ? "invited" : "joined"}` as Route, RedirectType.replace);
  },
);

export const changeStaffRole = action(staffRoleInput, { who: "admin" }, async (admin, input) => {
  await staff.changeRole(admin, input);
  if (input.role === "customer") redirect("/admin/staff?done=left" as Route, RedirectType.replace);
  backTo(input.userId, "role");
});

/** Nobody comes in with that account any more; what it did stays. */
export const deactivateStaff = action(staffSwitchInput, { who: "admin" }, async (admin, input) => {
  await staff.setActive(admin, { ...input, isActive: false });
  backTo(input.userId, "off");
});

export const activateStaff = action(staffSwitchInput, { who: "admin" }, async (admin, input) => {
  await staff.setActive(admin, { ...input, isActive: true });
  backTo(input.userId, "on");
});

export const endStaffSessions = action(staffIdInput, { who: "admin" }, async (admin, { userId }) => {
  await staff.endSessions(admin, userId);
  backTo(userId, "sessions");
});

export const removeStaffFactor = action(staffIdInput, { who: "admin" }, async (admin, { userId }) => {
  await staff.removeFactor(admin, userId);
  backTo(userId, "factor");
});

export const changeStaffPolicy = action(staffPolicyInput, { who: "admin" }, async (admin, input) => {
  await staff.setPolicy(admin, input);
  redirect("/admin/staff?done=policy" as Route, RedirectType.replace);
});

function backTo(userId: string, done: string): never {
  redirect(`/admin/staff/${userId}?done=${done}` as Route, RedirectType.replace);
}
