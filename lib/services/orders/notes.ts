/** What staff write down about an order; shoppers never see it. */
import { and, eq, sql } from "drizzle-orm";
import { newId } from "@/db/id";
import { orderNotes, orders } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { refuseIfMoved, type Seen } from "./seen";

/**
 * Adds a note: an owner's is for that owner and admins, an admin's for all who hold a part of the order.
 * @throws ShopError not_found for orders without goods of this owner
 */
export async function addNote(
  staff: Staff,
  { orderId, body, seen }: { orderId: string; body: string; seen?: Seen },
): Promise<void> {
  await withTx(async (tx) => {
    const holds =
      staff.kind === "owner"
        ? sql`EXISTS (SELECT FROM fulfilments f WHERE f.order_id = ${orderId} AND f.owner_id = ${staff.ownerId})`
        : undefined;
    const [order] = await tx
      .select({ id: orders.id })
      .from(orders)
      .where(and(eq(orders.id, orderId), holds));
    if (!order) throw new ShopError("not_found", { what: "order" });
    await refuseIfMoved(tx, staff, orderId, seen);
    await tx.insert(orderNotes).values({
      id: newId(),
      orderId,
      authorId: staff.userId,
      ownerId: staff.kind === "owner" ? staff.ownerId : null,
      body,
    });
  });
}
