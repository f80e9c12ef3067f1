/** The demo's payouts: what the first orders earned was paid to their owners, so that the list is not empty. */
import { eq } from "drizzle-orm";
import type { Admin } from "@/lib/domain/actors";
import { mint } from "@/lib/domain/mint";
import { createPayout } from "@/lib/services/payouts/create";
import { markPaid } from "@/lib/services/payouts/settle";
import { db } from "../client";
import { users } from "../schema/accounts";
import { setClock } from "./clock";

const DAY = 24 * 3_600_000;
/** Orders older than this are completed before the day of the payout. */
export const PAID_HOURS = 60 * 24;
const PAID_DAYS_AGO = 20;

/** Pays the owners what is due to them, and two days later the bank has sent it. `start` is the demo's present. */
export async function payOwners(start: number, ownerIds: Iterable<string>): Promise<void> {
  const [user] = await db.select({ id: users.id }).from(users).where(eq(users.role, "admin")).limit(1);
  if (!user) throw new Error("the demo has no admin");
  const admin = mint<Admin>({ kind: "admin", userId: user.id, orderId: null });
  for (const ownerId of ownerIds) {
    await setClock(new Date(start - PAID_DAYS_AGO * DAY));
    const { payoutId } = await createPayout(admin, { ownerId, byHand: true });
    await setClock(new Date(start - (PAID_DAYS_AGO - 2) * DAY));
    await markPaid(admin, { payoutId, reference: "Monthly transfer" });
  }
}
