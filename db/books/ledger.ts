/** Books of the ledger: postings balance, and owners earn and are paid what they are due, once (I13). */
import type { Check } from "./check";

export const ledger: readonly Check[] = [
  {
    invariant: "I13",
    title: "every posting sums to zero over two entries or more",
    reads: ["ledger_transactions", "ledger_entries", "orders", "order_lines"],
    // Where all amounts are nothing there is nothing to enter: a line given away, an order of free goods.
    sql: `SELECT 'ledger_transactions' AS subject, COALESCE(t.id, e.transaction_id)::text AS id,
        format('%s has %s entries that sum to %s', COALESCE(t.kind, 'a posting without its header'), COALESCE(e.entries, 0), COALESCE(e.sum, 0)) AS message
      FROM ledger_transactions t
      FULL JOIN (SELECT transaction_id, count(*) AS entries, sum(amount) AS sum FROM ledger_entries GROUP BY 1) e ON e.transaction_id = t.id
      WHERE t.id IS NULL OR e.sum <> 0 OR e.entries = 1
        OR (e.entries IS NULL AND CASE t.kind
          WHEN 'line_completed' THEN EXISTS (SELECT FROM order_lines l WHERE l.id::text = t.source_id AND l.total - l.tax > l.refunded_amount)
          WHEN 'captured' THEN EXISTS (SELECT FROM orders o WHERE o.id = t.order_id AND o.subtotal + o.shipping > 0)
          WHEN 'refund_request_reversed' THEN false ELSE true END)`,
  },
  {
    invariant: "I13",
    title: "a posting is in its order's currency",
    // Money that never was a sale may come, and go back, in another one.
    reads: ["ledger_transactions", "orders", "settings"],
    sql: `SELECT 'ledger_transactions' AS subject, t.id::text AS id, format('%s in %s, the order is in %s', t.kind, t.currency, o.currency) AS message
      FROM ledger_transactions t JOIN orders o ON o.id = t.order_id WHERE t.currency <> o.currency
        AND t.kind <> 'late_success' AND t.kind NOT LIKE 'refund%'`,
  },
  {
    invariant: "I13",
    title: "owners earn each line of a completed order once, and of no other",
    reads: ["order_lines", "orders", "ledger_transactions"],
    sql: `SELECT 'order_lines' AS subject, COALESCE(l.id::text, t.source_id) AS id, format('order %s is %s; the line is %s', l.number, l.status, CASE WHEN t.id IS NULL THEN 'not earned' ELSE 'earned' END) AS message
      FROM (SELECT x.id, x.order_id, o.number, o.status, o.completed_at FROM order_lines x JOIN orders o ON o.id = x.order_id) l
      FULL JOIN (SELECT id, source_id, order_id FROM ledger_transactions WHERE kind = 'line_completed') t ON t.source_id = l.id::text
      WHERE l.id IS NULL OR (l.status = 'completed') <> (t.id IS NOT NULL) OR t.order_id <> l.order_id`,
  },
  {
    invariant: "I13",
    title: "commission is taken at the line's rate",
    reads: ["order_lines", "ledger_transactions", "ledger_entries"],
    sql: `SELECT 'ledger_transactions' AS subject, p.id::text AS id, format('line %s: %s of %s to owner %s, at a rate of %s', l.id, p.commission, p.net, l.owner_id, l.commission) AS message
      FROM (SELECT t.id, t.source_id, sum(e.amount) FILTER (WHERE e.account = 'owner_share') AS net,
          COALESCE(-sum(e.amount) FILTER (WHERE e.account = 'commission'), 0) AS commission,
          COALESCE(-sum(e.amount) FILTER (WHERE e.account = 'owner_payable'), 0) AS earned, e.owner_id
        FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id WHERE t.kind = 'line_completed' GROUP BY t.id, e.owner_id) p
      JOIN order_lines l ON l.id::text = p.source_id
      WHERE p.net IS NULL OR p.net > l.total - l.tax OR p.net < 0 OR p.commission <> floor((p.net * l.commission * 2 + 1000000) / 2000000)
        OR p.earned <> p.net - p.commission OR p.owner_id IS DISTINCT FROM l.owner_id`,
  },
  {
    invariant: "I13",
    title: "a payout pays entries of its owner, each once, and sums to them",
    reads: ["payouts", "payout_lines", "ledger_entries"],
    sql: `SELECT 'payouts' AS subject, p.id::text AS id, format('pays %s; its lines sum to %s, %s of them are not entries of the owner, %s are paid elsewhere too', p.amount, COALESCE(sum(l.amount), 0),
        count(*) FILTER (WHERE l.id IS NOT NULL AND (e.id IS NULL OR e.account <> 'owner_payable' OR e.owner_id <> p.owner_id OR -e.amount <> l.amount)), count(o.id)) AS message
      FROM payouts p
      LEFT JOIN payout_lines l ON l.payout_id = p.id AND NOT l.is_released
      LEFT JOIN ledger_entries e ON e.id = l.ledger_entry_id
      LEFT JOIN payout_lines o ON o.ledger_entry_id = l.ledger_entry_id AND NOT o.is_released AND o.id <> l.id
      GROUP BY p.id
      HAVING COALESCE(sum(l.amount), 0) <> CASE p.status WHEN 'failed' THEN 0 ELSE p.amount END OR count(o.id) > 0
        OR count(*) FILTER (WHERE l.id IS NOT NULL AND (e.id IS NULL OR e.account <> 'owner_payable' OR e.owner_id <> p.owner_id OR -e.amount <> l.amount)) > 0`,
  },
  {
    invariant: "I13",
    title: "a payout's status has its postings",
    reads: ["payouts", "ledger_transactions", "ledger_entries"],
    sql: `SELECT 'payouts' AS subject, p.id::text AS id, format('%s is %s; posted: %s', p.amount, p.status, COALESCE(t.kinds, 'nothing')) AS message
      FROM payouts p
      LEFT JOIN (SELECT t.source_id, string_agg(DISTINCT t.kind, ', ') AS kinds, bool_or(t.kind = 'payout_started') AS started, bool_or(t.kind = 'payout_paid') AS paid,
          bool_or(t.kind = 'payout_failed') AS failed, sum(e.amount) FILTER (WHERE e.account = 'owner_payable' AND t.kind = 'payout_started') AS amount
        FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id
        WHERE t.kind IN ('payout_started', 'payout_paid', 'payout_failed') GROUP BY 1) t ON t.source_id = p.id::text
      WHERE t.amount IS DISTINCT FROM p.amount::numeric OR (p.status = 'paid') IS DISTINCT FROM t.paid OR (p.status = 'failed') IS DISTINCT FROM t.failed`,
  },
  {
    invariant: "I13",
    title: "owners were paid no more than they earned",
    reads: ["payouts", "ledger_entries", "ledger_transactions", "owners"],
    // A return after a payout may make a balance negative; the payouts alone never do.
    sql: `SELECT 'owners' AS subject, e.owner_id::text AS id, format('earned %s, paid or on its way %s', sum(-e.amount) FILTER (WHERE t.kind NOT LIKE 'payout%'),
        sum(e.amount) FILTER (WHERE t.kind LIKE 'payout%')) AS message
      FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id WHERE e.account = 'owner_payable' GROUP BY e.owner_id
      HAVING COALESCE(sum(e.amount) FILTER (WHERE t.kind LIKE 'payout%'), 0) > COALESCE(sum(-e.amount) FILTER (WHERE t.kind NOT LIKE 'payout%' AND e.amount < 0), 0)`,
  },
];
