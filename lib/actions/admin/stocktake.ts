"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { applyCount } from "@/lib/services/imports/stocktake";

const input = z.object({
  importId: z.uuid(),
  reason: z.string().trim().min(3, "Please say why.").max(200, "At most 200 characters."),
});

/** Sets every shelf that was counted, all or none. */
export const applyStocktake = action(input, { who: "staff" }, async (staff, { importId, reason }) => {
  await applyCount(staff, { importId, reason });
  redirect(`/admin/stock/count/${importId}` as Route, RedirectType.replace);
});
