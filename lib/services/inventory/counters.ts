/** The counters of a variant, all its rows locked in one order, and the one way to change its unsold stock. */
import { and, asc, eq, gt, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { inventory, stockMovements } from "@/db/schema/inventory";
import { type Actor, type Staff, type System, userIdOf } from "@/lib/domain/actors";
import type { MovementKind, StockLevel } from "@/lib/domain/inventory";
import { availableIn, type Bucket, putInto, type Share } from "@/lib/domain/inventory-buckets";

/** A locked row of counters. */
export interface Counters extends Bucket {
  readonly buckets: number;
  readonly lowStockThreshold: number;
}

/**
 * Locks all rows of a variant: the first one alone, which keeps everybody apart who wants all of them, then the others
 * ascending. In one go the others would be those of before the wait; one that was made meanwhile would come last, out of
 * order, against an order that holds it and waits for a later one. An empty list for unknown variants, and for those
 * that `owned` leaves out.
 */
export async function lockCounters(tx: Tx, variantId: string, owned?: SQL): Promise<Counters[]> {
  const [first] = await lockRows(tx, and(eq(inventory.variantId, variantId), eq(inventory.bucket, 0), owned));
  if (!first) return [];
  if (first.buckets === 1) return [first];
  return [first, ...(await lockRows(tx, and(eq(inventory.variantId, variantId), gt(inventory.bucket, 0))))];
}

const lockRows = (tx: Tx, which: SQL | undefined): Promise<Counters[]> =>
  tx
    .select({
      bucket: inventory.bucket,
      buckets: inventory.buckets,
      onHand: inventory.onHand,
      reserved: inventory.reserved,
      lowStockThreshold: inventory.lowStockThreshold,
      backorder: inventory.backorder,
      backorderLimit: inventory.backorderLimit,
    })
    .from(inventory)
    .where(which)
    .orderBy(asc(inventory.bucket))
    .for("update");

/** What people see of the rows together. */
export function levelOf(rows: readonly Counters[]): StockLevel {
  return {
    available: availableIn(rows),
    threshold: Math.max(0, ...rows.map((row) => row.lowStockThreshold)),
    backorder: rows.some((row) => row.backorder),
    // Only the first row may owe.
    backorderLimit: rows[0]?.backorderLimit ?? null,
  };
}

/** A movement of unsold stock. */
export interface Shift {
  readonly kind: Extract<MovementKind, "restock" | "adjustment" | "return">;
  /** Items, signed; never 0. */
  readonly delta: number;
  readonly orderId?: string;
  readonly reason?: string | null;
}

/**
 * Changes the unsold stock of locked rows and writes the movements. Answers the rows as they are then; null, with
 * nothing written, where fewer items are free than are taken away.
 */
export async function shift(
  tx: Tx,
  actor: Actor | null,
  { variantId, rows }: { variantId: string; rows: readonly Counters[] },
  change: Shift,
): Promise<Counters[] | null> {
  const shares = putInto(rows, change.delta);
  if (!shares) return null;
  await move(tx, actor, variantId, shares, change);
  return changed(rows, shares);
}

/** Adds `shares` to what is on hand, a movement each. The rows are locked by the caller. */
export async function move(
  tx: Tx,
  actor: Actor | null,
  variantId: string,
  shares: readonly Share[],
  { kind, orderId, reason = null }: Omit<Shift, "delta">,
): Promise<void> {
  if (shares.length === 0) return;
  await tx.insert(stockMovements).values(
    shares.map(({ bucket, quantity }) => ({
      id: newId(),
      variantId,
      bucket,
      kind,
      onHandDelta: quantity,
      reservedDelta: 0,
      orderId: orderId ?? null,
      actorId: actor ? userIdOf(actor) : null,
      reason,
    })),
  );
  for (const { bucket, quantity } of shares) {
    await tx
      .update(inventory)
      .set({
        onHand: sql`${inventory.onHand} + ${quantity}`,
        ...(kind === "restock" ? { lastRestockedAt: now as unknown as Date } : {}),
      })
      .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, bucket)));
  }
}

/** The rows after `shares` came to what is on hand. */
function changed(rows: readonly Counters[], shares: readonly Share[]): Counters[] {
  return rows.map((row) => {
    const share = shares.find(({ bucket }) => bucket === row.bucket);
    return share ? { ...row, onHand: row.onHand + share.quantity } : row;
  });
}

/** Ownership stands in the WHERE clause: other people's goods are simply not there. */
export function ownedBy(actor: Staff | System): SQL | undefined {
  if (actor.kind !== "owner") return undefined;
  return sql`${inventory.variantId} IN (SELECT v.id FROM variants v JOIN products p ON p.id = v.product_id WHERE p.owner_id = ${actor.ownerId})`;
}
