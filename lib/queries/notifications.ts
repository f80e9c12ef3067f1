/** What people see of their notifications. Never cached. */
import { and, count, desc, eq, isNull } from "drizzle-orm";
import { db } from "@/db/client";
import { notifications } from "@/db/schema/notifications";
import type { User } from "@/lib/domain/actors";

/** How many one has not read. */
export async function countUnread(user: User): Promise<number> {
  return db.$count(notifications, and(eq(notifications.userId, user.userId), isNull(notifications.readAt)));
}

/** One's own notifications, the newest first. */
export async function listNotifications(user: User, { page = 1, pageSize = 20 } = {}) {
  const mine = eq(notifications.userId, user.userId);
  const [rows, [all], unread] = await Promise.all([
    db
      .select({
        id: notifications.id,
        type: notifications.type,
        title: notifications.title,
        message: notifications.message,
        link: notifications.link,
        readAt: notifications.readAt,
        createdAt: notifications.createdAt,
      })
      .from(notifications)
      .where(mine)
      .orderBy(desc(notifications.createdAt), desc(notifications.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize),
    db.select({ n: count() }).from(notifications).where(mine),
    countUnread(user),
  ]);
  const total = all?.n ?? 0;
  return { notifications: rows, count: total, unread, pages: Math.max(1, Math.ceil(total / pageSize)) };
}

export type NotificationRow = Awaited<ReturnType<typeof listNotifications>>["notifications"][number];
