"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { action } from "@/lib/action";
import { scheduleInput } from "@/lib/domain/catalog-schedule";
import { savedAt } from "@/lib/saved";
import { scheduleProduct as schedule } from "@/lib/services/catalog-schedule";

/** Says when a product goes into the shop and out of it by itself; empty fields end it. */
export const scheduleProduct = action(scheduleInput, { who: "staff" }, async (staff, input) => {
  await schedule(staff, input);
  const done = input.publishAt || input.unpublishAt ? "scheduled" : "unscheduled";
  redirect(
    `${savedAt(staff, `/admin/products/${input.productId}`, done)}#schedule` as Route,
    RedirectType.replace,
  );
});
