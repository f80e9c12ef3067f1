/** Inventory around an order: hold stock when it is placed, sell it when it is paid, let go when it is not. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { inOneGo } from "@/db/in-one-go";
import { now } from "@/db/schema/columns";
import { inventory, stockMovements, stockReservations } from "@/db/schema/inventory";
import { ShopError } from "@/lib/domain/errors";
import { type MovementKind, movementSigns } from "@/lib/domain/inventory";
import { type LevelChange, noticeLevels, noticeRows, type RowChange } from "./band";
import { levelOf, lockCounters, shift } from "./counters";
import { takeSpread, type Wanted } from "./take";

/**
 * Holds stock for an order until `expiresAt`: all lines or none. One conditional UPDATE per line decides, in variant
 * order so that two orders never deadlock, and last in the transaction so that a hot row is locked briefly.
 * @throws ShopError `sold_out` naming every line with too few.
 */
export async function reserve(
  tx: Tx,
  orderId: string,
  lines: readonly Wanted[],
  expiresAt: Date | SQL,
): Promise<void> {
  await hold(tx, orderId, lines, expiresAt, await noteHolds(tx, orderId, lines, expiresAt));
}

/** Variants that lie in one row, and so have their reservation and movement written already. */
export type Noted = ReadonlySet<string>;

/**
 * The first half of `reserve`, one statement that needs no answer: writes reservations and movements of the lines
 * whose variant has one row, before that row is locked. For one that is spread it is not known yet which row holds it.
 */
export async function noteHolds(
  tx: Tx,
  orderId: string,
  lines: readonly Wanted[],
  expiresAt: Date | SQL,
): Promise<Noted> {
  const notes = byVariant(lines).map(({ variantId, quantity }) => ({
    reservation: newId(),
    movement: newId(),
    variant: variantId,
    quantity,
  }));
  const rows = (await tx.execute(sql`
    WITH wanted AS (
      SELECT w.* FROM json_to_recordset(${JSON.stringify(notes)}::json)
        AS w(reservation uuid, movement uuid, variant uuid, quantity int)
      JOIN inventory i ON i.variant_id = w.variant AND i.bucket = 0 AND i.buckets = 1
    ), held AS (
      INSERT INTO stock_reservations (id, order_id, variant_id, quantity, expires_at)
      SELECT reservation, ${orderId}::uuid, variant, quantity, ${momentOf(expiresAt)} FROM wanted
    ), moved AS (
      INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, order_id)
      SELECT movement, variant, 'reserve', 0, quantity, ${orderId}::uuid FROM wanted
    )
    SELECT variant FROM wanted`)) as unknown as { variant: string }[];
  return new Set(rows.map((row) => row.variant));
}

/** The second half of `reserve`: takes the stock itself. @throws ShopError `sold_out` naming every line with too few. */
export async function hold(
  tx: Tx,
  orderId: string,
  lines: readonly Wanted[],
  expiresAt: Date | SQL,
  noted: Noted,
): Promise<void> {
  const wanted = byVariant(lines);
  const taken: RowChange[] = [];
  for (const line of wanted) {
    const rows = noted.has(line.variantId)
      ? await takeFromRow(tx, line)
      : await takeSpread(tx, orderId, line, momentOf(expiresAt));
    if (!rows) throw await shortageOf(tx, wanted, line);
    taken.push(...rows);
  }
  await noticeRows(tx, taken);
}

/** Sells what an order holds (payment came, or cash on delivery was accepted). Answers false where it held nothing. */
export async function commit(tx: Tx, orderId: string): Promise<boolean> {
  const held = await closeReservations(tx, orderId, "committed");
  if (held.length === 0) return false;
  const [, ...sold] = await inOneGo<[unknown, ...unknown[][]]>([
    () => writeMovements(tx, orderId, "sale", held),
    ...held.map(
      ({ variantId, quantity, bucket }) =>
        () =>
          tx
            .update(inventory)
            .set({
              onHand: sql`${inventory.onHand} - ${quantity}`,
              reserved: sql`${inventory.reserved} - ${quantity}`,
            })
            .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, bucket)))
            .returning({ bucket: inventory.bucket }),
    ),
  ]);
  held.forEach(({ variantId, bucket }, i) => {
    if (sold[i]?.length === 0) throw rowGone(variantId, bucket);
  });
  return true;
}

