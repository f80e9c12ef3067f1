"use server";

import type { Route } from "next";
import { RedirectType, redirect } from "next/navigation";
import { z } from "zod";
import { action } from "@/lib/action";
import { safeCallback } from "@/lib/domain/accounts";
import { markRead } from "@/lib/services/notifications/read";

const LIST = "/account/notifications";

/** Marks one as read and goes to what it is about. */
export const openNotification = action(
  z.object({ id: z.uuid(), link: z.string().optional() }),
  { who: "user" },
  async (user, { id, link }) => {
    await markRead(user, [id]);
    redirect(safeCallback(link, LIST) as Route);
  },
);

/** Marks all as read. */
export const readAllNotifications = action(z.object({}), { who: "user" }, async (user) => {
  await markRead(user);
  redirect(`${LIST}?done=read` as Route, RedirectType.replace);
});
