"use server";

import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import type { Admin } from "@/lib/domain/actors";
import {
  inviteInput,
  staffIdInput,
  staffPolicyInput,
  staffRoleInput,
  staffSwitchInput,
} from "@/lib/domain/staff";
import { savedAt } from "@/lib/saved";
import * as staff from "@/lib/services/staff";

/** Invites somebody by mail; who has an account already gets the role at once. */
export const inviteStaff = action(
  inviteInput,
  { who: "admin", limit: { name: "invite", limit: 60, seconds: 3_600 } },
  async (admin, input) => {
    const { isNew } = await staff.invite(admin, input);
    redirect(savedAt(admin, "/admin/staff", isNew ? "invited" : "joined"), RedirectType.replace);
  },
);

export const changeStaffRole = action(staffRoleInput, { who: "admin" }, async (admin, input) => {
  await staff.changeRole(admin, input);
  if (input.role === "customer") redirect(savedAt(admin, "/admin/staff", "left"), RedirectType.replace);
  backTo(admin, input.userId, "role");
});

/** Nobody comes in with that account any more; what it did stays. */
export const deactivateStaff = action(staffSwitchInput, { who: "admin" }, async (admin, input) => {
  await staff.setActive(admin, { ...input, isActive: false });
  backTo(admin, input.userId, "off");
});

export const activateStaff = action(staffSwitchInput, { who: "admin" }, async (admin, input) => {
  await staff.setActive(admin, { ...input, isActive: true });
  backTo(admin, input.userId, "on");
});

export const endStaffSessions = action(staffIdInput, { who: "admin" }, async (admin, { userId }) => {
  await staff.endSessions(admin, userId);
  backTo(admin, userId, "sessions");
});

export const removeStaffFactor = action(staffIdInput, { who: "admin" }, async (admin, { userId }) => {
  await staff.removeFactor(admin, userId);
  backTo(admin, userId, "factor");
});

export const changeStaffPolicy = action(staffPolicyInput, { who: "admin" }, async (admin, input) => {
  await staff.setPolicy(admin, input);
  redirect(savedAt(admin, "/admin/staff", "policy"), RedirectType.replace);
});

function backTo(admin: Admin, userId: string, done: string): never {
  redirect(savedAt(admin, `/admin/staff/${userId}`, done), RedirectType.replace);
}
