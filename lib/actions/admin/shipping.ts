"use server";

import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { STORE_TAG } from "@/lib/cache-tags";
import type { Admin } from "@/lib/domain/actors";
import { typedRate, typedZone } from "@/lib/domain/shipping-form";
import { versionInput } from "@/lib/domain/version";
import { savedAt } from "@/lib/saved";
import * as shipping from "@/lib/services/shipping";
import * as byHand from "@/lib/services/shipping-by-hand";

const opened = z.object({ id: z.uuid(), version: versionInput });

/** The shop tells its delivery on many pages: they have it with the next request. */
function done(admin: Admin, what: string): never {
  updateTag(STORE_TAG);
  redirect(savedAt(admin, "/admin/shipping", what), RedirectType.replace);
}

export const saveZone = action(typedZone, { who: "admin" }, async (admin, input) => {
  await byHand.saveZone(admin, input);
  done(admin, "zone");
});

/** Removes a zone with its rates, unless somebody checks out by one of them. */
export const deleteZone = action(opened, { who: "admin" }, async (admin, input) => {
  await shipping.removeZone(admin, input);
  done(admin, "zone-gone");
});

export const saveRate = action(typedRate, { who: "admin" }, async (admin, input) => {
  await byHand.saveRate(admin, input);
  done(admin, "rate");
});

/** Removes a rate; one that a checkout has chosen is switched off instead. */
export const deleteRate = action(opened, { who: "admin" }, async (admin, input) => {
  const { removed } = await shipping.removeRate(admin, input);
  done(admin, removed === "deleted" ? "rate-gone" : "rate-off");
});
