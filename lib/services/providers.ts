/** Signing in with an account elsewhere (Google, GitHub): finds, links or opens the account here. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { accounts, owners, users } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { withTx } from "@/db/tx";
import { ShopError } from "@/lib/domain/errors";
import { type Identity, insertUser } from "./accounts";
import * as sessions from "./sessions";

/** What a provider says about somebody. */
export interface ProviderProfile {
  provider: string;
  providerAccountId: string;
  email: string | null;
  /** Whether the provider says that the address is theirs. */
  isVerified: boolean;
  name: string;
}

/**
 * Who stands behind a provider's answer. An unknown identity is linked to the account of the same address only if
 * the provider verified it. An account whose address nobody had verified loses its password then: whoever opened
 * it could be somebody else.
 * @throws ShopError `unproved_email` without a verified address, `wrong_credentials` for accounts that are switched off.
 */
export function prove(profile: ProviderProfile): Promise<Identity> {
  return withTx(async (tx) => {
    const userId = (await linked(tx, profile)) ?? (await link(tx, profile));
    const [user] = await tx
      .select({ userId: users.id, role: users.role, ownerId: owners.id, isActive: users.isActive })
      .from(users)
      .leftJoin(owners, and(eq(owners.userId, users.id), eq(owners.isActive, true)))
      .where(eq(users.id, userId));
    if (!user?.isActive) throw new ShopError("wrong_credentials", {});
    return { userId: user.userId, role: user.role, ownerId: user.ownerId };
  });
}

async function linked(tx: Tx, { provider, providerAccountId }: ProviderProfile): Promise<string | undefined> {
  const [row] = await tx
    .select({ userId: accounts.userId })
    .from(accounts)
    .where(and(eq(accounts.provider, provider), eq(accounts.providerAccountId, providerAccountId)));
  return row?.userId;
}

async function link(tx: Tx, profile: ProviderProfile): Promise<string> {
  const { email, isVerified, name, provider, providerAccountId } = profile;
  if (!email || !isVerified) throw new ShopError("unproved_email", {});
  const opened = await insertUser(tx, {
    name: name || "Shopper",
    email,
    passwordHash: null,
    role: "customer",
    isVerified: true,
  });
  const userId = opened ?? (await claim(tx, email));
  await tx.insert(accounts).values({ userId, type: "oauth", provider, providerAccountId });
  return userId;
}

async function claim(tx: Tx, email: string): Promise<string> {
  const [user] = await tx
    .select({ id: users.id, verifiedAt: users.emailVerifiedAt })
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
    .for("update");
  if (!user) throw new ShopError("wrong_credentials", {});
  if (!user.verifiedAt) {
    await tx.update(users).set({ passwordHash: null, emailVerifiedAt: now }).where(eq(users.id, user.id));
    await sessions.revokeAll(tx, user.id);
  }
  return user.id;
}
