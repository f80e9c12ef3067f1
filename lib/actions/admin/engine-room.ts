"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { giveUp, retryNow } from "@/lib/services/jobs";
import { orderReplay } from "@/lib/services/payments/inbox";

const jobInput = z.object({
  jobId: z.string().regex(/^\d{1,18}$/),
  /** The list as it was filtered. */
  back: z
    .string()
    .max(400)
    .regex(/^\/admin\/jobs(\?|$)/)
    .catch("/admin/jobs"),
});

const backTo = (back: string, done: string): never =>
  redirect(`${back}${back.includes("?") ? "&" : "?"}done=${done}` as Route, RedirectType.replace);

/** Has a job run at once. */
export const retryJob = action(jobInput, { who: "admin" }, async (admin, { jobId, back }) => {
  await retryNow(admin, { jobId });
  backTo(back, "retried");
});

/** Gives up a job that fails. */
export const giveUpJob = action(jobInput, { who: "admin" }, async (admin, { jobId, back }) => {
  await giveUp(admin, { jobId });
  backTo(back, "gone");
});

/** Has a failed event of the gateway taken in again. */
export const replayWebhook = action(
  z.object({ eventId: z.uuid() }),
  { who: "admin" },
  async (admin, input) => {
    await orderReplay(admin, input);
    redirect(`/admin/webhooks/${input.eventId}?done=replayed` as Route, RedirectType.replace);
  },
);
