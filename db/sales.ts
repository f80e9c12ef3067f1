/**
 * What was sold from one date to another, by day, as the ledgers tell it: the one statement behind the sums that are
 * kept of past days and behind those of today. Dates are the store's own calendar.
 */

/** @throws RangeError for anything but dates: they become part of the statement. */
function bounds(from: string, to: string, time?: string): { since: string; until: string } {
  for (const date of [from, to])
    if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new RangeError(`${date} is no date`);
  if (time && !/^\d{2}:\d{2}:\d{2}$/.test(time)) throw new RangeError(`${time} is no time`);
  const end = time ? `timestamp '${to} ${time}'` : `(timestamp '${to}' + interval '1 day')`;
  const zone = "(SELECT time_zone FROM settings WHERE id = 1)";
  return {
    since: `(timestamp '${from}' AT TIME ZONE ${zone})`,
    until: `(${end} AT TIME ZONE ${zone})`,
  };
}

const dayOf = (moment: string): string =>
  `(${moment} AT TIME ZONE (SELECT time_zone FROM settings WHERE id = 1))::date`;

const STORE_CURRENCY = "(SELECT currency FROM settings WHERE id = 1)";

/** An order of the same address whose money or promise came before. */
const BEFORE =
  "FROM orders o JOIN orders x ON lower(x.email) = lower(o.email) AND x.confirmed_at < o.confirmed_at WHERE o.id = p.order_id";

/**
 * Rows of day, scope (an owner's id, or "shop"), currency, sales, orders, repeats, units; of one scope alone where it
 * is named, and of the last day until a time of it only where that is. Entries have the moment of their transaction:
 * that both are asked for it saves a look at each of millions of transactions.
 */
export function salesByDay(from: string, to: string, only?: string, time?: string): string {
  const { since, until } = bounds(from, to, time);
  const ownerId = only === "shop" ? undefined : only;
  const of = (column: string) => (ownerId ? `AND ${column} = '${uuid(ownerId)}'` : "");
  const within = (column: string) => `${column} >= ${since} AND ${column} < ${until}`;
  const scopes = (...more: string[]) =>
    [...(only === "shop" ? [] : [["day", "owner_id", ...more]]), ...(ownerId ? [] : [["day", ...more]])]
      .map((columns) => `(${columns.join(", ")})`)
      .join(", ");
  const shop = ownerId
    ? ""
    : `UNION ALL SELECT day, 'shop', currency, 0, count(*), count(*) FILTER (WHERE EXISTS (SELECT ${BEFORE})), 0
        FROM ${only === "shop" ? "paid" : "(SELECT DISTINCT day, currency, order_id FROM paid)"} p GROUP BY 1, 3`;
  const scope = only === "shop" ? "'shop'" : "COALESCE(owner_id::text, 'shop')";
  const owners =
    only === "shop"
      ? ""
      : `UNION ALL SELECT day, owner_id::text, currency, 0, count(*), count(*) FILTER (WHERE EXISTS (
          SELECT ${BEFORE} AND EXISTS (SELECT FROM order_lines l WHERE l.order_id = x.id AND l.owner_id = p.owner_id))), 0
        FROM paid p GROUP BY 1, 2, 3`;
  return `
    WITH entries AS (
      SELECT ${dayOf("e.created_at")} AS day, e.owner_id, t.currency, e.amount, t.kind, e.account, t.order_id
      FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE e.account IN ('sales', 'discounts', 'refunds') AND ${within("e.created_at")} ${of("e.owner_id")}
        AND ${within("t.created_at")}
    ), paid AS (
      SELECT DISTINCT day, ${only === "shop" ? "NULL::uuid AS owner_id" : "owner_id"}, currency, order_id FROM entries WHERE kind = 'captured' AND account = 'sales'
    )
    SELECT day::text AS day, scope, currency, sum(sales)::bigint AS sales, sum(orders)::int AS orders,
      sum(repeats)::int AS repeats, sum(units)::int AS units
    FROM (
      SELECT day, ${scope} AS scope, currency, -sum(amount) AS sales, 0 AS orders, 0 AS repeats, 0 AS units
        FROM (SELECT day, owner_id, currency, amount FROM entries) x GROUP BY GROUPING SETS (${scopes("currency")})
      ${owners}
      ${shop}
      UNION ALL
      SELECT day, ${scope}, ${STORE_CURRENCY}, 0, 0, 0, -sum(delta)
        FROM (SELECT ${dayOf("m.created_at")} AS day, ${only === "shop" ? "NULL::uuid AS owner_id" : "p.owner_id"}, m.on_hand_delta AS delta
          FROM stock_movements m ${only === "shop" ? "" : "JOIN variants v ON v.id = m.variant_id JOIN products p ON p.id = v.product_id"}
          WHERE m.kind IN ('sale', 'return') AND ${within("m.created_at")} ${of("p.owner_id")}) x
        GROUP BY GROUPING SETS (${scopes()})
    ) all_of GROUP BY 1, 2, 3`;
}

