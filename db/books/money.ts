/** Books of money: orders, payments, refunds and the ledger tell the same sums (I4, I5, I7). */
import type { Check } from "./check";

/** Movements of a sale's money. Fees, payouts and disputes use the same accounts and are no part of an order's sums. */
const OF_SALES =
  "t.kind <> 'fee' AND t.kind NOT LIKE 'bank_payout%' AND t.kind NOT LIKE 'dispute%' AND t.kind NOT LIKE 'payout%'";

export const money: readonly Check[] = [
  {
    invariant: "I4",
    title: "an order's sums are those of its payments and refunds",
    reads: ["orders", "payments", "refunds"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s: captured %s, refunded %s; payments sum to %s, refunds to %s',
        o.number, o.captured, o.refunded, COALESCE(p.paid, 0), COALESCE(r.done, 0)) AS message
      FROM orders o
      LEFT JOIN (SELECT order_id, currency, sum(amount) AS paid FROM payments WHERE status = 'paid' GROUP BY 1, 2) p ON p.order_id = o.id AND p.currency = o.currency
      LEFT JOIN (SELECT r.order_id, p.currency, sum(r.amount) AS done FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.status = 'succeeded' GROUP BY 1, 2) r
        ON r.order_id = o.id AND r.currency = o.currency
      WHERE (o.captured, o.refunded) IS DISTINCT FROM (COALESCE(p.paid, 0)::bigint, COALESCE(r.done, 0)::bigint)`,
  },
  {
    invariant: "I4",
    title: "money in less money out is what the ledger holds of an order",
    reads: ["orders", "ledger_transactions", "ledger_entries"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s: captured − refunded is %s; clearing, cash and bank hold %s',
        o.number, o.captured - o.refunded, COALESCE(l.net, 0)) AS message
      FROM orders o
      LEFT JOIN (SELECT t.order_id, t.currency, sum(e.amount) AS net FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
        WHERE e.account IN ('clearing', 'cod_receivable', 'bank') AND t.order_id IS NOT NULL AND ${OF_SALES} GROUP BY 1, 2) l ON l.order_id = o.id AND l.currency = o.currency
      WHERE o.captured - o.refunded <> COALESCE(l.net, 0)`,
  },
  {
    invariant: "I4",
    title: "a sale is posted with the sums of its order",
    reads: ["orders", "order_lines", "ledger_transactions", "ledger_entries"],
    sql: `SELECT 'ledger_transactions' AS subject, p.id::text AS id,
        format('order %s: posted money %s, goods %s, discounts %s, shipping %s, tax %s; the order says %s, %s, %s, %s, %s', o.number,
          p.money, p.goods, p.off, p.shipping, p.tax, o.total, o.subtotal - o.contained, o.discount, o.shipping - o.shipping_contained, o.tax) AS message
      FROM (
        SELECT t.id, t.order_id, COALESCE(sum(e.amount) FILTER (WHERE e.account IN ('clearing', 'cod_receivable')), 0) AS money,
          COALESCE(-sum(e.amount) FILTER (WHERE e.account = 'sales'), 0) AS goods,
          COALESCE(sum(e.amount) FILTER (WHERE e.account = 'discounts'), 0) AS off,
          COALESCE(-sum(e.amount) FILTER (WHERE e.account = 'shipping_income'), 0) AS shipping,
          COALESCE(-sum(e.amount) FILTER (WHERE e.account = 'tax_payable'), 0) AS tax
        FROM ledger_transactions t LEFT JOIN ledger_entries e ON e.transaction_id = t.id
        WHERE t.kind = 'captured' GROUP BY t.id, t.order_id
      ) p
      JOIN (SELECT *, CASE WHEN prices_include_tax THEN tax - shipping_tax ELSE 0 END AS contained,
          CASE WHEN prices_include_tax THEN shipping_tax ELSE 0 END AS shipping_contained FROM orders) o ON o.id = p.order_id
      WHERE (p.money, p.goods, p.off, p.shipping, p.tax) IS DISTINCT FROM
        (o.total, o.subtotal - o.contained, o.discount, o.shipping - o.shipping_contained, o.tax)`,
  },
  {
    invariant: "I4",
    title: "a refund is posted with its sum",
    reads: ["refunds", "ledger_transactions", "ledger_entries"],
    // Money that never was a sale (late, or paid twice) was booked as owed when it came.
    sql: `SELECT 'refunds' AS subject, r.id::text AS id, format('gives back %s, %s of it tax; posted are %s and %s', r.amount, r.tax, COALESCE(q.due, 0), COALESCE(q.tax, 0)) AS message
      FROM refunds r
      LEFT JOIN (SELECT t.source_id, -sum(e.amount) FILTER (WHERE e.account = 'refunds_due') AS due,
          COALESCE(sum(e.amount) FILTER (WHERE e.account = 'tax_payable'), 0) AS tax
        FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id WHERE t.kind = 'refund_requested' GROUP BY 1) q
        ON q.source_id = r.id::text
      WHERE CASE WHEN EXISTS (SELECT FROM ledger_transactions t WHERE t.kind = 'late_success' AND t.source_id = r.payment_id::text)
        THEN q.due IS NOT NULL ELSE (r.amount, r.tax) IS DISTINCT FROM (q.due::bigint, q.tax::bigint) END`,
  },
  {
    invariant: "I4",
    title: "what shoppers are owed is what is on its way to them",
    reads: ["refunds", "payments", "disputes", "ledger_transactions", "ledger_entries"],
    // Of money that never was a sale, all that is not promised to a refund stays owed too, unless the bank took it.
    sql: `SELECT 'orders' AS subject, order_id::text AS id, format('the ledger owes %s; open refunds and unwanted money sum to %s', sum(owed), sum(open)) AS message
      FROM (
        SELECT t.order_id, -e.amount AS owed, 0 AS open FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
          WHERE e.account = 'refunds_due' AND t.order_id IS NOT NULL
        UNION ALL SELECT order_id, 0, amount FROM refunds WHERE status IN ('reserved', 'pending')
        UNION ALL SELECT p.order_id, 0, p.amount - p.refunded - LEAST(p.amount - p.refunded, (SELECT COALESCE(sum(d.amount), 0) FROM disputes d WHERE d.payment_id = p.id AND d.status = 'lost'))
          FROM payments p JOIN ledger_transactions t ON t.kind = 'late_success' AND t.source_id = p.id::text
      ) sides GROUP BY order_id HAVING sum(owed) <> sum(open)`,
  },
  {
    invariant: "I4",
    title: "a cancelled order keeps no money",
    // What a dispute holds or took nobody can give back.
    reads: ["orders", "payments", "refunds", "disputes"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s is cancelled and keeps %s', o.number, o.captured - o.refunded - COALESCE(r.open, 0) - COALESCE(d.gone, 0)) AS message
      FROM orders o
      LEFT JOIN (SELECT r.order_id, p.currency, sum(r.amount) AS open FROM refunds r JOIN payments p ON p.id = r.payment_id WHERE r.status IN ('reserved', 'pending') GROUP BY 1, 2) r
        ON r.order_id = o.id AND r.currency = o.currency
      LEFT JOIN (SELECT order_id, sum(amount) AS gone FROM disputes WHERE status IN ('open', 'lost') GROUP BY 1) d ON d.order_id = o.id
      WHERE o.status = 'cancelled' AND o.captured > o.refunded + COALESCE(r.open, 0) + COALESCE(d.gone, 0)`,
  },
  {
    invariant: "I5",
    title: "a paid payment is one sale or owed back, never both",
    reads: ["payments", "orders", "ledger_transactions"],
    sql: `SELECT 'payments' AS subject, p.id::text AS id,
        format('order %s: %s payment, %s posting(s) of it', o.number, p.status, count(t.id)) AS message
      FROM payments p JOIN orders o ON o.id = p.order_id
      LEFT JOIN ledger_transactions t ON t.source_id = p.id::text AND t.kind IN ('captured', 'late_success')
      GROUP BY p.id, o.number HAVING count(t.id) <> CASE p.status WHEN 'paid' THEN 1 ELSE 0 END`,
  },
  {
    invariant: "I5",
    title: "a posting of money names a payment that is paid, or an order that cost nothing",
    reads: ["ledger_transactions", "payments", "orders"],
    sql: `SELECT 'ledger_transactions' AS subject, t.id::text AS id, format('%s of %s, which is no payment of its order', t.kind, t.source_id) AS message
      FROM ledger_transactions t
      LEFT JOIN payments p ON p.id::text = t.source_id AND p.order_id = t.order_id
      LEFT JOIN orders o ON o.id = t.order_id
      WHERE t.kind IN ('captured', 'late_success') AND p.id IS NULL AND NOT (t.source_id = o.id::text AND o.total = 0)`,
  },
  {
    invariant: "I5",
    title: "an order that went on was sold once, one that did not never",
    reads: ["orders", "ledger_transactions", "order_events", "payments"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s is %s, was %s, and is posted as sold %s time(s)', o.number, o.status,
        CASE WHEN o.confirmed_at IS NULL THEN 'never confirmed' ELSE 'confirmed' END, COALESCE(t.sold, 0)) AS message
      FROM orders o
      LEFT JOIN (SELECT order_id, count(*) AS sold FROM ledger_transactions WHERE kind = 'captured' GROUP BY 1) t ON t.order_id = o.id
      WHERE COALESCE(t.sold, 0) > 1
        OR (COALESCE(t.sold, 0) = 0 AND o.status NOT IN ('pending', 'cancelled') AND o.payment_method <> 'cash_on_delivery')
        OR (COALESCE(t.sold, 0) = 1 AND o.confirmed_at IS NULL)
        OR (COALESCE(t.sold, 0) = 0 AND o.status = 'completed' AND EXISTS (SELECT FROM payments p WHERE p.order_id = o.id AND p.status <> 'cancelled'))`,
  },
  {
    invariant: "I5",
    title: "money that belongs to no sale goes back by itself",
    reads: ["payments", "refunds", "disputes", "ledger_transactions"],
    sql: `SELECT 'payments' AS subject, p.id::text AS id, format('%s came for no sale; %s is on its way back or there', p.amount, COALESCE(sum(r.amount), 0)) AS message
      FROM ledger_transactions t JOIN payments p ON p.id::text = t.source_id
      LEFT JOIN refunds r ON r.payment_id = p.id AND r.status <> 'failed'
      WHERE t.kind = 'late_success' GROUP BY p.id HAVING COALESCE(sum(r.amount), 0) <> p.amount
        AND COALESCE(sum(r.amount), 0) + (SELECT COALESCE(sum(d.amount), 0) FROM disputes d WHERE d.payment_id = p.id AND d.status IN ('open', 'lost')) < p.amount`,
  },
  {
    invariant: "I5",
    title: "a paid payment has its order's sum and currency, and its intent",
    reads: ["payments", "orders", "ledger_transactions"],
    sql: `SELECT 'payments' AS subject, p.id::text AS id, format('order %s: %s %s paid, %s %s asked%s', o.number, p.amount, p.currency, o.total, o.currency,
        CASE WHEN p.provider = 'stripe' AND p.provider_intent_id IS NULL THEN '; no intent is known' ELSE '' END) AS message
      FROM payments p JOIN orders o ON o.id = p.order_id
      WHERE p.status = 'paid' AND ((p.provider = 'stripe' AND p.provider_intent_id IS NULL)
        OR ((p.amount, p.currency) IS DISTINCT FROM (o.total, o.currency) AND NOT EXISTS (SELECT FROM ledger_transactions t WHERE t.kind = 'late_success' AND t.source_id = p.id::text)))`,
  },
  {
    invariant: "I5",
    title: "a success that the gateway told is a paid payment",
    reads: ["webhook_events", "payments"],
    sql: `SELECT 'payments' AS subject, p.id::text AS id, format('event %s told of its success (%s); it is %s', w.provider_event_id, w.outcome, p.status) AS message
      FROM webhook_events w JOIN payments p ON p.provider_intent_id = w.object_id
      WHERE w.type = 'payment_intent.succeeded' AND w.outcome NOT IN ('mismatch', 'ignored') AND p.status <> 'paid'`,
  },
  {
    invariant: "I7",
    title: "refunds of a payment stay within it, and it counts them",
    reads: ["payments", "refunds"],
    sql: `SELECT 'payments' AS subject, p.id::text AS id, format('of %s paid, %s counted as refunded; its refunds sum to %s', p.amount, p.refunded, COALESCE(r.sum, 0)) AS message
      FROM payments p
      LEFT JOIN (SELECT payment_id, sum(amount) AS sum FROM refunds WHERE status <> 'failed' GROUP BY 1) r ON r.payment_id = p.id
      WHERE p.refunded <> COALESCE(r.sum, 0) OR COALESCE(r.sum, 0) > CASE p.status WHEN 'paid' THEN p.amount ELSE 0 END`,
  },
  {
    invariant: "I7",
    title: "a refund's lines and shipping sum to it, and are its order's",
    reads: ["refunds", "refund_lines", "order_lines", "payments", "ledger_transactions"],
    sql: `SELECT 'refunds' AS subject, r.id::text AS id, format('gives back %s (tax %s): lines %s (tax %s), shipping %s%s', r.amount, r.tax, COALESCE(l.amount, 0), COALESCE(l.tax, 0), r.shipping,
        CASE WHEN l.strangers OR p.order_id <> r.order_id THEN '; a part of it is of another order' ELSE '' END) AS message
      FROM refunds r JOIN payments p ON p.id = r.payment_id JOIN orders o ON o.id = r.order_id
      LEFT JOIN (SELECT f.refund_id, sum(f.amount) AS amount, sum(f.tax) AS tax, bool_or(ol.order_id <> rr.order_id) AS strangers
        FROM refund_lines f JOIN refunds rr ON rr.id = f.refund_id LEFT JOIN order_lines ol ON ol.id = f.order_line_id GROUP BY 1) l ON l.refund_id = r.id
      WHERE p.order_id <> r.order_id OR l.strangers
        OR r.tax - COALESCE(l.tax, 0) NOT BETWEEN 0 AND o.shipping_tax
        OR (r.amount <> COALESCE(l.amount, 0) + r.shipping + CASE WHEN o.prices_include_tax THEN 0 ELSE r.tax - COALESCE(l.tax, 0) END
          AND NOT EXISTS (SELECT FROM ledger_transactions t WHERE t.kind = 'late_success' AND t.source_id = p.id::text))`,
  },
  {
    invariant: "I7",
    title: "a line counts what its refunds gave back, never more than was paid",
    reads: ["order_lines", "refund_lines", "refunds"],
    sql: `SELECT 'order_lines' AS subject, l.id::text AS id, format('counts %s items and %s of %s refunded; its refunds sum to %s and %s',
        l.refunded_quantity, l.refunded_amount, l.total, COALESCE(f.items, 0), COALESCE(f.amount, 0)) AS message
      FROM order_lines l
      LEFT JOIN (SELECT x.order_line_id, sum(x.quantity) AS items, sum(x.amount) AS amount FROM refund_lines x
        JOIN refunds r ON r.id = x.refund_id AND r.status <> 'failed' GROUP BY 1) f ON f.order_line_id = l.id
      WHERE (l.refunded_quantity, l.refunded_amount) IS DISTINCT FROM (COALESCE(f.items, 0)::int, COALESCE(f.amount, 0)::bigint)
        OR COALESCE(f.amount, 0) > l.total OR COALESCE(f.items, 0) > l.quantity`,
  },
  {
    invariant: "I7",
    title: "shipping is given back once at most",
    reads: ["orders", "refunds"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s: shipping of %s was given back as %s', o.number, o.shipping, sum(r.shipping)) AS message
      FROM refunds r JOIN orders o ON o.id = r.order_id WHERE r.status <> 'failed'
      GROUP BY o.id HAVING sum(r.shipping) > o.shipping + CASE WHEN o.prices_include_tax THEN 0 ELSE o.shipping_tax END`,
  },
];
