"use server";

import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import type { Admin } from "@/lib/domain/actors";
import { openedMembership, typedMembership } from "@/lib/domain/memberships";
import { savedAt } from "@/lib/saved";
import * as memberships from "@/lib/services/memberships";

const done = (admin: Admin, what: string): never =>
  redirect(savedAt(admin, "/admin/customers/memberships", what), RedirectType.replace);

/** Makes a membership, or changes the one that the form names. */
export const saveMembership = action(typedMembership, { who: "admin" }, async (admin, { id, ...input }) => {
  if (id) await memberships.updateMembership(admin, { ...input, id });
  else await memberships.createMembership(admin, input);
  done(admin, "membership");
});

/** Removes a membership that nobody has and no discount asks for. */
export const deleteMembership = action(openedMembership, { who: "admin" }, async (admin, input) => {
  await memberships.removeMembership(admin, input);
  done(admin, "membership-gone");
});
