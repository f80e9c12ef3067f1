/** The staff of the shop for its admins: who they are, what they may, and where they are signed in. */
import { and, asc, desc, eq, gt, inArray, isNull, type SQL, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { owners, sessions, totp, users } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { settings } from "@/db/schema/settings";
import { deviceName, fullName } from "@/lib/domain/accounts";
import type { Admin } from "@/lib/domain/actors";
import type { Direction } from "@/lib/domain/back-office";
import { type StaffSort, staffDirection } from "@/lib/domain/staff";
import { type Page, pagesOf } from "./scope";

const fields = {
  id: users.id,
  email: users.email,
  firstName: users.firstName,
  lastName: users.lastName,
  username: users.username,
  role: users.role,
  isActive: users.isActive,
  version: users.version,
  lastSignInAt: users.lastSignInAt,
  hasPassword: sql<boolean>`${users.passwordHash} is not null`,
  shop: owners.name,
  hasFactor: sql<boolean>`${totp.confirmedAt} is not null`,
  sessions: sql<number>`(select count(*)::int from sessions s
    where s.user_id = users.id and s.revoked_at is null and s.expires_at > shop_now())`,
};

const staff = () =>
  db
    .select(fields)
    .from(users)
    .leftJoin(owners, and(eq(owners.userId, users.id), eq(owners.isActive, true)))
    .leftJoin(totp, eq(totp.userId, users.id));

const isStaff = inArray(users.role, ["owner", "admin"]);

export interface StaffQuery extends Page {
  readonly sort: StaffSort;
  readonly dir?: Direction | "";
}

const called = sql`lower(coalesce(nullif(trim(${users.firstName} || ' ' || ${users.lastName}), ''), ${users.username}))`;

/** Roles in the order of what they may: admins come first. */
const orderBy: Record<StaffSort, SQL> = {
  role: sql`(${users.role} <> 'admin')`,
  name: called,
  email: sql`lower(${users.email})`,
  seen: sql`${users.lastSignInAt}`,
};

/** One page of everybody with a role. */
export async function listStaff(_admin: Admin, { sort, dir, ...page }: StaffQuery) {
  const way = (dir || staffDirection[sort]) === "desc" ? desc : asc;
  const [rows, count, [store]] = await Promise.all([
    staff()
      .where(isStaff)
      // Who never signed in comes last, whichever way.
      .orderBy(sql`${way(orderBy[sort])} nulls last`, called, users.id)
      .limit(page.pageSize)
      .offset((page.page - 1) * page.pageSize),
    db.$count(users, isStaff),
    db.select({ secondFactor: settings.staffSecondFactor }).from(settings),
  ]);
  return {
    rows: rows.map(named),
    pages: pagesOf(count, page),
    secondFactor: store?.secondFactor ?? false,
  };
}

/** One member of staff with their live sessions; null for customers and unknown people. */
export async function getStaffMember(_admin: Admin, userId: string) {
  const [row] = await staff().where(and(eq(users.id, userId), isStaff));
  if (!row) return null;
  const open = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.userId, userId), isNull(sessions.revokedAt), gt(sessions.expiresAt, now)))
    .orderBy(desc(sessions.lastSeenAt))
    .limit(50);
  return {
    ...named(row),
    devices: open.map(({ id, userAgent, lastSeenAt }) => ({ id, device: deviceName(userAgent), lastSeenAt })),
  };
}

function named<R extends { firstName: string; lastName: string; username: string }>(row: R) {
  return { ...row, name: fullName(row) || row.username };
}

export type StaffRow = Awaited<ReturnType<typeof listStaff>>["rows"][number];
export type StaffMember = NonNullable<Awaited<ReturnType<typeof getStaffMember>>>;
