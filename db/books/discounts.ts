/** Books of discounts: uses counted, kept within limits, taken and given back with their orders (I8). */
import type { Check } from "./check";

export const discounts: readonly Check[] = [
  {
    invariant: "I8",
    title: "a discount counts its live uses, within its limit",
    reads: ["discounts", "discount_redemptions"],
    sql: `SELECT 'discounts' AS subject, d.id::text AS id, format('%s counts %s uses of %s; %s are live', d.title, d.used, COALESCE(d.total_limit::text, 'any number'), COALESCE(r.live, 0)) AS message
      FROM discounts d
      LEFT JOIN (SELECT discount_id, count(*) AS live FROM discount_redemptions WHERE given_back_at IS NULL GROUP BY 1) r ON r.discount_id = d.id
      WHERE d.used <> COALESCE(r.live, 0) OR COALESCE(r.live, 0) > d.total_limit`,
  },
  {
    invariant: "I8",
    title: "a customer uses a discount within the customer's limit",
    reads: ["discounts", "discount_redemptions", "audit"],
    // A limit that staff lowered afterwards makes nobody wrong.
    sql: `SELECT 'discounts' AS subject, d.id::text AS id, format('%s: %s used it %s times of %s', d.title, r.who, r.uses, d.per_customer_limit) AS message
      FROM discounts d
      JOIN (SELECT discount_id, COALESCE(user_id::text, mailbox_of(email)) AS who, count(*) AS uses FROM discount_redemptions
        WHERE given_back_at IS NULL GROUP BY 1, 2) r ON r.discount_id = d.id
      WHERE r.uses > d.per_customer_limit AND NOT EXISTS (SELECT FROM audit a WHERE a.subject_id = d.id::text
        AND a.before ->> 'perCustomerLimit' IS DISTINCT FROM a.after ->> 'perCustomerLimit')`,
  },
  {
    invariant: "I8",
    title: "an order's use is live unless it was called off before shipping",
    reads: ["discount_redemptions", "orders", "order_lines"],
    sql: `SELECT 'discount_redemptions' AS subject, r.id::text AS id,
        format('order %s is %s; its use is %s', o.number, o.status, CASE WHEN r.given_back_at IS NULL THEN 'live' ELSE 'given back' END) AS message
      FROM discount_redemptions r JOIN orders o ON o.id = r.order_id
      WHERE CASE WHEN r.given_back_at IS NULL
        THEN o.status = 'cancelled' AND NOT EXISTS (SELECT FROM order_lines l WHERE l.order_id = o.id AND l.shipped_quantity > 0)
        ELSE o.status <> 'cancelled' AND NOT EXISTS (SELECT FROM discount_redemptions x
          WHERE x.order_id = r.order_id AND x.discount_id = r.discount_id AND x.given_back_at IS NULL) END`,
  },
  {
    invariant: "I8",
    title: "an order's discount is the sum of those it used",
    reads: ["orders", "discount_redemptions", "discounts"],
    // Free shipping lowers shipping, never the discount; orders made by hand may name a sum of their own.
    sql: `SELECT 'orders' AS subject, o.id::text AS id, format('order %s: discount %s, code %s; it used %s worth %s', o.number, o.discount, COALESCE(o.discount_code, 'none'), COALESCE(r.uses, 0), COALESCE(r.worth, 0)) AS message
      FROM orders o
      LEFT JOIN (SELECT x.order_id, count(DISTINCT x.discount_id) AS uses, sum(x.amount) FILTER (WHERE d.kind <> 'free_shipping') AS worth
        FROM (SELECT DISTINCT ON (order_id, discount_id) * FROM discount_redemptions ORDER BY order_id, discount_id, given_back_at DESC NULLS FIRST) x
        JOIN discounts d ON d.id = x.discount_id GROUP BY 1) r ON r.order_id = o.id
      WHERE o.checkout_id IS NOT NULL AND (o.discount <> COALESCE(r.worth, 0) OR (o.discount_code IS NOT NULL AND COALESCE(r.uses, 0) = 0))`,
  },
];
