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

const undoInput = z.object({
  entryId: z.uuid(),
  /** The page on which it was saved, a list as it was filtered. */
  back: z
    .string()
    .max(600)
    .regex(/^\/admin\/[a-z]+(\/[\w-]+){0,2}(\?[\w=&%+.-]*)?$/)
    .catch("/admin"),
});

/** Takes back what was just saved on a page, from the page itself. */
export const undoSave = action(undoInput, { who: "staff" }, async (staff, { entryId, back }) => {
  for (const tag of await revert(staff, { entryId })) updateTag(tag);
  redirect(`${back}${back.includes("?") ? "&" : "?"}done=undone` as Route, RedirectType.replace);
});
