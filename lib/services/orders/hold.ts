/** The hold of a pending order: its payment window and, with it, the end of its reservations. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { prolong } from "@/lib/services/inventory/reserve";

/** Prolongs the hold of a locked order to `until`, never shortens it. Null where the order is not pending any more. */
export async function holdUntil(tx: Tx, orderId: string, until: SQL): Promise<Date | null> {
  const [held] = await tx
    .update(orders)
    .set({ expiresAt: sql`greatest(${orders.expiresAt}, ${until})` })
    .where(and(eq(orders.id, orderId), eq(orders.status, "pending")))
    .returning({ expiresAt: orders.expiresAt });
  if (!held?.expiresAt) return null;
  await prolong(tx, orderId);
  return held.expiresAt;
}

/** Ends the hold of a locked pending order now; the job of its expiry does the rest. */
export async function endHold(tx: Tx, orderId: string): Promise<void> {
  const [held] = await tx
    .update(orders)
    .set({ expiresAt: sql`least(${orders.expiresAt}, shop_now())` })
    .where(and(eq(orders.id, orderId), eq(orders.status, "pending")))
    .returning({ id: orders.id });
  if (held) await prolong(tx, orderId);
}
