"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { resend } from "@/lib/services/notifications/send";

/** Puts a mail that was kept or failed back into the queue. */
export const resendMail = action(z.object({ mailId: z.uuid() }), { who: "admin" }, async (admin, input) => {
  await resend(admin, input);
  redirect(`/admin/mail/${input.mailId}?done=queued` as Route, RedirectType.replace);
});
