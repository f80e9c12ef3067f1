/** Inventory by hand: restock, adjust and count, by the owner of the goods or an admin, always with a reason. */
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { products, variants } from "@/db/schema/catalog";
import { now } from "@/db/schema/columns";
import { inventory, stockMovements } from "@/db/schema/inventory";
import { orderLines, orders } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import { type Staff, type System, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { noticeBand } from "./band";
import { counters } from "./reserve";

/** New goods came in. `quantity` counts items, at least one. @throws ShopError not_found for goods of another owner. */
export async function restock(
  actor: Staff | System,
  { variantId, quantity, reason = null }: { variantId: string; quantity: number; reason?: string | null },
  on?: Tx,
): Promise<{ available: number }> {
  return withTx((tx) => move(tx, actor, { variantId, delta: quantity, kind: "restock", reason }), { tx: on });
}

/**
 * Corrects the count by ±`delta` items.
 * @throws ShopError not_found for goods of another owner, conflict where fewer items are unsold than are taken away.
 */
export async function adjust(
  actor: Staff | System,
  { variantId, delta, reason }: { variantId: string; delta: number; reason: string },
  on?: Tx,
): Promise<{ available: number }> {
  return withTx((tx) => move(tx, actor, { variantId, delta, kind: "adjustment", reason }), { tx: on });
}

/** Sets the count to what lies on the shelf: sold but unshipped items lie there too and are not for sale (decisions). */
export async function setOnHand(
  actor: Staff | System,
  { variantId, counted, reason }: { variantId: string; counted: number; reason: string },
): Promise<{ available: number }> {
  return withTx(async (tx) => {
    const [row] = await tx
      .select({ onHand: inventory.onHand })
      .from(inventory)
      .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, 0), ownedBy(actor)))
      .for("update");
    if (!row) throw new ShopError("not_found", { what: "variant" });
    const [waiting] = await tx
      .select({
        items: sql<number>`coalesce(sum(${orderLines.quantity} - ${orderLines.shippedQuantity}), 0)`.mapWith(
          Number,
        ),
      })
      .from(orderLines)
      .innerJoin(orders, eq(orders.id, orderLines.orderId))
      .where(and(eq(orderLines.variantId, variantId), inArray(orders.status, ["confirmed", "processing"])));
    const delta = counted - (waiting?.items ?? 0) - row.onHand;
    if (delta === 0) return currentOf(tx, variantId);
    return move(tx, actor, { variantId, delta, kind: "adjustment", reason });
  });
}

/** Sets from how many items on the variant counts as low. */
export async function setThreshold(
  actor: Staff,
  { variantId, threshold }: { variantId: string; threshold: number },
): Promise<void> {
  await withTx(async (tx) => {
    const changed = await tx
      .update(inventory)
      .set({ lowStockThreshold: threshold })
      .where(and(eq(inventory.variantId, variantId), ownedBy(actor)))
      .returning({ id: inventory.variantId });
    if (changed.length === 0) throw new ShopError("not_found", { what: "variant" });
  });
}

async function move(
  tx: Tx,
  actor: Staff | System,
  change: { variantId: string; delta: number; kind: "restock" | "adjustment"; reason: string | null },
): Promise<{ available: number }> {
  const { variantId, delta, kind, reason } = change;
  const [row] = await tx
    .update(inventory)
    .set({
      onHand: sql`${inventory.onHand} + ${delta}`,
      ...(kind === "restock" ? { lastRestockedAt: now as unknown as Date } : {}),
    })
    .where(
      and(
        eq(inventory.variantId, variantId),
        eq(inventory.bucket, 0),
        ownedBy(actor),
        sql`(${inventory.backorder} OR ${inventory.onHand} + ${delta} >= ${inventory.reserved})`,
      ),
    )
    .returning(counters);
  if (!row) throw await refusal(tx, actor, variantId);
  await tx.insert(stockMovements).values({
    id: newId(),
    variantId,
    kind,
    onHandDelta: delta,
    reservedDelta: 0,
    actorId: userIdOf(actor),
    reason,
  });
  await noticeBand(tx, { ...row, variantId }, row.available - delta);
  return { available: row.available };
}

async function refusal(tx: Tx, actor: Staff | System, variantId: string): Promise<ShopError> {
  const [row] = await tx
    .select({ name: products.name, available: counters.available })
    .from(inventory)
    .innerJoin(variants, eq(variants.id, inventory.variantId))
    .innerJoin(products, eq(products.id, variants.productId))
    .where(and(eq(inventory.variantId, variantId), ownedBy(actor)));
  if (!row) return new ShopError("not_found", { what: "variant" });
  return new ShopError("invalid_input", {
    fields: { delta: `Only ${row.available} are unsold and free; the others are held for orders.` },
  });
}

async function currentOf(tx: Tx, variantId: string): Promise<{ available: number }> {
  const [row] = await tx
    .select({ available: counters.available })
    .from(inventory)
    .where(eq(inventory.variantId, variantId));
  return { available: row?.available ?? 0 };
}

/** Ownership stands in the WHERE clause: other people's goods are simply not there. */
function ownedBy(actor: Staff | System): SQL | undefined {
  if (actor.kind !== "owner") return undefined;
  return sql`${inventory.variantId} IN (SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id WHERE p.owner_id = ${actor.ownerId})`;
}
