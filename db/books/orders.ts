/** Books of orders: what was ordered adds up, stays as it was, and is whole (I11). */
import type { Check } from "./check";

export const orders: readonly Check[] = [
  {
    invariant: "I11",
    title: "lines sum to their order",
    reads: ["orders", "order_lines"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s: subtotal %s, discount %s, tax %s; its %s lines sum to %s, %s, %s',
        o.number, o.subtotal, o.discount, o.tax - o.shipping_tax, COALESCE(l.n, 0), COALESCE(l.subtotal, 0), COALESCE(l.discount, 0), COALESCE(l.tax, 0)) AS message
      FROM orders o
      LEFT JOIN (SELECT order_id, count(*) AS n, sum(subtotal) AS subtotal, sum(discount) AS discount, sum(tax) AS tax FROM order_lines GROUP BY 1) l
        ON l.order_id = o.id
      WHERE (l.subtotal, l.discount, l.tax) IS DISTINCT FROM (o.subtotal::numeric, o.discount::numeric, (o.tax - o.shipping_tax)::numeric)`,
  },
  {
    invariant: "I11",
    title: "an order's total is the sum of its parts",
    reads: ["orders"],
    sql: `SELECT 'orders' AS subject, id::text AS id, format('order %s: %s − %s + %s, tax %s, make no %s', number, subtotal, discount, shipping, tax, total) AS message
      FROM orders WHERE total <> subtotal - discount + shipping + CASE WHEN prices_include_tax THEN 0 ELSE tax END
        OR discount NOT BETWEEN 0 AND subtotal OR shipping_tax NOT BETWEEN 0 AND tax`,
  },
  {
    invariant: "I11",
    title: "a line's total is the sum of its parts",
    reads: ["order_lines", "orders"],
    sql: `SELECT 'order_lines' AS subject, l.id::text AS id, format('order %s: %s × %s, − %s, tax %s, make no %s', o.number, l.quantity, l.unit_price, l.discount, l.tax, l.total) AS message
      FROM order_lines l JOIN orders o ON o.id = l.order_id
      WHERE l.subtotal <> l.unit_price * l.quantity OR l.total <> l.subtotal - l.discount + CASE WHEN o.prices_include_tax THEN 0 ELSE l.tax END
        OR (l.tax_rate = 0 AND l.tax <> 0)`,
  },
  {
    invariant: "I11",
    title: "a line's counters fit its items",
    reads: ["order_lines"],
    sql: `SELECT 'order_lines' AS subject, id::text AS id, format('%s ordered: %s shipped, %s taken off, %s came back, %s refunded', quantity, shipped_quantity, cancelled_quantity, returned_quantity, refunded_quantity) AS message
      FROM order_lines WHERE quantity <= 0 OR shipped_quantity < 0 OR cancelled_quantity < 0 OR returned_quantity < 0 OR refunded_quantity < 0
        OR shipped_quantity + cancelled_quantity > quantity OR returned_quantity > shipped_quantity OR refunded_quantity > quantity`,
  },
  {
    invariant: "I11",
    title: "owners' goods in a line are those that the sale was posted with",
    reads: ["order_lines", "orders", "ledger_transactions", "ledger_entries"],
    sql: `SELECT 'orders' AS subject, order_id::text AS id, format('owner %s: lines of %s, posted as %s', owner_id, sum(ours), sum(posted)) AS message
      FROM (
        SELECT t.order_id, e.owner_id, 0 AS ours, -e.amount AS posted FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
          WHERE e.account = 'sales' AND t.kind = 'captured'
        UNION ALL
        SELECT o.id, l.owner_id, l.subtotal - CASE WHEN o.prices_include_tax THEN l.tax ELSE 0 END, 0
          FROM ledger_transactions t JOIN orders o ON o.id = t.order_id JOIN order_lines l ON l.order_id = o.id WHERE t.kind = 'captured'
      ) sides GROUP BY order_id, owner_id HAVING sum(ours) <> sum(posted)`,
  },
  {
    invariant: "I11",
    title: "a line says what it said when it was ordered",
    reads: ["order_lines", "orders", "variants", "products"],
    // The goods are the witness for as long as nobody changed them since.
    sql: `SELECT 'order_lines' AS subject, l.id::text AS id, format('order %s: %s (%s) of owner %s; it was %s (%s) of owner %s', o.number, l.product_name, l.sku, l.owner_id, p.name, v.sku, p.owner_id) AS message
      FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN variants v ON v.id = l.variant_id JOIN products p ON p.id = v.product_id
      WHERE l.product_id <> p.id OR l.product_name = '' OR l.sku = '' OR l.product_slug = ''
        OR (v.updated_at < o.placed_at AND l.sku <> v.sku)
        OR (p.updated_at < o.placed_at AND (l.owner_id <> p.owner_id OR l.product_name <> p.name))`,
  },
  {
    invariant: "I11",
    title: "an order has its addresses, and one part for each owner of its goods",
    reads: ["orders", "order_addresses", "order_lines", "fulfilments"],
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s has no %s address', o.number, k.kind) AS message
      FROM orders o CROSS JOIN (VALUES ('shipping'), ('billing')) k (kind)
      WHERE NOT EXISTS (SELECT FROM order_addresses a WHERE a.order_id = o.id AND a.kind = k.kind AND a.replaced_at IS NULL)
      UNION ALL
      SELECT 'orders', l.order_id::text, format('owner %s has lines and no part', l.owner_id)
      FROM order_lines l WHERE NOT EXISTS (SELECT FROM fulfilments f WHERE f.order_id = l.order_id AND f.owner_id = l.owner_id)
      UNION ALL
      SELECT 'orders', f.order_id::text, format('owner %s has a part and no lines', f.owner_id)
      FROM fulfilments f WHERE NOT EXISTS (SELECT FROM order_lines l WHERE l.order_id = f.order_id AND l.owner_id = f.owner_id)`,
  },
];
