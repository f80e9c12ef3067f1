/** Works the shop's figures out a second time for tests: from the ledger alone, and from everything but the ledger. */
import { sql } from "drizzle-orm";
import { ratio } from "@/lib/domain/money";
import { db } from "../client";

/** Figures of an order in minor units; `net` is what is left of its goods for one owner, without tax. */
type Figures = Record<string, number>;

/** Every order that was paid, by its number: what the ledger says of it. */
export async function ordersFromLedger(): Promise<Map<string, Figures>> {
  const rows = await db.execute<{ number: string } & Figures>(sql`
    SELECT o.number,
      sum(e.amount) FILTER (WHERE t.kind = 'captured' AND e.account IN ('clearing', 'cod_receivable'))::float8 AS captured,
      COALESCE(-sum(e.amount) FILTER (WHERE t.kind IN ('refund_succeeded', 'refund_reversed') AND e.account IN ('clearing', 'bank')), 0)::float8 AS refunded,
      COALESCE(-sum(e.amount) FILTER (WHERE t.kind = 'captured' AND e.account = 'tax_payable'), 0)::float8 AS tax,
      COALESCE(sum(e.amount) FILTER (WHERE t.kind = 'captured' AND e.account = 'discounts'), 0)::float8 AS discount,
      COALESCE(-sum(e.amount) FILTER (WHERE t.kind = 'captured' AND e.account = 'shipping_income'), 0)::float8 AS shipping,
      COALESCE(-sum(e.amount) FILTER (WHERE t.kind = 'captured' AND e.account = 'sales'), 0)::float8 AS goods,
      COALESCE(-sum(e.amount) FILTER (WHERE e.account IN ('sales', 'discounts', 'refunds')), 0)::float8 AS net
    FROM orders o JOIN ledger_transactions t ON t.order_id = o.id JOIN ledger_entries e ON e.transaction_id = t.id
    GROUP BY o.id HAVING bool_or(t.kind = 'captured')`);
  return new Map(rows.map(({ number, ...figures }) => [number, figures as Figures]));
}

/** The same from the orders, their lines and their refunds. Prices include tax, as in the cast. */
export async function ordersFromTables(): Promise<Map<string, Figures>> {
  const rows = await db.execute<{ number: string } & Figures>(sql`
    SELECT o.number, o.captured::float8, o.refunded::float8, o.tax::float8, o.discount::float8,
      (o.shipping - o.shipping_tax)::float8 AS shipping, (o.subtotal - o.tax + o.shipping_tax)::float8 AS goods,
      (SELECT sum(l.total - l.tax - COALESCE(b.net, 0)) FROM order_lines l
        LEFT JOIN LATERAL (SELECT sum(f.amount - f.tax) AS net FROM refund_lines f JOIN refunds r ON r.id = f.refund_id
          WHERE f.order_line_id = l.id AND r.status <> 'failed') b ON true
        WHERE l.order_id = o.id)::float8 AS net
    FROM orders o WHERE o.captured > 0`);
  return new Map(rows.map(({ number, ...figures }) => [number, figures as Figures]));
}

/** What the ledger owes each owner, by id. */
export async function balancesFromLedger(): Promise<Figures> {
  const rows = await db.execute<{ id: string; owed: number }>(sql`
    SELECT owner_id AS id, (-sum(amount))::float8 AS owed FROM ledger_entries WHERE account = 'owner_payable'
    GROUP BY 1 HAVING sum(amount) <> 0`);
  return Object.fromEntries(rows.map(({ id, owed }) => [id, owed]));
}

/** The same from completed lines, their refunds, lost disputes (of all that an order was paid) and payouts. */
export async function balancesFromTables(): Promise<Figures> {
  const lines = await db.execute<{ id: string; net: number; rate: number }>(sql`
    SELECT l.owner_id AS id, l.commission AS rate, (l.total - l.tax - COALESCE((SELECT sum(f.amount - f.tax)
      FROM refund_lines f JOIN refunds r ON r.id = f.refund_id WHERE f.order_line_id = l.id AND r.status <> 'failed'), 0))::float8 AS net
    FROM order_lines l JOIN orders o ON o.id = l.order_id
    WHERE o.completed_at IS NOT NULL AND NOT EXISTS (SELECT FROM disputes d WHERE d.order_id = o.id AND d.status = 'lost')`);
  const paid = await db.execute<{ id: string; sum: number }>(sql`
    SELECT owner_id AS id, sum(amount)::float8 AS sum FROM payouts WHERE status <> 'failed' GROUP BY 1`);
  const balances: Figures = {};
  const add = (id: string, amount: number) => {
    balances[id] = (balances[id] ?? 0) + amount;
  };
  for (const { id, net, rate } of lines) add(id, net - ratio(net, rate, 1_000_000));
  for (const { id, sum } of paid) add(id, -sum);
  return Object.fromEntries(Object.entries(balances).filter(([, owed]) => owed !== 0));
}

/** What the books say the gateway holds. */
export async function clearingFromLedger(): Promise<number> {
  const [row] = await db.execute<{ sum: number }>(
    sql`SELECT COALESCE(sum(amount), 0)::float8 AS sum FROM ledger_entries WHERE account = 'clearing'`,
  );
  return row?.sum ?? 0;
}
