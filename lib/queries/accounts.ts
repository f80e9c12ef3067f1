/** What people see of their own account: profile, orders, sessions. Never cached. */
import { and, count, desc, eq, gt, isNull, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { sessions, users } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { orders } from "@/db/schema/orders";
import { deviceName, fullName } from "@/lib/domain/accounts";
import type { User } from "@/lib/domain/actors";

/** Name, address and phone of one's own account. */
export async function getProfile(user: User) {
  const [row] = await db
    .select({
      email: users.email,
      username: users.username,
      firstName: users.firstName,
      lastName: users.lastName,
      phone: users.phone,
      hasPassword: sql<boolean>`${users.passwordHash} is not null`,
      isVerified: sql<boolean>`${users.emailVerifiedAt} is not null`,
      createdAt: users.createdAt,
    })
    .from(users)
    .where(eq(users.id, user.userId));
  // A live session without its user cannot be: the foreign key sees to it.
  if (!row) throw new Error("the user of a live session is gone");
  return { ...row, name: fullName(row) };
}

export type Profile = Awaited<ReturnType<typeof getProfile>>;

/** One's own orders, newest first, `pageSize` a page; `total` in minor units. */
export async function listOwnOrders(user: User, { page = 1, pageSize = 20 } = {}) {
  const mine = eq(orders.userId, user.userId);
  const [rows, [all]] = await Promise.all([
    db
      .select({
        id: orders.id,
        number: orders.number,
        status: orders.status,
        total: orders.total,
        refunded: orders.refunded,
        currency: orders.currency,
        placedAt: orders.placedAt,
        // Written out: Drizzle leaves the table away in a select from one table, and both have an id.
        pieces: sql<number>`(select coalesce(sum(l.quantity), 0)::int from order_lines l where l.order_id = orders.id)`,
        pictures: sql<{ key: string | null; backdrop: string | null; name: string }[]>`(
          select coalesce(json_agg(json_build_object('key', l.image_key, 'backdrop', l.image_backdrop, 'name', l.product_name)
            order by l.position), '[]'::json)
          from (select * from order_lines where order_id = orders.id order by position limit 4) l)`,
      })
      .from(orders)
      .where(mine)
      .orderBy(desc(orders.placedAt), desc(orders.id))
      .limit(pageSize)
      .offset((page - 1) * pageSize),
    db.select({ n: count() }).from(orders).where(mine),
  ]);
  return { orders: rows, pages: Math.max(1, Math.ceil((all?.n ?? 0) / pageSize)), count: all?.n ?? 0 };
}

export type OwnOrder = Awaited<ReturnType<typeof listOwnOrders>>["orders"][number];

/** One's own live sessions, the last seen first. */
export async function listSessions(user: User) {
  const rows = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, user.userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(50);
  return rows.map(({ id, userAgent, lastSeenAt, createdAt }) => ({
    id,
    device: deviceName(userAgent),
    lastSeenAt,
    createdAt,
  }));
}