/** Lets go of what an order holds. Answers false where it held nothing any more: releasing twice changes nothing. */
export async function release(tx: Tx, orderId: string): Promise<boolean> {
  const held = await closeReservations(tx, orderId, "released");
  await writeMovements(tx, orderId, "release", held);
  const freed: RowChange[] = [];
  for (const { variantId, quantity, bucket } of held) {
    const [row] = await tx
      .update(inventory)
      .set({ reserved: sql`${inventory.reserved} - ${quantity}` })
      .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, bucket)))
      .returning(counters);
    if (!row) throw rowGone(variantId, bucket);
    freed.push({ ...row, variantId, delta: quantity });
  }
  await noticeRows(tx, freed);
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
  const changes: LevelChange[] = [];
  for (const { variantId, quantity } of byVariant(lines)) {
    const rows = await lockCounters(tx, variantId);
    const after = await shift(tx, null, { variantId, rows }, { kind: "return", delta: quantity, orderId });
    if (!after) throw rowGone(variantId, 0);
    changes.push({ variantId, was: levelOf(rows), is: levelOf(after) });
  }
  await noticeLevels(tx, changes);
}

const counters = {
  available: sql<number>`on_hand - reserved`.mapWith(Number),
  lowStockThreshold: inventory.lowStockThreshold,
  backorder: inventory.backorder,
  backorderLimit: inventory.backorderLimit,
  buckets: inventory.buckets,
};

const momentOf = (moment: Date | SQL): SQL =>
  moment instanceof Date ? sql`${moment.toISOString()}::timestamptz` : moment;

async function takeFromRow(tx: Tx, { variantId, quantity }: Wanted): Promise<RowChange[] | undefined> {
  const enough = sql`(${inventory.onHand} - ${inventory.reserved} >= ${quantity} OR (${inventory.backorder} AND
    (${inventory.backorderLimit} IS NULL OR ${inventory.onHand} - ${inventory.reserved} - ${quantity} >= -${inventory.backorderLimit})))`;
  const [row] = await tx
    .update(inventory)
    .set({ reserved: sql`${inventory.reserved} + ${quantity}` })
    .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, 0), enough))
    .returning(counters);
  return row && [{ ...row, variantId, delta: -quantity }];
}

/** Reads again to explain; where that shows enough meanwhile, the line that was refused is named all the same. */
async function shortageOf(tx: Tx, wanted: readonly Wanted[], refused: Wanted): Promise<Error> {
  const short = [];
  for (const { variantId, quantity, name } of wanted) {
    const [row] = await tx
      .select({
        available: sql<number>`coalesce(sum(${inventory.available}), 0)`.mapWith(Number),
        buckets: sql<number>`coalesce(max(${inventory.buckets}), 1)`.mapWith(Number),
      })
      .from(inventory)
      .where(eq(inventory.variantId, variantId));
    const available = Math.max(0, row?.available ?? 0);
    // Spread between the note and the hold: the items may lie in other rows now.
    if (variantId === refused.variantId && row && row.buckets > 1 && available >= quantity)
      return new Again();
    if (available < quantity) short.push({ variantId, name, requested: quantity, available });
  }
  const { variantId, quantity: requested, name } = refused;
  if (short.length === 0) short.push({ variantId, name, requested, available: 0 });
  return new ShopError("sold_out", { lines: short });
}

/** Asks whoever opened the transaction to run it again, in PostgreSQL's own words. */
class Again extends Error {
  readonly code = "40001";
}

const rowGone = (variantId: string, bucket: number) =>
  new Error(`variant ${variantId} has no counters in row ${bucket}`);

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
  return rows.sort((a, b) => compare(a.variantId, b.variantId) || a.bucket - b.bucket);
}

async function writeMovements(
  tx: Tx,
  orderId: string,
  kind: Extract<MovementKind, "release" | "sale">,
  lines: readonly { variantId: string; quantity: number; bucket: number }[],
): Promise<void> {
  if (lines.length === 0) return;
  const { onHand, reserved } = movementSigns[kind];
  await tx.insert(stockMovements).values(
    lines.map(({ variantId, quantity, bucket }) => ({
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

/** One line a variant, in the order in which everybody locks them. */
export function byVariant<L extends { variantId: string; quantity: number }>(lines: readonly L[]): L[] {
  const merged = new Map<string, L>();
  for (const line of lines) {
    const quantity = line.quantity + (merged.get(line.variantId)?.quantity ?? 0);
    merged.set(line.variantId, { ...line, quantity });
  }
  return [...merged.values()].sort((a, b) => compare(a.variantId, b.variantId));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