/** Rows of hour ("2026-11-28 14"), currency, sales, on the store's clock; with `ownerId` of that owner's goods alone. */
export function salesByHour(from: string, to: string, ownerId?: string): string {
  const { since, until } = bounds(from, to);
  const hour = `to_char(e.created_at AT TIME ZONE (SELECT time_zone FROM settings WHERE id = 1), 'YYYY-MM-DD HH24')`;
  return `
    SELECT ${hour} AS hour, t.currency, -sum(e.amount)::bigint AS sales
    FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
    WHERE e.account IN ('sales', 'discounts', 'refunds') AND e.created_at >= ${since} AND e.created_at < ${until}
      AND t.created_at >= ${since} AND t.created_at < ${until}
      ${ownerId ? `AND e.owner_id = '${uuid(ownerId)}'` : ""}
    GROUP BY 1, 2`;
}

/** Rows of day, product_id, owner_id, currency, units, sales; with `ownerId` that owner's alone. */
export function productsByDay(from: string, to: string, ownerId?: string): string {
  const { since, until } = bounds(from, to);
  const of = (column: string) => (ownerId ? `AND ${column} = '${uuid(ownerId)}'` : "");
  const within = (column: string) => `${column} >= ${since} AND ${column} < ${until}`;
  return `
    SELECT day::text AS day, product_id, owner_id, currency, sum(units)::int AS units, sum(sales)::bigint AS sales
    FROM (
      SELECT ${dayOf("t.created_at")} AS day, v.product_id, l.owner_id, t.currency, 0 AS units, l.total - l.tax AS sales
      FROM ledger_transactions t JOIN order_lines l ON l.order_id = t.order_id JOIN variants v ON v.id = l.variant_id
      WHERE t.kind = 'captured' AND ${within("t.created_at")} ${of("l.owner_id")}
      UNION ALL
      SELECT ${dayOf("t.created_at")}, v.product_id, l.owner_id, t.currency, 0,
        CASE t.kind WHEN 'refund_requested' THEN f.tax - f.amount ELSE f.amount - f.tax END
      FROM ledger_transactions t JOIN refund_lines f ON f.refund_id = t.source_id::uuid
      JOIN order_lines l ON l.id = f.order_line_id JOIN variants v ON v.id = l.variant_id
      WHERE t.kind IN ('refund_requested', 'refund_request_reversed') AND ${within("t.created_at")} ${of("l.owner_id")}
      UNION ALL
      SELECT ${dayOf("m.created_at")}, v.product_id, p.owner_id, ${STORE_CURRENCY}, -m.on_hand_delta, 0
      FROM stock_movements m JOIN variants v ON v.id = m.variant_id JOIN products p ON p.id = v.product_id
      WHERE m.kind IN ('sale', 'return') AND ${within("m.created_at")} ${of("p.owner_id")}
    ) all_of GROUP BY 1, 2, 3, 4`;
}

function uuid(id: string): string {
  if (!/^[0-9a-f-]{36}$/.test(id)) throw new RangeError(`${id} is no id`);
  return id;
}
