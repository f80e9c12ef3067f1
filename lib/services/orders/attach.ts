/** Guest orders become an account's: one by its signed link, all of an address once its mailbox is proved. */
import { and, eq, isNull, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { users } from "@/db/schema/accounts";
import { orders } from "@/db/schema/orders";
import type { User } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";

/** Gives an order without an account to a user, in the transaction that decided so. */
export async function give(tx: Tx, orderId: string, userId: string): Promise<void> {
  await tx
    .update(orders)
    .set({ userId })
    .where(and(eq(orders.id, orderId), isNull(orders.userId)));
}

/**
 * Keeps the order whose signed link was opened in one's own account. The link proves control of that order alone.
 * @throws ShopError not_found without the link, and for an order that is somebody's already
 */
export async function attach(user: User, { orderId }: { orderId: string }): Promise<void> {
  const kept = await db
    .update(orders)
    .set({ userId: user.userId })
    .where(
      and(
        eq(orders.id, orderId),
        isNull(orders.userId),
        user.orderId ? eq(orders.id, user.orderId) : sql`false`,
      ),
    )
    .returning({ id: orders.id });
  if (kept.length === 0) throw new ShopError("not_found", { what: "order" });
}

/**
 * Gives a user all guest orders of their address. Only where the one who holds the account's password and the one who
 * reads the mailbox are the same person: an account can be opened on anybody's address.
 */
export async function attachAll(tx: Tx, userId: string): Promise<void> {
  await tx
    .update(orders)
    .set({ userId })
    .where(
      and(
        isNull(orders.userId),
        sql`lower(${orders.email}) = (SELECT lower(u.email) FROM ${users} u WHERE u.id = ${userId})`,
      ),
    );
}
