/** The statements that make a history of orders: a plan first, then each table from it. */
import { catalogue } from "./catalogue";
import { aftermath } from "./money";
import type { Statement } from "./statement";

/** All statements, to be run in this order in one transaction with triggers off. */
export function generation(orders: number, seed: number): Statement[] {
  return [...helpers(seed), ...catalogue, ...plan(orders), ...goods, ...way, ...aftermath];
}

const helpers = (seed: number): Statement[] => [
  {
    title: "helpers",
    // STABLE, as what they call is: PostgreSQL inlines nothing that claims more than its body does.
    statement: `
      CREATE FUNCTION pg_temp.made_id(at timestamptz, what text) RETURNS uuid LANGUAGE sql STABLE AS
        $$ SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || substr(md5(what || ':${seed}'), 1, 20))::uuid $$;
      CREATE FUNCTION pg_temp.chance(n bigint, what text) RETURNS double precision LANGUAGE sql STABLE AS
        $$ SELECT ('x' || substr(md5(n || ':' || what || ':${seed}'), 1, 8))::bit(32)::bigint / 4294967296.0::float8 $$`,
  },
];

const plan = (orders: number): Statement[] => [
  {
    title: "goods to choose from",
    statement: `CREATE TEMP TABLE goods AS SELECT row_number() OVER (ORDER BY v.id) - 1 AS rank, v.id AS variant_id, v.sku, v.title, v.price, v.weight,
        p.id AS product_id, p.name, p.slug, p.owner_id, COALESCE(w.commission, s.commission) AS commission
      FROM variants v JOIN products p ON p.id = v.product_id JOIN owners w ON w.id = p.owner_id CROSS JOIN settings s WHERE v.is_active`,
  },
  {
    title: "plan",
    // In the order of time, as a shop writes them. Placed over a year, more of late; what happened since follows from how long ago that was.
    statement: `CREATE TEMP TABLE plan AS
      WITH start AS (SELECT n, date_trunc('second', now()) - interval '2 minutes' - interval '1 second' * (31536000 * pg_temp.chance(n, 'age') ^ 1.25) AS placed_at,
          pg_temp.chance(n, 'fate') AS fate, 6 + 40 * pg_temp.chance(n, 'pack') AS pack, 30 + 70 * pg_temp.chance(n, 'travel') AS travel
        FROM generate_series(1, ${orders}) n),
      timed AS (SELECT *, date_trunc('second', placed_at + interval '1 hour' * pack) AS packed_at,
          date_trunc('second', placed_at + interval '1 hour' * (pack + travel)) AS delivered_at FROM start)
      SELECT t.n, pg_temp.made_id(t.placed_at, 'order ' || t.n) AS id, 'GEN-' || upper(substr(md5('number ' || t.n || placed_at), 1, 12)) AS number,
        t.placed_at, t.placed_at + interval '2 minutes' AS confirmed_at, t.packed_at, t.delivered_at,
        t.delivered_at + make_interval(days => s.return_window_days) AS completed_at, t.placed_at + interval '40 minutes' AS cancelled_at,
        CASE WHEN t.fate < 0.06 AND t.placed_at < now() - interval '2 hours' THEN CASE WHEN t.fate < 0.03 THEN 'cancelled' ELSE 'expired' END
          WHEN t.delivered_at + make_interval(days => s.return_window_days) < now() THEN 'completed' WHEN t.delivered_at < now() THEN 'delivered'
          WHEN t.packed_at < now() THEN 'shipped' ELSE 'confirmed' END AS fate,
        CASE WHEN pg_temp.chance(n, 'method') < 0.14 AND t.fate >= 0.06 THEN 'cash_on_delivery' ELSE 'card' END AS method,
        pg_temp.chance(n, 'discount') < 0.05 AS discounted,
        pg_temp.chance(n, 'refund') < 0.02 AND t.fate >= 0.06 AND t.delivered_at + interval '3 days' < now() AS refunded,
        1 + floor(3 * pg_temp.chance(n, 'pieces') ^ 1.2)::int AS pieces,
        floor((SELECT count(*) FROM goods) * pg_temp.chance(n, 'goods') ^ 1.9)::bigint AS first_rank, s.currency
      FROM timed t CROSS JOIN settings s ORDER BY t.placed_at`,
  },
  { title: "plan's index", statement: "CREATE UNIQUE INDEX ON plan (id); ANALYZE plan" },
  {
    title: "lines",
    statement: `CREATE TEMP TABLE lines AS
      SELECT pg_temp.made_id(o.placed_at, 'line ' || o.n || '/' || k) AS id, o.id AS order_id, o.n, k - 1 AS position, g.*,
        q.quantity, g.price * q.quantity AS subtotal, d.discount, x.tax, g.price * q.quantity - d.discount AS total
      FROM plan o CROSS JOIN LATERAL generate_series(1, o.pieces) k
      JOIN goods g ON g.rank = (o.first_rank + k - 1) % (SELECT count(*) FROM goods)
      CROSS JOIN LATERAL (SELECT CASE WHEN pg_temp.chance(o.n * 8 + k, 'quantity') < 0.8 THEN 1 ELSE 2 END AS quantity) q
      CROSS JOIN LATERAL (SELECT CASE WHEN o.discounted THEN g.price * q.quantity / 10 ELSE 0 END AS discount) d
      CROSS JOIN LATERAL (SELECT round((g.price * q.quantity - d.discount) * 19 / 119.0)::bigint AS tax) x`,
  },
  { title: "lines' index", statement: "CREATE INDEX ON lines (order_id); ANALYZE lines" },
];

