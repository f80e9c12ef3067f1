"use server";

import type { Route } from "next";
import { updateTag } from "next/cache";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { revert } from "@/lib/services/audit-revert";

const revertInput = z.object({
  entryId: z.uuid(),
  /** The list as it was filtered. */
  back: z
    .string()
    .max(600)
    .regex(/^\/admin\/audit(\?|$)/)
    .catch("/admin/audit"),
});

/** Puts back what an entry of the audit log changed. */
export const revertEntry = action(revertInput, { who: "admin" }, async (admin, { entryId, back }) => {
  for (const tag of await revert(admin, { entryId })) updateTag(tag);
  redirect(`${back}${back.includes("?") ? "&" : "?"}done=reverted` as Route, RedirectType.replace);
});
