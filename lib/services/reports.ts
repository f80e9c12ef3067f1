/** Reports: keeps the sums of days that are over, so that long periods need not be added up from the ledgers. */
import { sql } from "drizzle-orm";
import { db } from "@/db/client";
import { productsByDay, salesByDay } from "@/db/sales";
import { owners } from "@/db/schema/accounts";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { dayAfter } from "@/lib/domain/periods";

/** Days that one statement reads: four of a shop with 3,000 orders a day took longer than a statement may. */
const STEP = 1;

/**
 * Reads the days that nobody has read yet, the oldest first, up to yesterday. A changed time zone begins anew: its days
 * are others. Answers how many were read.
 */
export async function keepDays(_system: System): Promise<number> {
  let days = 0;
  for (;;) {
    const read = await withTx(async (tx) => {
      // One at a time: two would read the same days.
      await tx.execute(sql`SET LOCAL statement_timeout = '14s'`);
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('reports.days'))`);
      const [span] = await tx.execute<{ from: string | null; to: string }>(sql`
        WITH zone AS (SELECT time_zone AS tz FROM settings WHERE id = 1)
        SELECT COALESCE((SELECT max(day) + 1 FROM sales_days, zone WHERE time_zone = tz AND scope = 'shop'),
            (SELECT (min(created_at) AT TIME ZONE tz)::date FROM ledger_transactions, zone GROUP BY tz))::text AS from,
          -- A transaction that began before midnight may still be under way.
          (((shop_now() - interval '10 minutes') AT TIME ZONE tz)::date - 1)::text AS to FROM zone`);
      if (!span?.from || span.from > span.to) return 0;
      const to = [dayAfter(span.from, STEP - 1), span.to].sort()[0] ?? span.to;
      await tx.execute(
        sql`DELETE FROM sales_days WHERE time_zone <> (SELECT time_zone FROM settings WHERE id = 1)`,
      );
      await tx.execute(
        sql`DELETE FROM product_days WHERE time_zone <> (SELECT time_zone FROM settings WHERE id = 1)`,
      );
      // The row of the whole shop says that a day was read, though nothing was sold on it.
      await tx.execute(sql`
        INSERT INTO sales_days (time_zone, day, scope, currency, sales, orders, repeats, units)
        SELECT s.time_zone, COALESCE(r.day, d.day), COALESCE(r.scope, 'shop'), COALESCE(r.currency, s.currency),
          COALESCE(r.sales, 0), COALESCE(r.orders, 0), COALESCE(r.repeats, 0), COALESCE(r.units, 0)
        FROM (SELECT day::date AS day, scope, currency, sales, orders, repeats, units
            FROM (${sql.raw(salesByDay(span.from, to))}) x) r
        FULL JOIN (SELECT g::date AS day, 'shop' AS scope, (SELECT currency FROM settings WHERE id = 1) AS currency
            FROM generate_series(${span.from}::timestamp, ${to}::timestamp, interval '1 day') g) d USING (day, scope, currency)
        CROSS JOIN (SELECT time_zone, currency FROM settings WHERE id = 1) s`);
      await tx.execute(sql`
        INSERT INTO product_days (time_zone, day, product_id, owner_id, currency, units, sales)
        SELECT (SELECT time_zone FROM settings WHERE id = 1), day::date, product_id, owner_id, currency, units, sales
        FROM (${sql.raw(productsByDay(span.from, to))}) x WHERE units <> 0 OR sales <> 0`);
      return Math.round((Date.parse(to) - Date.parse(span.from)) / 86_400_000) + 1;
    });
    if (read === 0) return days;
    days += read;
  }
}

/** Buyers that one transaction adds up: their rows are held meanwhile, and with them the next order of each. */
const BUYERS = 100;

/**
 * Adds up what buyers ordered of each owner before `buyer_sums` was kept: each buyer anew, while the row is held, so that
 * people can order meanwhile. May be run again at any time.
 */
export async function fillBuyers(_system: System): Promise<void> {
  const sellers = await db.select({ id: owners.id }).from(owners);
  for (const { id } of sellers) {
    const buyers = await withTx(async (tx) => {
      await tx.execute(sql`SET LOCAL statement_timeout = '14s'`);
      return tx.execute<{ user: string | null; email: string | null; order: string }>(sql`
        SELECT o.user_id AS "user", min(o.email) AS email, min(o.id::text)::uuid AS "order"
        FROM orders o WHERE order_holder(o.user_id, o.email) IS NOT NULL
          AND EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.owner_id = ${id})
        GROUP BY o.user_id, order_holder(o.user_id, o.email)`);
    });
    for (let at = 0; at < buyers.length; at += BUYERS) {
      const some = JSON.stringify(buyers.slice(at, at + BUYERS));
      await withTx((tx) =>
        tx.execute(sql`
          SELECT tally_buyer(${id}, b."user", b.email, b."order")
          FROM jsonb_to_recordset(${some}::jsonb) AS b ("user" uuid, email text, "order" uuid)`),
      );
    }
  }
}

/** Orders that one transaction writes down: they are held meanwhile, so that none takes a step unseen. */
const ORDERS = 500;

/**
 * Writes down whose orders there were before `owner_orders` was kept, the newest first, so that the beginnings of the
 * lists are right at once. May be run again at any time.
 */
export async function fillOwnerOrders(_system: System): Promise<void> {
  for (let before: string | undefined; ; ) {
    const last = await withTx(async (tx) => {
      const held = await tx.execute<{ id: string }>(sql`
        SELECT id FROM orders ${before ? sql`WHERE id < ${before}` : sql``} ORDER BY id DESC LIMIT ${ORDERS} FOR SHARE`);
      // A statement of its own: it sees what those did whom the first one waited for.
      await tx.execute(sql`
        SELECT keep_owner_orders(h.id) FROM jsonb_to_recordset(${JSON.stringify(held)}::jsonb) AS h (id uuid)`);
      return held.at(-1)?.id;
    });
    if (!last) return;
    before = last;
  }
}
