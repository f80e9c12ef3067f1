/** The money of a made-up history: payments, refunds, inbox, mail and the ledger. */
import type { Statement } from "./statement";

/** Net and commission of a completed line whose refunds are taken off. */
const EARNED = `SELECT l.*, o.n AS order_n, o.completed_at, o.currency, CASE WHEN o.refunded AND l.position = 0 THEN 0 ELSE l.total - l.tax END AS net
  FROM lines l JOIN plan o ON o.id = l.order_id WHERE o.fate = 'completed'`;
const COMMISSION = "floor((x.net * x.commission * 2 + 1000000) / 2000000)::bigint";

export const aftermath: readonly Statement[] = [
  {
    title: "payments",
    statement: `INSERT INTO payments (id, order_id, provider, method, status, amount, currency, idempotency_key, provider_intent_id, provider_charge_id, refunded, paid_at, created_at, updated_at)
      SELECT p.id, o.id, CASE o.method WHEN 'card' THEN 'stripe' ELSE 'manual' END, o.method, p.status::payment_status, o.total, o.currency, p.id || ':1',
        CASE WHEN o.method = 'card' THEN 'pi_made_' || replace(p.id::text, '-', '') END, CASE WHEN p.status = 'paid' AND o.method = 'card' THEN 'ch_made_' || replace(p.id::text, '-', '') END,
        CASE WHEN o.fate = 'cancelled' THEN o.total WHEN o.refunded THEN l.total ELSE 0 END,
        CASE WHEN p.status = 'paid' THEN CASE o.method WHEN 'card' THEN o.confirmed_at ELSE o.delivered_at END END, o.placed_at, o.placed_at
      FROM (SELECT plan.*, s.total FROM plan JOIN orders s ON s.id = plan.id) o JOIN lines l ON l.order_id = o.id AND l.position = 0
      CROSS JOIN LATERAL (SELECT pg_temp.made_id(o.placed_at, 'payment ' || o.n) AS id, CASE WHEN o.fate = 'expired' THEN 'cancelled'
        WHEN o.method = 'card' OR o.fate IN ('delivered', 'completed') THEN 'paid' ELSE 'pending' END AS status) p`,
  },
  {
    title: "refunds",
    statement: `INSERT INTO refunds (id, order_id, payment_id, status, amount, shipping, tax, reason, provider_refund_id, created_at, updated_at)
      SELECT pg_temp.made_id(x.at, 'refund ' || o.n), o.id, pg_temp.made_id(o.placed_at, 'payment ' || o.n), 'succeeded', CASE o.fate WHEN 'cancelled' THEN s.total ELSE l.total END,
        CASE o.fate WHEN 'cancelled' THEN s.shipping ELSE 0 END, CASE o.fate WHEN 'cancelled' THEN s.tax ELSE l.tax END, 'Generated', CASE WHEN o.method = 'card' THEN 're_made_' || o.n || '_' || md5(o.id::text) END, x.at, x.at
      FROM plan o JOIN orders s ON s.id = o.id JOIN lines l ON l.order_id = o.id AND l.position = 0
      CROSS JOIN LATERAL (SELECT CASE o.fate WHEN 'cancelled' THEN o.cancelled_at ELSE o.delivered_at + interval '2 days' END AS at) x WHERE o.refunded OR o.fate = 'cancelled'`,
  },
  {
    title: "refunds' lines",
    statement: `INSERT INTO refund_lines (id, refund_id, order_line_id, quantity, amount, tax)
      SELECT pg_temp.made_id(r.created_at, 'back ' || l.id), r.id, l.id, l.quantity, l.total, l.tax
      FROM refunds r JOIN plan o ON o.id = r.order_id JOIN lines l ON l.order_id = o.id WHERE o.fate = 'cancelled' OR l.position = 0`,
  },
  {
    title: "inbox",
    statement: `WITH events AS (SELECT 'evt_made_' || replace(p.id::text, '-', '') AS event, p.provider_intent_id, p.order_id, p.paid_at FROM payments p JOIN plan o ON o.id = p.order_id
        WHERE p.provider = 'stripe' AND p.status = 'paid'),
      ids AS (INSERT INTO webhook_event_ids (provider_event_id, created_at) SELECT event, paid_at FROM events)
      INSERT INTO webhook_events (id, provider_event_id, type, object_id, order_id, payload, outcome, processed_at, created_at)
      SELECT pg_temp.made_id(paid_at, event), event, 'payment_intent.succeeded', provider_intent_id, order_id, '{}', 'captured', paid_at, paid_at FROM events`,
  },
  {
    title: "mail",
    statement: `INSERT INTO mail (id, template, to_email, subject, data, dedupe_key, status, attempts, order_id, sent_at, created_at, updated_at)
      SELECT pg_temp.made_id(placed_at, 'mail ' || n), 'order_placed', 'shopper' || n % 30000 || '@example.com', 'Your order ' || number, '{}', 'order_placed:' || id, 'kept', 1, id, placed_at, placed_at, placed_at FROM plan`,
  },
  {
    title: "postings of sales",
    statement: `INSERT INTO ledger_transactions (id, kind, source_id, order_id, currency, created_at)
      SELECT pg_temp.made_id(p.paid_at, 'captured ' || p.id), 'captured', p.id::text, o.id, o.currency, p.paid_at FROM payments p JOIN plan o ON o.id = p.order_id WHERE p.status = 'paid'`,
  },
  {
    title: "owners' goods",
    statement:
      "CREATE TEMP TABLE owned AS SELECT order_id, owner_id, sum(subtotal - tax) AS goods, sum(discount) AS off FROM lines GROUP BY 1, 2",
  },
  { title: "their index", statement: "CREATE INDEX ON owned (order_id); ANALYZE owned" },
  {
    title: "entries of sales",
    statement: `WITH sold AS (SELECT p.id, p.paid_at, p.provider, pg_temp.made_id(p.paid_at, 'captured ' || p.id) AS posting, s.* FROM payments p JOIN plan o ON o.id = p.order_id
        JOIN (SELECT id AS order_id, total, shipping, shipping_tax, tax FROM orders) s ON s.order_id = o.id WHERE p.status = 'paid')
      INSERT INTO ledger_entries (id, transaction_id, account, owner_id, amount, created_at)
      SELECT pg_temp.made_id(s.paid_at, e.account || s.posting || COALESCE(e.owner_id::text, '')), s.posting, e.account::ledger_account, e.owner_id, e.amount, s.paid_at
      FROM sold s CROSS JOIN LATERAL (
        SELECT CASE s.provider WHEN 'stripe' THEN 'clearing' ELSE 'cod_receivable' END, NULL::uuid, s.total
        UNION ALL SELECT 'shipping_income', NULL, -(s.shipping - s.shipping_tax) UNION ALL SELECT 'tax_payable', NULL, -s.tax
        UNION ALL SELECT 'sales', w.owner_id, -w.goods FROM owned w WHERE w.order_id = s.order_id
        UNION ALL SELECT 'discounts', w.owner_id, w.off FROM owned w WHERE w.order_id = s.order_id) e (account, owner_id, amount) WHERE e.amount <> 0`,
  },
  {
    title: "postings of refunds",
    statement: `INSERT INTO ledger_transactions (id, kind, source_id, order_id, currency, created_at)
      SELECT pg_temp.made_id(r.created_at, k.kind || r.id), k.kind, r.id::text, o.id, o.currency, r.created_at FROM refunds r JOIN plan o ON o.id = r.order_id
      CROSS JOIN (VALUES ('refund_requested'), ('refund_succeeded')) k (kind)`,
  },
  {
    title: "owners' refunds",
    statement:
      "CREATE TEMP TABLE back AS SELECT r.refund_id, l.owner_id, sum(r.amount - r.tax) AS net FROM refund_lines r JOIN lines l ON l.id = r.order_line_id GROUP BY 1, 2",
  },
  { title: "their index", statement: "CREATE INDEX ON back (refund_id); ANALYZE back" },
  {
    title: "entries of refunds",
    statement: `INSERT INTO ledger_entries (id, transaction_id, account, owner_id, amount, created_at)
      SELECT pg_temp.made_id(r.created_at, e.kind || e.account || r.id || COALESCE(e.owner_id::text, '')), pg_temp.made_id(r.created_at, e.kind || r.id), e.account::ledger_account, e.owner_id, e.amount, r.created_at
      FROM refunds r JOIN plan o ON o.id = r.order_id CROSS JOIN LATERAL (
        SELECT 'refund_requested', 'refunds_due', NULL::uuid, -r.amount UNION ALL SELECT 'refund_requested', 'tax_payable', NULL, r.tax
        UNION ALL SELECT 'refund_requested', 'shipping_income', NULL, CASE WHEN r.shipping > 0 THEN r.shipping - 78 ELSE 0 END
        UNION ALL SELECT 'refund_requested', 'refunds', b.owner_id, b.net FROM back b WHERE b.refund_id = r.id
        UNION ALL SELECT 'refund_succeeded', 'refunds_due', NULL, r.amount
        UNION ALL SELECT 'refund_succeeded', CASE o.method WHEN 'card' THEN 'clearing' ELSE 'bank' END, NULL, -r.amount) e (kind, account, owner_id, amount) WHERE e.amount <> 0`,
  },
  {
    title: "postings of earnings",
    statement: `INSERT INTO ledger_transactions (id, kind, source_id, order_id, currency, created_at)
      SELECT pg_temp.made_id(x.completed_at, 'earned ' || x.id), 'line_completed', x.id::text, x.order_id, x.currency, x.completed_at FROM (${EARNED}) x`,
  },
  {
    title: "entries of earnings",
    statement: `INSERT INTO ledger_entries (id, transaction_id, account, owner_id, amount, created_at)
      SELECT pg_temp.made_id(x.completed_at, e.account || x.id), pg_temp.made_id(x.completed_at, 'earned ' || x.id), e.account::ledger_account, x.owner_id, e.amount, x.completed_at
      FROM (${EARNED}) x CROSS JOIN LATERAL (VALUES ('owner_share', x.net), ('commission', -${COMMISSION}), ('owner_payable', -(x.net - ${COMMISSION}))) e (account, amount) WHERE e.amount <> 0`,
  },
  {
    title: "completions that wait",
    // All in one call: one by one, each looks through those of this transaction, of which no statistics tell.
    statement: `SELECT count(*) FROM graphile_worker.add_jobs((SELECT array_agg(('orders.complete', json_build_object('orderId', id), NULL,
      completed_at, NULL, 'orders.complete:' || id, NULL, NULL)::graphile_worker.job_spec) FROM plan WHERE fate = 'delivered'))`,
  },
];
