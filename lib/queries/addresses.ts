/** The addresses that a customer keeps. Never cached. */
import { and, desc, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { addresses } from "@/db/schema/addresses";
import type { User } from "@/lib/domain/actors";

/** One's own addresses, the defaults first. */
export async function listAddresses(user: User) {
  return db
    .select()
    .from(addresses)
    .where(eq(addresses.userId, user.userId))
    .orderBy(desc(addresses.isDefaultShipping), desc(addresses.isDefaultBilling), desc(addresses.createdAt));
}

export type KeptAddress = Awaited<ReturnType<typeof listAddresses>>[number];

/** One of one's own addresses; null for unknown ids and other people's alike. */
export async function getAddress(user: User, id: string): Promise<KeptAddress | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return null;
  const [address] = await db
    .select()
    .from(addresses)
    .where(and(eq(addresses.id, id), eq(addresses.userId, user.userId)));
  return address ?? null;
}
