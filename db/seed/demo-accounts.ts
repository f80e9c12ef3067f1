/** Accounts of the demo whose password is still the one in README: on a public address anybody could sign in to them. */
import { and, inArray, isNotNull } from "drizzle-orm";
import { db } from "@/db/client";
import { users } from "@/db/schema/accounts";
import { verify } from "@/lib/services/passwords";
import { DEMO_PASSWORD } from "./demo-password";

/** Those that lead into the back office, and one customer for all others. */
const TRIED = ["admin@example.com", "line@example.com", "ring@example.com", "ada@example.com"];

/** Their addresses. */
export async function demoAccountsLeft(): Promise<string[]> {
  const found = await db
    .select({ email: users.email, passwordHash: users.passwordHash })
    .from(users)
    .where(and(inArray(users.email, TRIED), isNotNull(users.passwordHash)));
  const tried = await Promise.all(
    found.map(async ({ email, passwordHash }) => ((await verify(passwordHash, DEMO_PASSWORD)) ? email : "")),
  );
  return tried.filter(Boolean).sort();
}
