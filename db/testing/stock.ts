/** Looks at counters and movements for tests, and asks for stock in crowds. */
import { asc, eq, sql } from "drizzle-orm";
import postgres from "postgres";
import { db, type Tx } from "../client";
import { sqlState } from "../failures";
import { newId } from "../id";
import { inventory } from "../schema/inventory";
import { orders } from "../schema/orders";

/** An order with nothing in it: enough for what refers to one. */
export async function bareOrder(): Promise<string> {
  const [id] = await bareOrders(1);
  if (!id) throw new Error("no order was made");
  return id;
}

/** As many of them as wanted. */
export async function bareOrders(count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => newId());
  const bare = ids.map((id) => ({
    id,
    number: `BARE-${id.replaceAll("-", "").slice(-12).toUpperCase()}`,
    email: "ada@example.com",
    paymentMethod: "none",
    currency: "EUR",
    pricesIncludeTax: true,
    subtotal: 0,
    shipping: 0,
    tax: 0,
    total: 0,
    shippingRateName: "Post",
    deliveryDaysMin: 1,
    deliveryDaysMax: 2,
    expiresAt: new Date(Date.now() + 900_000),
  }));
  for (let i = 0; i < count; i += 1_000) await db.insert(orders).values(bare.slice(i, i + 1_000));
  return ids;
}

/** The rows of counters of a variant, ascending by bucket. */
export const countersOf = (variantId: string) =>
  db.select().from(inventory).where(eq(inventory.variantId, variantId)).orderBy(asc(inventory.bucket));

/** Items available over all rows of a variant. */
export async function availableOf(variantId: string): Promise<number> {
  return (await countersOf(variantId)).reduce((sum, row) => sum + row.onHand - row.reserved, 0);
}

/** Every way in which a variant's counters differ from its movements, reservations or rules; an empty list is right. */
export async function wrongCounters(variantId: string): Promise<string[]> {
  const rows = await db.execute<{ wrong: string }>(sql`
    WITH c AS (SELECT * FROM inventory WHERE variant_id = ${variantId}),
      m AS (SELECT bucket, sum(on_hand_delta) AS h, sum(reserved_delta) AS r FROM stock_movements
        WHERE variant_id = ${variantId} GROUP BY 1),
      h AS (SELECT bucket, sum(quantity) AS q FROM stock_reservations
        WHERE variant_id = ${variantId} AND status = 'active' GROUP BY 1)
    SELECT 'row ' || bucket || ' has ' || on_hand || '/' || reserved || ', its movements ' || h || '/' || r AS wrong
      FROM c FULL JOIN m USING (bucket)
      WHERE (coalesce(on_hand, 0), coalesce(reserved, 0)) IS DISTINCT FROM (coalesce(h, 0), coalesce(r, 0))
    UNION ALL SELECT 'row ' || bucket || ' differs from live reservations' FROM c FULL JOIN h USING (bucket)
      WHERE coalesce(reserved, 0) <> coalesce(q, 0)
    UNION ALL SELECT 'row ' || bucket || ' is oversold' FROM c WHERE on_hand - reserved < CASE
      WHEN NOT backorder THEN 0 ELSE -coalesce(backorder_limit, 2147483647) END
    UNION ALL SELECT 'row ' || bucket || ' tells of ' || buckets || ' rows' FROM c
      WHERE buckets <> (SELECT count(*) FROM c)`);
  return rows.map((row) => row.wrong);
}

/** Runs `ask` for every item, `width` at a time. */
export async function crowd<T>(
  width: number,
  items: readonly T[],
  ask: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) await ask(item, index);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

/**
 * Runs `work` behind a closed door: the variant's counters are held from outside until `many` backends are seen
 * waiting for them. A race without a queue proves nothing, and left to itself the queue is as long as the machine is
 * slow. Answers what `work` answers, and the longest queue that was seen.
 */
export async function queuedFor<T>(variantId: string, many: number, work: () => Promise<T>) {
  const outside = postgres(process.env.DATABASE_URL ?? "", { max: 2, onnotice: () => {} });
  let isDone = false;
  let waiting = 0;
  let running: Promise<T> | undefined;
  try {
    await outside.begin(async (tx) => {
      await tx`SELECT FROM inventory WHERE variant_id = ${variantId} FOR UPDATE`;
      running = work().finally(() => {
        isDone = true;
      });
      running.catch(() => {});
      for (const end = Date.now() + DOOR_MS; waiting < many && !isDone && Date.now() < end; ) {
        const [row] = await outside<
          { waiting: number }[]
        >`SELECT count(*)::int AS waiting FROM pg_stat_activity
          WHERE datname = current_database() AND wait_event_type = 'Lock'`;
        waiting = Math.max(waiting, row?.waiting ?? 0);
      }
    });
    return { result: (await running) as T, waiting };
  } finally {
    await outside.end();
  }
}

/** No longer than shoppers try again after the lock's time-out. */
const DOOR_MS = 6_000;

/**
 * A transaction that is tried again where the code asks for it or a queue was too long for the lock's time-out, and
 * fails where two of them locked each other out.
 */
export async function txWithoutDeadlock<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await db.transaction(work);
    } catch (error) {
      if (!["40001", "55P03"].includes(sqlState(error) ?? "")) throw error;
    }
  }
}