const goods: Statement[] = [
  {
    title: "orders",
    statement: `INSERT INTO orders (id, number, email, status, payment_method, currency, prices_include_tax, subtotal, discount, shipping, shipping_tax, tax, total,
        captured, refunded, discount_code, shipping_rate_name, shipping_tax_rate, delivery_days_min, delivery_days_max, cancel_reason, placed_at,
        confirmed_at, shipped_at, delivered_at, completed_at, cancelled_at, updated_at)
      SELECT o.id, o.number, 'shopper' || o.n % 30000 || '@example.com', CASE o.fate WHEN 'expired' THEN 'cancelled' ELSE o.fate END::order_status, o.method, o.currency, true,
        l.subtotal, l.discount, 490, 78, l.tax + 78, l.total + 490,
        CASE WHEN o.fate = 'expired' OR (o.method <> 'card' AND o.fate NOT IN ('delivered', 'completed')) THEN 0 ELSE l.total + 490 END,
        CASE WHEN o.fate = 'cancelled' THEN l.total + 490 WHEN o.refunded THEN l.first ELSE 0 END,
        CASE WHEN o.discounted THEN 'GENERATED10' END, 'Standard', 190000, 2, 4,
        CASE o.fate WHEN 'expired' THEN 'expired' WHEN 'cancelled' THEN 'shopper' END::cancel_reason, o.placed_at,
        CASE WHEN o.fate <> 'expired' THEN o.confirmed_at END, CASE WHEN o.fate IN ('shipped', 'delivered', 'completed') THEN o.packed_at END,
        CASE WHEN o.fate IN ('delivered', 'completed') THEN o.delivered_at END, CASE WHEN o.fate = 'completed' THEN o.completed_at END,
        CASE WHEN o.fate IN ('expired', 'cancelled') THEN o.cancelled_at END, o.placed_at
      FROM plan o JOIN (SELECT order_id, sum(subtotal) AS subtotal, sum(discount) AS discount, sum(tax) AS tax, sum(total) AS total,
        sum(total) FILTER (WHERE position = 0) AS first FROM lines GROUP BY 1) l ON l.order_id = o.id`,
  },
  {
    title: "order lines",
    statement: `INSERT INTO order_lines (id, order_id, owner_id, product_id, variant_id, position, product_name, product_slug, variant_title, sku, unit_price, quantity,
        subtotal, discount, tax_rate, tax, total, weight, commission, shipped_quantity, refunded_quantity, refunded_amount)
      SELECT l.id, l.order_id, l.owner_id, l.product_id, l.variant_id, l.position, l.name, l.slug, l.title, l.sku, l.price, l.quantity, l.subtotal, l.discount, 190000, l.tax, l.total,
        l.weight, l.commission, CASE WHEN o.fate IN ('shipped', 'delivered', 'completed') THEN l.quantity ELSE 0 END,
        CASE WHEN o.fate = 'cancelled' OR (o.refunded AND l.position = 0) THEN l.quantity ELSE 0 END,
        CASE WHEN o.fate = 'cancelled' OR (o.refunded AND l.position = 0) THEN l.total ELSE 0 END
      FROM lines l JOIN plan o ON o.id = l.order_id`,
  },
  {
    title: "addresses",
    statement: `INSERT INTO order_addresses (id, order_id, kind, name, line1, city, postal_code, country, created_at)
      SELECT pg_temp.made_id(placed_at, k || n), id, k, 'Shopper ' || n % 30000, 'Torstraße ' || n % 200, 'Berlin', '10119', 'DE', placed_at
      FROM plan CROSS JOIN (VALUES ('shipping'), ('billing')) kinds (k)`,
  },
  {
    title: "the discount",
    statement: `INSERT INTO discounts (id, title, code, kind, value, used)
      SELECT gen_random_uuid(), 'Generated', 'GENERATED10', 'percentage', 10, 0 WHERE NOT EXISTS (SELECT FROM discounts WHERE upper(code) = 'GENERATED10')`,
  },
  {
    title: "uses of the discount",
    statement: `INSERT INTO discount_redemptions (id, discount_id, order_id, email, amount, given_back_at, created_at)
      SELECT pg_temp.made_id(o.placed_at, 'use ' || o.n), d.id, o.id, 'shopper' || o.n % 30000 || '@example.com', l.off, CASE WHEN o.fate IN ('expired', 'cancelled') THEN o.cancelled_at END, o.placed_at
      FROM plan o JOIN discounts d ON d.code = 'GENERATED10' JOIN (SELECT order_id, sum(discount) AS off FROM lines GROUP BY 1) l ON l.order_id = o.id WHERE o.discounted`,
  },
  {
    title: "uses counted",
    statement: `UPDATE discounts SET used = (SELECT count(*) FROM discount_redemptions r WHERE r.discount_id = discounts.id AND r.given_back_at IS NULL) WHERE code = 'GENERATED10'`,
  },
  {
    title: "holds",
    statement: `INSERT INTO stock_reservations (id, order_id, variant_id, quantity, status, expires_at, created_at, updated_at)
      SELECT pg_temp.made_id(o.placed_at, 'hold ' || l.id), o.id, l.variant_id, l.quantity, CASE o.fate WHEN 'expired' THEN 'released' ELSE 'committed' END::reservation_status,
        o.placed_at + interval '15 minutes', o.placed_at, o.confirmed_at FROM lines l JOIN plan o ON o.id = l.order_id`,
  },
  {
    title: "movements",
    statement: `INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, order_id, reason, created_at)
      SELECT pg_temp.made_id(now() - interval '366 days', 'restock ' || variant_id), variant_id, 'restock'::movement_kind, sum(quantity) + 40, 0, NULL::uuid, 'generated', now() - interval '366 days'
        FROM lines GROUP BY variant_id
      UNION ALL
      SELECT pg_temp.made_id(m.at, m.kind || l.id), l.variant_id, m.kind::movement_kind, l.quantity * m.on_hand, l.quantity * m.reserved, o.id, NULL, m.at
        FROM lines l JOIN plan o ON o.id = l.order_id
        CROSS JOIN LATERAL (VALUES ('reserve', 0, 1, o.placed_at, true), ('release', 0, -1, o.cancelled_at, o.fate = 'expired'),
          ('sale', -1, -1, o.confirmed_at, o.fate <> 'expired'), ('return', 1, 0, o.cancelled_at, o.fate = 'cancelled')) m (kind, on_hand, reserved, at, happened)
        WHERE m.happened`,
  },
  {
    title: "counters",
    statement: `UPDATE inventory i SET on_hand = m.h, reserved = m.r, last_restocked_at = now() - interval '366 days'
      FROM (SELECT variant_id, bucket, sum(on_hand_delta) AS h, sum(reserved_delta) AS r FROM stock_movements GROUP BY 1, 2) m WHERE m.variant_id = i.variant_id AND m.bucket = i.bucket`,
  },
];

