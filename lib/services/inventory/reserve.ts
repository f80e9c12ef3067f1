/** Inventory around an order: hold stock when it is placed, sell it when it is paid, let go when it is not. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { now } from "@/db/schema/columns";
import { inventory, stockMovements, stockReservations } from "@/db/schema/inventory";
import { ShopError } from "@/lib/domain/errors";
import { type MovementKind, movementSigns } from "@/lib/domain/inventory";
import { noticeBand } from "./band";

export interface Wanted {
  readonly variantId: string;
  /** Items. */
  readonly quantity: number;
  /** For the message when there are too few. */
  readonly name: string;
}

/**
 * Holds stock for an order until `expiresAt`: all lines or none. One conditional UPDATE per line decides, in variant
 * order so that two orders never deadlock, and last in the transaction so that a hot row is locked briefly.
 * @throws ShopError `sold_out` naming every line with too few.
 */
export async function reserve(
  tx: Tx,
  orderId: string,
  lines: readonly Wanted[],
  expiresAt: Date,
): Promise<void> {
  const wanted = byVariant(lines);
  await tx
    .insert(stockReservations)
    .values(
      wanted.map(({ variantId, quantity }) => ({ id: newId(), orderId, variantId, quantity, expiresAt })),
    );
  await writeMovements(tx, orderId, "reserve", wanted);
  const taken: Change[] = [];
  for (const line of wanted) {
    const row = await hold(tx, line);
    if (!row) throw await shortageOf(tx, wanted, line);
    taken.push({ ...row, variantId: line.variantId, before: row.available + line.quantity });
  }
  await noticeAll(tx, taken);
}

/** Sells what an order holds (payment came, or cash on delivery was accepted). Answers false where it held nothing. */
export async function commit(tx: Tx, orderId: string): Promise<boolean> {
  const held = await closeReservations(tx, orderId, "committed");
  await writeMovements(tx, orderId, "sale", held);
  for (const { variantId, quantity, bucket } of held) {
    await tx
      .update(inventory)
      .set({
        onHand: sql`${inventory.onHand} - ${quantity}`,
        reserved: sql`${inventory.reserved} - ${quantity}`,
      })
      .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, bucket)));
  }
  return held.length > 0;
}

/** Lets go of what an order holds. Answers false where it held nothing any more: releasing twice changes nothing. */
export async function release(tx: Tx, orderId: string): Promise<boolean> {
  const held = await closeReservations(tx, orderId, "released");
  await writeMovements(tx, orderId, "release", held);
  const freed: Change[] = [];
  for (const { variantId, quantity, bucket } of held) {
    const [row] = await tx
      .update(inventory)
      .set({ reserved: sql`${inventory.reserved} - ${quantity}` })
      .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, bucket)))
      .returning(counters);
    if (row) freed.push({ ...row, variantId, before: row.available - quantity });
  }
  await noticeAll(tx, freed);
  return held.length > 0;
}

/** Moves the end of an order's live reservations to that of the order itself. */
export async function prolong(tx: Tx, orderId: string): Promise<void> {
  await tx
    .update(stockReservations)
    .set({ expiresAt: sql`(SELECT expires_at FROM orders WHERE id = ${orderId})`, updatedAt: now })
    .where(and(eq(stockReservations.orderId, orderId), eq(stockReservations.status, "active")));
}

/** Puts sold items back (a cancel after the sale, a return that is fit to sell). */
export async function putBack(
  tx: Tx,
  orderId: string,
  lines: readonly Omit<Wanted, "name">[],
): Promise<void> {
  const back = byVariant(lines);
  await writeMovements(tx, orderId, "return", back);
  const returned: Change[] = [];
  for (const { variantId, quantity } of back) {
    const [row] = await tx
      .update(inventory)
      .set({ onHand: sql`${inventory.onHand} + ${quantity}` })
      .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, 0)))
      .returning(counters);
    if (row) returned.push({ ...row, variantId, before: row.available - quantity });
  }
  await noticeAll(tx, returned);
}

interface Change {
  readonly variantId: string;
  readonly available: number;
  readonly before: number;
  readonly lowStockThreshold: number;
  readonly backorder: boolean;
}

/**
 * Only once every counter is locked: expiring caches waits for the one row of that job, and whoever held it while
 * still waiting for a counter would deadlock with the holder of that counter.
 */
async function noticeAll(tx: Tx, changes: readonly Change[]): Promise<void> {
  for (const { before, ...row } of changes) await noticeBand(tx, row, before);
}

export const counters = {
  available: sql<number>`on_hand - reserved`.mapWith(Number),
  lowStockThreshold: inventory.lowStockThreshold,
  backorder: inventory.backorder,
};

async function hold(tx: Tx, { variantId, quantity }: Wanted) {
  const enough = sql`(${inventory.onHand} - ${inventory.reserved} >= ${quantity} OR (${inventory.backorder} AND
    (${inventory.backorderLimit} IS NULL OR ${inventory.onHand} - ${inventory.reserved} - ${quantity} >= -${inventory.backorderLimit})))`;
  const [row] = await tx
    .update(inventory)
    .set({ reserved: sql`${inventory.reserved} + ${quantity}` })
    .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, 0), enough))
    .returning(counters);
  return row;
}

/** Reads again to explain; where that shows enough meanwhile, the line that was refused is named all the same. */
async function shortageOf(
  tx: Tx,
  wanted: readonly Wanted[],
  refused: Wanted,
): Promise<ShopError<"sold_out">> {
  const short = [];
  for (const { variantId, quantity, name } of wanted) {
    const [row] = await tx
      .select({ available: counters.available })
      .from(inventory)
      .where(eq(inventory.variantId, variantId));
    const available = Math.max(0, row?.available ?? 0);
    if (available < quantity) short.push({ variantId, name, requested: quantity, available });
  }
  const { variantId, quantity: requested, name } = refused;
  if (short.length === 0) short.push({ variantId, name, requested, available: 0 });
  return new ShopError("sold_out", { lines: short });
}

async function closeReservations(tx: Tx, orderId: string, status: "committed" | "released") {
  const rows = await tx
    .update(stockReservations)
    .set({ status, updatedAt: now })
    .where(and(eq(stockReservations.orderId, orderId), eq(stockReservations.status, "active")))
    .returning({
      variantId: stockReservations.variantId,
      quantity: stockReservations.quantity,
      bucket: stockReservations.bucket,
    });
  return rows.sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}

async function writeMovements(
  tx: Tx,
  orderId: string,
  kind: Extract<MovementKind, "reserve" | "release" | "sale" | "return">,
  lines: readonly { variantId: string; quantity: number; bucket?: number }[],
): Promise<void> {
  if (lines.length === 0) return;
  const { onHand, reserved } = movementSigns[kind];
  await tx.insert(stockMovements).values(
    lines.map(({ variantId, quantity, bucket = 0 }) => ({
      id: newId(),
      variantId,
      bucket,
      kind,
      onHandDelta: onHand * quantity,
      reservedDelta: reserved * quantity,
      orderId,
    })),
  );
}

function byVariant<L extends { variantId: string }>(lines: readonly L[]): L[] {
  return [...lines].sort((a, b) => (a.variantId < b.variantId ? -1 : 1));
}
