/** What the page of one's own account says about the second factor. Never cached. */
import { eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { totp, users } from "@/db/schema/accounts";
import type { User } from "@/lib/domain/actors";
import { generator } from "@/lib/totp";

/** Null for accounts that may have none and have none: customers. */
export async function getSecondFactor(user: User, store: string) {
  const [row] = await db
    .select({
      role: users.role,
      email: users.email,
      hasPassword: sql<boolean>`${users.passwordHash} is not null`,
      confirmedAt: totp.confirmedAt,
      secret: totp.secret,
      recoveryLeft: sql<number>`coalesce(cardinality(${totp.recoveryHashes}), 0)`,
    })
    .from(users)
    .leftJoin(totp, eq(totp.userId, users.id))
    .where(eq(users.id, user.userId));
  if (!row || (row.role === "customer" && !row.confirmedAt)) return null;
  const { hasPassword, recoveryLeft, email } = row;
  const isOn = row.confirmedAt !== null;
  // Once it is confirmed nobody sees the key again.
  const made = isOn || !row.secret ? null : generator(row.secret, { store, email });
  const key = made && { text: made.secret.base32.replace(/(.{4})(?=.)/g, "$1 "), uri: made.toString() };
  return { isOn, hasPassword, recoveryLeft, key };
}

export type SecondFactor = NonNullable<Awaited<ReturnType<typeof getSecondFactor>>>;
