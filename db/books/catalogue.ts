/** Books of the catalogue, customers and owners' lists: what is kept beside the rows it is made of (I14). */
import type { Check } from "./check";

export const catalogue: readonly Check[] = [
  {
    invariant: "I14",
    title: "a product's rating is that of its published reviews",
    reads: ["products", "reviews"],
    sql: `SELECT 'products' AS subject, p.id::text AS id, format('%s: %s stars in %s reviews are kept; published are %s in %s', p.name, p.rating_sum, p.rating_count, COALESCE(r.sum, 0), COALESCE(r.count, 0)) AS message
      FROM products p
      LEFT JOIN (SELECT product_id, sum(rating) AS sum, count(*) AS count FROM reviews WHERE status = 'published' GROUP BY 1) r ON r.product_id = p.id
      WHERE (p.rating_sum, p.rating_count) IS DISTINCT FROM (COALESCE(r.sum, 0)::int, COALESCE(r.count, 0)::int)`,
  },
  {
    invariant: "I14",
    title: "a review's helpful votes are those that were given",
    reads: ["reviews", "review_votes"],
    sql: `SELECT 'reviews' AS subject, r.id::text AS id, format('%s votes are kept; given are %s', r.helpful_count, COALESCE(v.count, 0)) AS message
      FROM reviews r
      LEFT JOIN (SELECT review_id, count(*) FROM review_votes GROUP BY 1) v ON v.review_id = r.id
      WHERE r.helpful_count <> COALESCE(v.count, 0)`,
  },
  {
    invariant: "I14",
    title: "a product's price range is that of its variants",
    reads: ["products", "variants"],
    sql: `SELECT 'products' AS subject, p.id::text AS id, format('%s: from %s to %s is kept; its variants cost %s to %s', p.name, p.price_from, p.price_to, v.low, v.high) AS message
      FROM products p
      LEFT JOIN (SELECT product_id, min(price) AS low, max(price) AS high FROM variants WHERE is_active GROUP BY 1) v ON v.product_id = p.id
      WHERE (p.price_from, p.price_to) IS DISTINCT FROM (v.low, v.high)`,
  },
  {
    invariant: "I14",
    title: "a variant's last price change is its price",
    reads: ["variants", "price_changes"],
    sql: `SELECT 'variants' AS subject, v.id::text AS id, format('%s costs %s; its history ends at %s', v.sku, v.price, COALESCE(c.new_price::text, 'nothing')) AS message
      FROM variants v
      LEFT JOIN LATERAL (SELECT new_price FROM price_changes x WHERE x.variant_id = v.id AND x.new_price = v.price LIMIT 1) c ON true
      WHERE c.new_price IS NULL`,
  },
  {
    invariant: "I14",
    title: "what is kept of a customer is what they ordered",
    reads: ["customer_sums", "orders", "users", "settings"],
    sql: `SELECT 'customer_sums' AS subject, COALESCE(k.holder, t.holder) AS id,
        format('%s orders, %s spent are kept; they placed %s, spent %s', COALESCE(k.orders, 0), COALESCE(k.spent, 0), COALESCE(t.orders, 0), COALESCE(t.spent, 0)) AS message
      FROM customer_sums k FULL JOIN (
        SELECT * FROM customer_tallies UNION ALL
        SELECT u.id::text COLLATE "C", u.id, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL FROM users u WHERE NOT EXISTS (SELECT FROM orders o WHERE o.user_id = u.id)
      ) t ON t.holder = k.holder
      WHERE (k.user_id, k.placed, k.orders, k.cancelled, k.spent, k.refunded, k.first_order, k.last_order, k.first_at, k.last_at)
        IS DISTINCT FROM (t.user_id, t.placed, t.orders, t.cancelled, t.spent, t.refunded, t.first_order, t.last_order, t.first_at, t.last_at)`,
  },
  {
    invariant: "I14",
    title: "what is kept of an owner's buyer is what they ordered of that owner",
    reads: ["buyer_sums", "orders", "order_lines", "settings"],
    sql: `SELECT 'buyer_sums' AS subject, COALESCE(k.holder, t.holder) AS id,
        format('%s orders, worth %s, are kept; they placed %s, worth %s', COALESCE(k.orders, 0), COALESCE(k.value, 0), COALESCE(t.orders, 0), COALESCE(t.value, 0)) AS message
      FROM buyer_sums k FULL JOIN buyer_tallies t ON t.owner_id = k.owner_id AND t.holder = k.holder
      WHERE (k.is_guest, k.orders, k.value, k.first_order, k.last_order, k.last_at)
        IS DISTINCT FROM (t.is_guest, t.orders, t.value, t.first_order, t.last_order, t.last_at)`,
  },
  {
    invariant: "I14",
    title: "an owner's list has each order with their part of it",
    reads: ["owner_orders", "fulfilments", "orders", "order_lines", "order_addresses"],
    sql: `SELECT 'owner_orders' AS subject, COALESCE(k.order_id, p.order_id)::text AS id,
        format('owner %s: %s, %s, of %s for %s is kept; the part is %s, %s, of %s for %s', COALESCE(k.owner_id, p.owner_id),
          COALESCE(k.status::text, 'nothing'), k.part, k.total, k.country, COALESCE(p.status::text, 'nothing'), p.part, p.total, p.country) AS message
      FROM owner_orders k FULL JOIN owner_order_parts p ON p.order_id = k.order_id AND p.owner_id = k.owner_id
      WHERE (k.placed_at, k.status, k.part, k.country, k.total) IS DISTINCT FROM (p.placed_at, p.status, p.part, p.country, p.total)`,
  },
];
