/** Holds stock of a variant that is spread over several rows: any row at random, all of them where no single one has enough. */
import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { takeFrom } from "@/lib/domain/inventory-buckets";
import type { RowChange } from "./band";
import { lockCounters } from "./counters";

export interface Wanted {
  readonly variantId: string;
  /** Items. */
  readonly quantity: number;
  /** For the message when there are too few. */
  readonly name: string;
}

/**
 * Holds the items with their reservation and movement; undefined where all rows together have too few. It never waits
 * for one row while it holds another one out of order, so it takes part in no deadlock.
 */
export async function takeSpread(
  tx: Tx,
  orderId: string,
  wanted: Wanted,
  expiresAt: SQL,
): Promise<RowChange[] | undefined> {
  // A row that sold out between being seen and being locked stays locked; going back to here lets go of it.
  await tx.execute(sql`SAVEPOINT take_stock`);
  // First a row that nobody holds, then any row, waiting for it alone: locking all of them is for the last items, as
  // it makes everybody else queue behind.
  for (const how of [sql`FOR NO KEY UPDATE SKIP LOCKED`, sql``]) {
    const picked = await takeAny(tx, orderId, wanted, expiresAt, how);
    if (picked.length > 0) return picked;
    await tx.execute(sql`ROLLBACK TO SAVEPOINT take_stock`);
  }
  const rows = await lockCounters(tx, wanted.variantId);
  const shares = takeFrom(rows, wanted.quantity);
  if (!shares) return undefined;
  const changes: RowChange[] = [];
  for (const { bucket, quantity } of shares) {
    const condition = sql`bucket = ${bucket}`;
    changes.push(...(await hold(tx, orderId, { ...wanted, quantity }, expiresAt, condition)));
  }
  return changes;
}

/** One statement holds what it takes from one row that has enough, picked at random. */
function takeAny(tx: Tx, orderId: string, wanted: Wanted, expiresAt: SQL, how: SQL): Promise<RowChange[]> {
  const { variantId, quantity } = wanted;
  const enough = sql`on_hand - reserved >= ${quantity}::int`;
  return hold(
    tx,
    orderId,
    wanted,
    expiresAt,
    sql`${enough} AND bucket = (SELECT bucket FROM inventory WHERE variant_id = ${variantId} AND ${enough}
      ORDER BY random() LIMIT 1 ${how})`,
  );
}

async function hold(
  tx: Tx,
  orderId: string,
  { variantId, quantity }: Wanted,
  expiresAt: SQL,
  which: SQL,
): Promise<RowChange[]> {
  return (await tx.execute(sql`
    WITH taken AS (
      UPDATE inventory SET reserved = reserved + ${quantity}::int, updated_at = shop_now()
      WHERE variant_id = ${variantId} AND ${which}
      RETURNING variant_id, bucket, buckets, on_hand - reserved AS available, low_stock_threshold, backorder, backorder_limit
    ), held AS (
      INSERT INTO stock_reservations (id, order_id, variant_id, bucket, quantity, expires_at)
      SELECT ${newId()}::uuid, ${orderId}::uuid, variant_id, bucket, ${quantity}::int, ${expiresAt} FROM taken
    ), moved AS (
      INSERT INTO stock_movements (id, variant_id, bucket, kind, on_hand_delta, reserved_delta, order_id)
      SELECT ${newId()}::uuid, variant_id, bucket, 'reserve', 0, ${quantity}::int, ${orderId}::uuid FROM taken
    )
    SELECT variant_id AS "variantId", ${-quantity}::int AS delta, available,
      low_stock_threshold AS "lowStockThreshold", backorder,
      backorder_limit AS "backorderLimit", buckets FROM taken`)) as unknown as RowChange[];
}
