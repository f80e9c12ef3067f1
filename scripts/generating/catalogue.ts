/** A small catalogue for a history of orders, in a shop that has none. */
import type { Statement } from "./statement";

const EMPTY = "NOT EXISTS (SELECT FROM variants)";

/** Each statement does nothing where there are goods already. */
export const catalogue: readonly Statement[] = [
  {
    title: "settings",
    statement: `INSERT INTO settings (id, store_name, store_email, currency, country) SELECT 1, 'Generated', 'shop@example.com', 'EUR', 'IE' WHERE NOT EXISTS (SELECT FROM settings)`,
  },
  {
    title: "owners' users",
    statement: `INSERT INTO users (id, email, username, role) SELECT pg_temp.made_id('2025-01-01', 'user ' || n), 'maker' || n || '@example.com', 'maker' || n, 'owner' FROM generate_series(1, 20) n WHERE ${EMPTY}`,
  },
  {
    title: "owners",
    statement: `INSERT INTO owners (id, user_id, name, slug) SELECT pg_temp.made_id('2025-01-01', 'owner ' || n), pg_temp.made_id('2025-01-01', 'user ' || n), 'Maker ' || n, 'maker-' || n FROM generate_series(1, 20) n WHERE ${EMPTY}`,
  },
  {
    title: "category",
    statement: `INSERT INTO categories (id, name, slug, path) SELECT pg_temp.made_id('2025-01-01', 'category'), 'Generated', 'generated', 'generated' WHERE ${EMPTY}`,
  },
  {
    title: "products",
    statement: `INSERT INTO products (id, owner_id, category_id, slug, name, status, published_at, price_from, price_to, created_at, updated_at)
      SELECT pg_temp.made_id('2025-01-01', 'product ' || n), pg_temp.made_id('2025-01-01', 'owner ' || 1 + n % 20), pg_temp.made_id('2025-01-01', 'category'), 'thing-' || n, 'Thing ' || n, 'active', '2025-01-01',
        900 + n % 90 * 100, 900 + n % 90 * 100, '2025-01-01', '2025-01-01' FROM generate_series(1, 1000) n WHERE ${EMPTY}`,
  },
  {
    title: "variants",
    statement: `INSERT INTO variants (id, product_id, sku, title, option_key, price, weight, position, created_at, updated_at)
      SELECT pg_temp.made_id('2025-01-01', 'variant ' || n || '/' || k), pg_temp.made_id('2025-01-01', 'product ' || n), 'T' || n || '-' || k, 'Size ' || k, k::text, 900 + n % 90 * 100, 300, k, '2025-01-01', '2025-01-01'
      FROM generate_series(1, 1000) n, generate_series(1, 2) k WHERE ${EMPTY}`,
  },
  {
    title: "prices",
    statement: `INSERT INTO price_changes (id, variant_id, new_price, created_at) SELECT pg_temp.made_id('2025-01-01', 'price ' || id), id, price, '2025-01-01' FROM variants v WHERE NOT EXISTS (SELECT FROM price_changes c WHERE c.variant_id = v.id)`,
  },
  {
    title: "counters",
    statement:
      "INSERT INTO inventory (variant_id) SELECT id FROM variants v WHERE NOT EXISTS (SELECT FROM inventory i WHERE i.variant_id = v.id)",
  },
];
