/** Books of what waits: inbox, outbox, jobs and keys (I10). */
import type { Check } from "./check";

export const queues: readonly Check[] = [
  {
    invariant: "I10",
    title: "every event of the gateway is in the inbox once",
    reads: ["webhook_event_ids", "webhook_events"],
    // The inbox may be cut off by the month, its ids stay. An event that failed has no id yet: it may come again.
    sql: `SELECT 'webhook_events' AS subject, COALESCE(i.provider_event_id, e.provider_event_id) AS id,
        CASE WHEN i.provider_event_id IS NULL THEN 'its id is not kept: it could take effect again' ELSE format('is in the inbox %s times', COALESCE(e.times, 0)) END AS message
      FROM webhook_event_ids i
      FULL JOIN (SELECT provider_event_id, count(*) AS times FROM webhook_events w
        WHERE processed_at IS NOT NULL OR EXISTS (SELECT FROM webhook_event_ids k WHERE k.provider_event_id = w.provider_event_id)
        GROUP BY 1) e ON e.provider_event_id = i.provider_event_id
      WHERE i.provider_event_id IS NULL OR e.times > 1
        OR (e.times IS NULL AND i.created_at >= (SELECT min(created_at) FROM webhook_events))`,
  },
  {
    invariant: "I10",
    title: "the inbox is worked off",
    reads: ["webhook_events"],
    timed: true,
    sql: `SELECT 'webhook_events' AS subject, provider_event_id AS id, format('%s came at %s and was not processed: %s', type, created_at, COALESCE(error, 'no error')) AS message
      FROM webhook_events WHERE processed_at IS NULL AND created_at < shop_now() - interval '15 minutes'`,
  },
  {
    invariant: "I10",
    title: "no job was given up",
    reads: ["graphile_worker.jobs"],
    sql: `SELECT 'graphile_worker.jobs' AS subject, id::text AS id, format('%s%s failed %s times: %s', task_identifier, COALESCE(' (' || key || ')', ''), attempts, left(COALESCE(last_error, 'no error'), 200)) AS message
      FROM graphile_worker.jobs WHERE attempts >= max_attempts AND locked_at IS NULL
        -- One that a newer one replaced while it ran has lost its key: the newer one does all of its work.
        AND NOT (task_identifier = 'cache.expire' AND key IS NULL)`,
  },
  {
    invariant: "I10",
    title: "jobs are worked off when their time comes",
    reads: ["graphile_worker.jobs"],
    timed: true,
    sql: `SELECT 'graphile_worker.jobs' AS subject, id::text AS id, format('%s waits since %s', task_identifier, run_at) AS message
      FROM graphile_worker.jobs WHERE attempts = 0 AND locked_at IS NULL AND run_at < now() - interval '15 minutes' AND created_at < now() - interval '15 minutes'`,
  },
  {
    invariant: "I10",
    title: "stale pages are handed to the server",
    reads: ["cache_expiries"],
    timed: true,
    sql: `SELECT 'cache_expiries' AS subject, id::text AS id, format('%s is stale since %s', tag, created_at) AS message
      FROM cache_expiries WHERE created_at < shop_now() - interval '15 minutes'`,
  },
  {
    invariant: "I10",
    title: "mail leaves",
    reads: ["mail"],
    timed: true,
    sql: `SELECT 'mail' AS subject, id::text AS id, format('%s to %s waits since %s after %s tries: %s', template, to_email, created_at, attempts, COALESCE(last_error, 'no error')) AS message
      FROM mail WHERE status = 'queued' AND attempts = 0 AND created_at < shop_now() - interval '30 minutes'`,
  },
  {
    invariant: "I10",
    title: "a refund that waits to be sent has its job",
    // Cash goes back by hand: that refund waits for a person.
    reads: ["refunds", "payments", "graphile_worker.jobs"],
    sql: `SELECT 'refunds' AS subject, r.id::text AS id, format('%s are reserved and nobody sends them', r.amount) AS message
      FROM refunds r JOIN payments p ON p.id = r.payment_id AND p.provider <> 'manual' WHERE r.status = 'reserved' AND NOT EXISTS (SELECT FROM graphile_worker.jobs j WHERE j.key = 'payments.refund:' || r.id)`,
  },
  {
    invariant: "I10",
    title: "an order that waits has the job that ends it",
    reads: ["orders", "graphile_worker.jobs"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s waits until %s and nobody ends it', o.number, o.expires_at) AS message
      FROM orders o WHERE o.status = 'pending' AND NOT EXISTS (SELECT FROM graphile_worker.jobs j WHERE j.key = 'orders.expire:' || o.id)`,
  },
  {
    invariant: "I10",
    title: "a delivered order completes after its return window",
    reads: ["orders", "settings", "returns"],
    timed: true,
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s was delivered at %s and is not complete', o.number, o.delivered_at) AS message
      FROM orders o CROSS JOIN settings s
      WHERE o.status = 'delivered' AND o.delivered_at + make_interval(days => s.return_window_days) < shop_now() - interval '1 day' AND NOT o.is_disputed
        AND NOT EXISTS (SELECT FROM returns r WHERE r.order_id = o.id AND r.status IN ('requested', 'approved', 'received'))`,
  },
  {
    invariant: "I10",
    title: "one effect per key",
    reads: ["ledger_transactions", "mail", "notifications", "orders", "payments", "refunds"],
    sql: `SELECT 'ledger_transactions' AS subject, min(id::text) AS id, format('%s of %s is posted %s times', kind, source_id, count(*)) AS message
      FROM ledger_transactions GROUP BY kind, source_id HAVING count(*) > 1
      UNION ALL SELECT 'mail', min(id::text), format('%s was told %s times', dedupe_key, count(*)) FROM mail GROUP BY dedupe_key HAVING count(*) > 1
      UNION ALL SELECT 'notifications', min(id::text), format('%s was told %s times', dedupe_key, count(*)) FROM notifications GROUP BY user_id, dedupe_key HAVING count(*) > 1
      UNION ALL SELECT 'orders', min(id::text), format('checkout %s became %s orders', checkout_id, count(*)) FROM orders WHERE checkout_id IS NOT NULL GROUP BY checkout_id HAVING count(*) > 1
      UNION ALL SELECT 'payments', min(id::text), format('intent %s stands in %s payments', provider_intent_id, count(*)) FROM payments WHERE provider_intent_id IS NOT NULL GROUP BY provider_intent_id HAVING count(*) > 1
      UNION ALL SELECT 'refunds', min(id::text), format('%s stands in %s refunds', provider_refund_id, count(*)) FROM refunds WHERE provider_refund_id IS NOT NULL GROUP BY provider_refund_id HAVING count(*) > 1`,
  },
];