/** What the parts and parcels of an order did, and when. */
const way: Statement[] = [
  {
    title: "parts",
    statement: `INSERT INTO fulfilments (id, order_id, owner_id, status, created_at, updated_at)
      SELECT DISTINCT ON (l.order_id, l.owner_id) pg_temp.made_id(o.placed_at, 'part ' || o.n || l.owner_id), l.order_id, l.owner_id,
        CASE o.fate WHEN 'expired' THEN 'cancelled' WHEN 'completed' THEN 'delivered' WHEN 'confirmed' THEN 'open' ELSE o.fate END::fulfilment_status, o.placed_at, o.placed_at
      FROM lines l JOIN plan o ON o.id = l.order_id`,
  },
  {
    title: "parcels",
    statement: `INSERT INTO shipments (id, fulfilment_id, status, carrier, tracking_number, shipped_at, delivered_at, created_at, updated_at)
      SELECT pg_temp.made_id(o.packed_at, 'parcel ' || f.id), f.id, CASE o.fate WHEN 'shipped' THEN 'shipped' ELSE 'delivered' END::shipment_status, 'DHL',
        substr(md5(f.id::text), 1, 12), o.packed_at, CASE WHEN o.fate <> 'shipped' THEN o.delivered_at END, o.packed_at, o.packed_at
      FROM fulfilments f JOIN plan o ON o.id = f.order_id WHERE o.fate IN ('shipped', 'delivered', 'completed')`,
  },
  {
    title: "parcels' items",
    statement: `INSERT INTO shipment_items (shipment_id, order_line_id, quantity)
      SELECT s.id, l.id, l.quantity FROM order_lines l JOIN plan o ON o.id = l.order_id JOIN fulfilments f ON f.order_id = l.order_id AND f.owner_id = l.owner_id JOIN shipments s ON s.fulfilment_id = f.id`,
  },
  {
    title: "events of orders",
    statement: `INSERT INTO order_events (id, order_id, kind, machine, from_status, to_status, actor_kind, reason, created_at)
      SELECT pg_temp.made_id(e.at, 'event ' || o.n || e.kind), o.id, e.kind, e.machine, e.from_status, e.to_status, e.actor, NULL, e.at
      FROM plan o CROSS JOIN LATERAL (VALUES
        ('placed', 'order', NULL, 'pending', 'guest', o.placed_at, true),
        ('confirmed', 'order', 'pending', 'confirmed', 'system', o.confirmed_at, o.fate <> 'expired'),
        ('cancelled', 'order', CASE o.fate WHEN 'expired' THEN 'pending' ELSE 'confirmed' END, 'cancelled', CASE o.fate WHEN 'expired' THEN 'system' ELSE 'guest' END, o.cancelled_at, o.fate IN ('expired', 'cancelled')),
        ('processing', 'order', 'confirmed', 'processing', 'owner', o.packed_at, o.fate IN ('shipped', 'delivered', 'completed')),
        ('shipped', 'order', 'processing', 'shipped', 'owner', o.packed_at, o.fate IN ('shipped', 'delivered', 'completed')),
        ('delivered', 'order', 'shipped', 'delivered', 'owner', o.delivered_at, o.fate IN ('delivered', 'completed')),
        ('completed', 'order', 'delivered', 'completed', 'system', o.completed_at, o.fate = 'completed'),
        ('paid', NULL, NULL, NULL, 'system', o.delivered_at, o.method <> 'card' AND o.fate IN ('delivered', 'completed')),
        ('refund_requested', NULL, NULL, NULL, 'admin', o.delivered_at + interval '2 days', o.refunded),
        ('refunded', NULL, NULL, NULL, 'system', o.delivered_at + interval '2 days', o.refunded)
      ) e (kind, machine, from_status, to_status, actor, at, happened) WHERE e.happened`,
  },
  {
    title: "events of parts",
    statement: `INSERT INTO order_events (id, order_id, kind, machine, from_status, to_status, actor_kind, owner_id, data, created_at)
      SELECT pg_temp.made_id(e.at, 'event ' || f.id || e.kind), o.id, e.kind, e.machine, e.from_status, e.to_status, 'owner', f.owner_id,
        CASE WHEN e.machine IS NULL THEN jsonb_build_object('shipmentId', s.id) END, e.at
      FROM fulfilments f JOIN plan o ON o.id = f.order_id JOIN shipments s ON s.fulfilment_id = f.id CROSS JOIN LATERAL (VALUES
        ('part_processing', 'fulfilment', 'open', 'processing', o.packed_at, true), ('parcel_sent', NULL, NULL, NULL, o.packed_at, true),
        ('part_shipped', 'fulfilment', 'processing', 'shipped', o.packed_at, true),
        ('parcel_delivered', NULL, NULL, NULL, o.delivered_at, o.fate <> 'shipped'),
        ('part_delivered', 'fulfilment', 'shipped', 'delivered', o.delivered_at, o.fate <> 'shipped')
      ) e (kind, machine, from_status, to_status, at, happened) WHERE e.happened`,
  },
];
