"use server";

import type { Route } from "next";
import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { STORE_TAG } from "@/lib/cache-tags";
import { typedRate, typedZone } from "@/lib/domain/shipping-form";
import { versionInput } from "@/lib/domain/version";
import * as shipping from "@/lib/services/shipping";
import * as byHand from "@/lib/services/shipping-by-hand";

const opened = z.object({ id: z.uuid(), version: versionInput });

/** The shop tells its delivery on many pages: they have it with the next request. */
function done(what: string): never {
  updateTag(STORE_TAG);
  redirect(`/admin/shipping?done=${what}` as Route, RedirectType.replace);
}

export const saveZone = action(typedZone, { who: "admin" }, async (admin, input) => {
  await byHand.saveZone(admin, input);
  done("zone");
});

/** Removes a zone with its rates, unless somebody checks out by one of them. */
export const deleteZone = action(opened, { who: "admin" }, async (admin, input) => {
  await shipping.removeZone(admin, input);
  done("zone-gone");
});

export const saveRate = action(typedRate, { who: "admin" }, async (admin, input) => {
  await byHand.saveRate(admin, input);
  done("rate");
});

/** Removes a rate; one that a checkout has chosen is switched off instead. */
export const deleteRate = action(opened, { who: "admin" }, async (admin, input) => {
  const { removed } = await shipping.removeRate(admin, input);
  done(removed === "deleted" ? "rate-gone" : "rate-off");
});
