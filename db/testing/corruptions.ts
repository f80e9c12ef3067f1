/** Breaches for the test of the checks: how each check could be given something to find, by raw SQL. */

/** `sql` breaks something; its last statement answers the `id` that the check must name. */
export interface Corruption {
  /** The title of the check that must find it. */
  readonly check: string;
  readonly sql: string;
}

/** Any one row of a table on which the breach can be tried. */
const one = (table: string, where = "true") => `(SELECT id FROM ${table} WHERE ${where} ORDER BY id LIMIT 1)`;
const PAID = "status = 'paid' AND provider = 'stripe'";
const entryOf = (kind: string, account: string) =>
  `(SELECT e.id FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.kind = '${kind}' AND e.account = '${account}' ORDER BY e.id LIMIT 1)`;
const newPosting = (kind: string, source: string) =>
  `INSERT INTO ledger_transactions (id, kind, source_id, order_id, currency) SELECT gen_random_uuid(), '${kind}', ${source}`;

export const corruptions: readonly Corruption[] = [
  {
    check: "counters are the sums of their movements",
    sql: "UPDATE inventory SET on_hand = on_hand + 1 WHERE variant_id = (SELECT min(variant_id::text)::uuid FROM inventory) RETURNING variant_id || '/' || bucket AS id",
  },
  {
    check: "counters are the sums of their movements",
    sql: "DELETE FROM stock_movements WHERE kind = 'sale' AND id = (SELECT id FROM stock_movements WHERE kind = 'sale' ORDER BY id LIMIT 1) RETURNING variant_id || '/' || bucket AS id",
  },
  {
    check: "what is reserved is what live holds hold",
    sql: "UPDATE stock_reservations SET quantity = quantity + 3 WHERE status = 'active' RETURNING variant_id || '/' || bucket AS id",
  },
  {
    check: "an order's movements are those of its holds",
    sql: `INSERT INTO stock_movements (id, variant_id, bucket, kind, on_hand_delta, reserved_delta, order_id, created_at)
      SELECT gen_random_uuid(), variant_id, bucket, kind, on_hand_delta, reserved_delta, order_id, created_at FROM stock_movements WHERE kind = 'sale' ORDER BY id LIMIT 1 RETURNING order_id || '/' || variant_id AS id`,
  },
  {
    check: "0 ≤ reserved ≤ on hand, or within the backorder's limit",
    sql: `ALTER TABLE inventory DROP CONSTRAINT inventory_never_oversold;
      UPDATE inventory SET reserved = on_hand + 1 WHERE variant_id = (SELECT min(variant_id::text)::uuid FROM inventory) RETURNING variant_id || '/' || bucket AS id`,
  },
  {
    check: "a variant sold no more than it received",
    sql: `DELETE FROM stock_movements WHERE kind = 'restock' AND variant_id = (SELECT variant_id FROM stock_movements WHERE kind = 'sale' ORDER BY id LIMIT 1) RETURNING variant_id AS id`,
  },
  {
    check: "an order sold what its lines say, and took back no more",
    sql: `UPDATE stock_reservations SET status = 'released' WHERE status = 'committed' AND order_id = ${one("orders", "status = 'delivered'")}
      RETURNING (SELECT l.id FROM order_lines l WHERE l.order_id = stock_reservations.order_id AND l.variant_id = stock_reservations.variant_id) AS id`,
  },
  {
    check: "a live hold belongs to an order that waits",
    sql: `UPDATE stock_reservations SET status = 'active' WHERE id = ${one("stock_reservations", "status = 'committed'")} RETURNING id`,
  },
  {
    check: "an order that waits holds what it wants",
    sql: `UPDATE stock_reservations SET status = 'released' WHERE status = 'active'
      RETURNING (SELECT l.id FROM order_lines l WHERE l.order_id = stock_reservations.order_id AND l.variant_id = stock_reservations.variant_id) AS id`,
  },
  {
    check: "no hold and no waiting order outlives its window",
    sql: "UPDATE stock_reservations SET expires_at = shop_now() - interval '1 hour' WHERE status = 'active' RETURNING id",
  },
  {
    check: "an order's sums are those of its payments and refunds",
    sql: `UPDATE orders SET captured = captured + 100 WHERE id = ${one("orders", "status = 'shipped'")} RETURNING id`,
  },
  {
    check: "money in less money out is what the ledger holds of an order",
    sql: `UPDATE ledger_entries SET account = 'gateway_fees' WHERE id = ${entryOf("captured", "clearing")}
      RETURNING (SELECT order_id FROM ledger_transactions t WHERE t.id = transaction_id) AS id`,
  },
  {
    check: "a sale is posted with the sums of its order",
    sql: `UPDATE ledger_entries SET amount = amount - 5 WHERE id = ${entryOf("captured", "tax_payable")} RETURNING transaction_id AS id`,
  },
  {
    check: "a refund is posted with its sum",
    sql: `UPDATE ledger_entries SET amount = amount - 5 WHERE id = ${entryOf("refund_requested", "refunds_due")}
      RETURNING (SELECT source_id FROM ledger_transactions t WHERE t.id = transaction_id) AS id`,
  },
  {
    check: "what shoppers are owed is what is on its way to them",
    sql: `DELETE FROM ledger_transactions WHERE kind = 'refund_succeeded' AND id = ${one("ledger_transactions", "kind = 'refund_succeeded'")} RETURNING order_id AS id`,
  },
  {
    check: "a cancelled order keeps no money",
    sql: `UPDATE orders SET refunded = refunded - 1 WHERE id = ${one("orders", "status = 'cancelled' AND refunded > 0")} RETURNING id`,
  },
  {
    check: "a paid payment is one sale or owed back, never both",
    sql: `${newPosting("late_success", "id::text, order_id, currency FROM payments")} WHERE id = ${one("payments", PAID)} RETURNING source_id AS id`,
  },
  {
    check: "a posting of money names a payment that is paid, or an order that cost nothing",
    sql: `${newPosting("captured", "gen_random_uuid()::text, id, currency FROM orders")} WHERE id = ${one("orders", "status = 'pending'")} RETURNING id`,
  },
  {
    check: "an order that went on was sold once, one that did not never",
    sql: `${newPosting("captured", "'twice', id, currency FROM orders")} WHERE id = ${one("orders", "status = 'shipped'")} RETURNING order_id AS id`,
  },
  {
    check: "money that belongs to no sale goes back by itself",
    sql: `UPDATE refunds SET status = 'failed' WHERE automatic IS NOT NULL RETURNING payment_id AS id`,
  },
  {
    check: "a paid payment has its order's sum and currency, and its intent",
    sql: `UPDATE payments SET amount = amount + 1 WHERE id = ${one("payments", `${PAID} AND refunded = 0`)} RETURNING id`,
  },
  {
    check: "a success that the gateway told is a paid payment",
    sql: `UPDATE payments SET status = 'processing', paid_at = NULL WHERE id = ${one("payments", PAID)} RETURNING id`,
  },
  {
    check: "refunds of a payment stay within it, and it counts them",
    sql: `UPDATE payments SET refunded = 0 WHERE id = ${one("payments", "refunded > 0")} RETURNING id`,
  },
  {
    check: "a refund's lines and shipping sum to it, and are its order's",
    sql: "DELETE FROM refund_lines WHERE id = (SELECT id FROM refund_lines WHERE amount > 0 ORDER BY id LIMIT 1) RETURNING refund_id AS id",
  },
  {
    check: "a line counts what its refunds gave back, never more than was paid",
    sql: `UPDATE order_lines SET refunded_quantity = 0, refunded_amount = 0 WHERE id = ${one("order_lines", "refunded_amount > 0")} RETURNING id`,
  },
  {
    check: "shipping is given back once at most",
    sql: `UPDATE refunds SET amount = amount + 9999, shipping = shipping + 9999 WHERE id = ${one("refunds", "status = 'succeeded'")} RETURNING order_id AS id`,
  },
  {
    check: "a discount counts its live uses, within its limit",
    sql: "UPDATE discounts SET used = used + 1 RETURNING id",
  },
  {
    check: "a customer uses a discount within the customer's limit",
    sql: "UPDATE discounts SET per_customer_limit = 1 RETURNING id",
  },
  {
    check: "an order's use is live unless it was called off before shipping",
    sql: `UPDATE discount_redemptions SET given_back_at = shop_now() WHERE id = ${one("discount_redemptions", "given_back_at IS NULL")} RETURNING id`,
  },
  {
    check: "an order's use is live unless it was called off before shipping",
    sql: `UPDATE discount_redemptions SET given_back_at = NULL WHERE id = ${one("discount_redemptions", "given_back_at IS NOT NULL")} RETURNING id`,
  },
  {
    check: "an order's discount is the sum of those it used",
    sql: `DELETE FROM discount_redemptions WHERE id = ${one("discount_redemptions")} RETURNING order_id AS id`,
  },
  {
    check: "an order's events lead to its status, and its stamps are theirs",
    sql: `UPDATE orders SET status = 'completed' WHERE id = ${one("orders", "status = 'shipped'")} RETURNING id`,
  },
  {
    check: "an order's events lead to its status, and its stamps are theirs",
    sql: `DELETE FROM order_events WHERE id = ${one("order_events", "to_status = 'processing' AND machine = 'order'")} RETURNING order_id AS id`,
  },
  {
    check: "every step of every machine is a legal one",
    sql: `UPDATE order_events SET from_status = 'pending' WHERE id = ${one("order_events", "to_status = 'delivered' AND machine = 'order'")} RETURNING id`,
  },
  {
    check: "a part's events lead to its status",
    sql: `UPDATE fulfilments SET status = 'delivered' WHERE id = ${one("fulfilments", "status = 'open'")} RETURNING id`,
  },
  {
    check: "an order stands where its parts stand",
    sql: `UPDATE fulfilments SET status = 'open' WHERE id = ${one("fulfilments", "status = 'delivered'")} RETURNING order_id AS id`,
  },
  {
    check: "a part that was sent has all its goods in parcels",
    sql: `UPDATE order_lines SET shipped_quantity = 0 WHERE id = ${one("order_lines", "shipped_quantity > 0")}
      RETURNING (SELECT f.id FROM fulfilments f WHERE f.order_id = order_lines.order_id AND f.owner_id = order_lines.owner_id) AS id`,
  },
  {
    check: "a line counts the items that its parcels hold",
    sql: "UPDATE shipment_items SET quantity = quantity + 1 WHERE shipment_id = (SELECT min(shipment_id::text)::uuid FROM shipment_items) RETURNING order_line_id AS id",
  },
  {
    check: "a parcel's goods belong to its part",
    sql: `UPDATE shipment_items SET order_line_id = (SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.status = 'pending' LIMIT 1)
      WHERE shipment_id = (SELECT min(shipment_id::text)::uuid FROM shipment_items) RETURNING shipment_id AS id`,
  },
  {
    check: "a parcel's status left its traces",
    sql: `UPDATE shipments SET status = 'delivered' WHERE id = ${one("shipments", "status = 'shipped'")} RETURNING id`,
  },
  {
    check: "a part that arrived has no parcel on its way",
    sql: `UPDATE shipments SET status = 'shipped', delivered_at = NULL WHERE id = ${one("shipments", "status = 'delivered'")} RETURNING id`,
  },
  {
    check: "a refund's status has its postings",
    sql: `UPDATE refunds SET status = 'pending' WHERE id = ${one("refunds", "status = 'succeeded'")} RETURNING id`,
  },
  {
    check: "an order in dispute is marked and its dispute is posted",
    sql: `INSERT INTO disputes (id, order_id, payment_id, provider_dispute_id, amount)
      SELECT gen_random_uuid(), order_id, id, 'du_planted', amount FROM payments WHERE id = ${one("payments", PAID)} RETURNING id`,
  },
  {
    check: "a return is of its order's goods, refunded there, and its pieces are counted",
    sql: `UPDATE returns SET refund_id = NULL WHERE id = ${one("returns", "status = 'refunded'")} RETURNING id`,
  },
  {
    check: "every event of the gateway is in the inbox once",
    sql: "DELETE FROM webhook_event_ids WHERE provider_event_id = (SELECT min(provider_event_id) FROM webhook_event_ids) RETURNING provider_event_id AS id",
  },
  {
    check: "every event of the gateway is in the inbox once",
    sql: `INSERT INTO webhook_events (id, provider_event_id, type, payload, processed_at, created_at)
      SELECT gen_random_uuid(), provider_event_id, type, payload, processed_at, created_at FROM webhook_events LIMIT 1 RETURNING provider_event_id AS id`,
  },
  {
    check: "the inbox is worked off",
    sql: `UPDATE webhook_events SET processed_at = NULL, created_at = created_at - interval '1 hour' WHERE id = ${one("webhook_events")} RETURNING provider_event_id AS id`,
  },
  {
    check: "no job was given up",
    sql: "UPDATE graphile_worker._private_jobs SET attempts = max_attempts, locked_at = NULL WHERE id = (SELECT min(id) FROM graphile_worker._private_jobs) RETURNING id",
  },
  {
    check: "jobs are worked off when their time comes",
    sql: `UPDATE graphile_worker._private_jobs SET attempts = 0, locked_at = NULL, run_at = now() - interval '1 hour', created_at = now() - interval '1 hour'
      WHERE id = (SELECT min(id) FROM graphile_worker._private_jobs) RETURNING id`,
  },
  {
    check: "stale pages are handed to the server",
    sql: "INSERT INTO cache_expiries (tag, created_at) VALUES ('planted', shop_now() - interval '1 hour') RETURNING id",
  },
  {
    check: "mail leaves",
    sql: `INSERT INTO mail (id, template, to_email, subject, data, dedupe_key, created_at) VALUES (gen_random_uuid(), 'x', 'a@example.com', 's', '{}', 'planted', shop_now() - interval '1 hour') RETURNING id`,
  },
  {
    check: "a refund that waits to be sent has its job",
    sql: `DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'payments.refund:%'; SELECT id FROM refunds WHERE status = 'reserved'`,
  },
  {
    check: "an order that waits has the job that ends it",
    sql: `DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'orders.expire:%'; SELECT id FROM orders WHERE status = 'pending'`,
  },
  {
    check: "a delivered order completes after its return window",
    sql: `UPDATE orders SET delivered_at = delivered_at - interval '90 days' WHERE id = ${one("orders", "status = 'delivered'")} RETURNING id`,
  },
  {
    check: "one effect per key",
    sql: `ALTER TABLE ledger_transactions DROP CONSTRAINT ledger_transactions_source_key;
      INSERT INTO ledger_transactions (id, kind, source_id, order_id, currency) SELECT 'ffffffff-ffff-4fff-bfff-ffffffffffff', kind, source_id, order_id, currency
        FROM ledger_transactions WHERE kind = 'captured' ORDER BY id LIMIT 1;
      SELECT id FROM ledger_transactions WHERE kind = 'captured' ORDER BY id LIMIT 1`,
  },
  {
    check: "lines sum to their order",
    sql: `UPDATE order_lines SET tax = tax + 1 WHERE id = ${one("order_lines")} RETURNING order_id AS id`,
  },
  {
    check: "lines sum to their order",
    sql: `DELETE FROM order_lines WHERE id = ${one("order_lines")} RETURNING order_id AS id`,
  },
  {
    check: "an order's total is the sum of its parts",
    sql: `ALTER TABLE orders DROP CONSTRAINT orders_total; UPDATE orders SET total = total - 1 WHERE id = ${one("orders")} RETURNING id`,
  },
  {
    check: "a line's total is the sum of its parts",
    sql: `ALTER TABLE order_lines DROP CONSTRAINT order_lines_subtotal; UPDATE order_lines SET unit_price = unit_price - 1 WHERE id = ${one("order_lines")} RETURNING id`,
  },
  {
    check: "a line's counters fit its items",
    sql: `UPDATE order_lines SET returned_quantity = 1 WHERE id = ${one("order_lines", "shipped_quantity = 0")} RETURNING id`,
  },
  {
    check: "owners' goods in a line are those that the sale was posted with",
    sql: `UPDATE order_lines SET owner_id = (SELECT id FROM owners WHERE id <> order_lines.owner_id LIMIT 1)
      WHERE id = (SELECT l.id FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE o.status = 'completed' LIMIT 1) RETURNING order_id AS id`,
  },
  {
    check: "a line says what it said when it was ordered",
    sql: `UPDATE order_lines SET sku = 'OTHER' WHERE id = ${one("order_lines")} RETURNING id`,
  },
  {
    check: "an order has its addresses, and one part for each owner of its goods",
    sql: "DELETE FROM order_addresses WHERE kind = 'billing' RETURNING order_id AS id",
  },
  {
    check: "an order has its addresses, and one part for each owner of its goods",
    sql: `DELETE FROM fulfilments WHERE id = ${one("fulfilments")} RETURNING order_id AS id`,
  },
  {
    check: "every posting sums to zero over two entries or more",
    sql: `UPDATE ledger_entries SET amount = amount + 1 WHERE id = ${entryOf("captured", "sales")} RETURNING transaction_id AS id`,
  },
  {
    check: "every posting sums to zero over two entries or more",
    sql: `DELETE FROM ledger_entries WHERE transaction_id = ${one("ledger_transactions", "kind = 'captured'")} RETURNING transaction_id AS id`,
  },
  {
    check: "a posting is in its order's currency",
    sql: `UPDATE ledger_transactions SET currency = 'USD' WHERE id = ${one("ledger_transactions", "kind = 'captured'")} RETURNING id`,
  },
  {
    check: "owners earn each line of a completed order once, and of no other",
    sql: `DELETE FROM ledger_transactions WHERE id = ${one("ledger_transactions", "kind = 'line_completed'")} RETURNING source_id AS id`,
  },
  {
    check: "commission is taken at the line's rate",
    sql: `UPDATE order_lines SET commission = commission + 50000 WHERE id::text = (SELECT source_id FROM ledger_transactions WHERE kind = 'line_completed' LIMIT 1)
      RETURNING (SELECT t.id FROM ledger_transactions t WHERE t.kind = 'line_completed' AND t.source_id = order_lines.id::text) AS id`,
  },
  {
    check: "a payout pays entries of its owner, each once, and sums to them",
    sql: `UPDATE payout_lines SET amount = amount + 1 WHERE NOT is_released RETURNING payout_id AS id`,
  },
  {
    check: "a payout pays entries of its owner, each once, and sums to them",
    sql: `DROP INDEX payout_lines_live_key; UPDATE payout_lines SET is_released = false WHERE is_released RETURNING payout_id AS id`,
  },
  {
    check: "a payout's status has its postings",
    sql: `UPDATE payouts SET status = 'pending', paid_at = NULL WHERE status = 'paid' RETURNING id`,
  },
  {
    check: "owners were paid no more than they earned",
    sql: `UPDATE ledger_entries SET amount = amount * 3 WHERE id = ${entryOf("payout_started", "owner_payable")} RETURNING owner_id AS id`,
  },
  {
    check: "a product's rating is that of its published reviews",
    sql: `UPDATE reviews SET status = 'rejected' RETURNING product_id AS id`,
  },
  {
    check: "a review's helpful votes are those that were given",
    sql: `UPDATE reviews SET helpful_count = helpful_count + 1 RETURNING id`,
  },
  {
    check: "a product's price range is that of its variants",
    sql: `UPDATE products SET price_from = price_from - 1 WHERE id = ${one("products")} RETURNING id`,
  },
  {
    check: "a variant's last price change is its price",
    sql: `UPDATE variants SET price = price + 1 WHERE id = ${one("variants")} RETURNING id`,
  },
  {
    check: "what is kept of a customer is what they ordered",
    sql: "UPDATE customer_sums SET spent = spent + 100 WHERE holder = (SELECT min(holder) FROM customer_sums WHERE orders > 0) RETURNING holder AS id",
  },
  {
    check: "what is kept of a customer is what they ordered",
    sql: "DELETE FROM customer_sums WHERE holder = (SELECT max(holder) FROM customer_sums) RETURNING holder AS id",
  },
  {
    check: "what is kept of a customer is what they ordered",
    sql: `UPDATE orders SET email = 'somebody.else@example.com' WHERE id = ${one("orders", "user_id IS NULL")} RETURNING 'somebody.else@example.com' AS id`,
  },
  {
    check: "what is kept of an owner's buyer is what they ordered of that owner",
    sql: "UPDATE buyer_sums SET value = value + 100 WHERE (owner_id, holder) = (SELECT owner_id, holder FROM buyer_sums WHERE orders > 0 ORDER BY 1, 2 LIMIT 1) RETURNING holder AS id",
  },
  {
    check: "what is kept of an owner's buyer is what they ordered of that owner",
    sql: "DELETE FROM buyer_sums WHERE (owner_id, holder) = (SELECT owner_id, holder FROM buyer_sums ORDER BY 2, 1 LIMIT 1) RETURNING holder AS id",
  },
  {
    check: "an owner's list has each order with their part of it",
    sql: "UPDATE owner_orders SET country = 'XX' WHERE (owner_id, order_id) = (SELECT owner_id, order_id FROM owner_orders ORDER BY 1, 2 LIMIT 1) RETURNING order_id AS id",
  },
  {
    check: "an owner's list has each order with their part of it",
    sql: "DELETE FROM owner_orders WHERE (owner_id, order_id) = (SELECT owner_id, order_id FROM owner_orders ORDER BY 2, 1 LIMIT 1) RETURNING order_id AS id",
  },
];
