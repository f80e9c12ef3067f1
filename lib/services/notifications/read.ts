/** The list of notifications of a user: what was seen. */
import { and, eq, inArray, isNull } from "drizzle-orm";
import { db } from "@/db/client";
import { now } from "@/db/schema/columns";
import { notifications } from "@/db/schema/notifications";
import type { User } from "@/lib/domain/actors";

/** Marks one's own notifications as read, all of them where none are named. Answers how many were unread. */
export async function markRead(user: User, ids?: readonly string[]): Promise<number> {
  const seen = await db
    .update(notifications)
    .set({ readAt: now as unknown as Date })
    .where(
      and(
        eq(notifications.userId, user.userId),
        isNull(notifications.readAt),
        ids ? inArray(notifications.id, [...ids]) : undefined,
      ),
    )
    .returning({ id: notifications.id });
  return seen.length;
}
