/** Every index that is partial, ordered or over an expression, with the query that it is there for. */

const ACTIVE = "select id from products where status = 'active'";
const ID = "'00000000-0000-7000-8000-000000000000'";

export const indexes: Readonly<Record<string, string>> = {
  products_newest_idx: `${ACTIVE} order by published_at desc, id limit 24`,
  products_best_idx: `${ACTIVE} order by sold_recently desc, id limit 24`,
  products_price_idx: `${ACTIVE} order by price_from, id limit 24`,
  products_featured_idx: `${ACTIVE} and is_featured order by published_at desc limit 8`,
  products_due_idx:
    "select id from products where publish_at is not null or unpublish_at is not null order by least(publish_at, unpublish_at) limit 1",
  products_tags_idx: "select id from products where tags @> array['oak']",
  products_name_idx: "select id from products where status <> 'archived' order by lower(name), id limit 30",
  products_search_idx: "select id from products where lower(name) like '%bowl%'",
  variants_search_idx: "select id from variants where lower(sku) like '%bo-1%'",
  inventory_spread_idx: "select variant_id from inventory where buckets > 1",
  search_documents_words_idx:
    "select number from search_documents where words @@ plainto_tsquery('shop', 'bowl')",
  search_words_near_idx: "select word from search_words where near && array['bol', 'bwl']",
  price_changes_variant_idx: `select old_price from price_changes where variant_id = ${ID} order by created_at desc`,
  reviews_product_idx: `select id from reviews where product_id = ${ID} and status = 'published' order by created_at desc`,
  order_addresses_country_idx:
    "select order_id from order_addresses where kind = 'shipping' and replaced_at is null and country = 'FR'",
  customer_sums_last_idx:
    "select holder from customer_sums order by last_at desc nulls last, holder limit 30",
  customer_sums_spent_idx: "select holder from customer_sums order by spent desc nulls last, holder limit 30",
  customer_sums_orders_idx:
    "select holder from customer_sums order by orders desc nulls last, holder limit 30",
  buyer_sums_last_idx: `select holder from buyer_sums where owner_id = ${ID} order by last_at desc nulls last, first_order limit 30`,
  buyer_sums_value_idx: `select holder from buyer_sums where owner_id = ${ID} order by value desc nulls last, first_order limit 30`,
  buyer_sums_orders_idx: `select holder from buyer_sums where owner_id = ${ID} order by orders desc nulls last, first_order limit 30`,
  owner_orders_placed_idx: `select order_id from owner_orders where owner_id = ${ID} order by placed_at desc, order_id limit 30`,
  owner_orders_status_idx: `select order_id from owner_orders where owner_id = ${ID} and status = 'confirmed' order by placed_at desc, order_id limit 30`,
  owner_orders_country_idx: `select order_id from owner_orders where owner_id = ${ID} and country = 'FR' order by placed_at desc, order_id limit 30`,
  owner_orders_total_idx: `select order_id from owner_orders where owner_id = ${ID} order by total desc, order_id limit 30`,
  order_lines_refunded_idx: `select order_id from order_lines where owner_id = ${ID} and refunded_amount > 0`,
  reviews_pending_idx: "select id from reviews where status = 'pending' order by created_at",
  inventory_low_idx: "select variant_id from inventory where available <= low_stock_threshold",
  stock_movements_variant_idx: `select kind from stock_movements where variant_id = ${ID} order by created_at desc`,
  stock_reservations_expiry_idx:
    "select id from stock_reservations where status = 'active' and expires_at < shop_now() order by expires_at",
  carts_reminder_idx: `select id from carts where status = 'active' and reminder_consent_at is not null
    and reminded_at is null and updated_at < shop_now() order by updated_at`,
  alerts_variant_idx: `select id from alerts where variant_id = ${ID} and sent_at is null`,
  discount_redemptions_customer_idx: `select id from discount_redemptions
    where discount_id = ${ID} and mailbox_of(email) = 'ada@example.com'`,
  orders_placed_idx: "select id from orders order by placed_at desc, id limit 50",
  orders_status_idx: "select id from orders where status = 'confirmed' order by placed_at desc",
  orders_user_idx: `select id from orders where user_id = ${ID} order by placed_at desc`,
  orders_email_idx: "select id from orders where lower(email) = 'ada@example.com'",
  orders_total_idx: "select id from orders order by total desc, id limit 50",
  orders_refunded_idx: "select id from orders where refunded > 0 order by placed_at desc, id limit 30",
  orders_uncaptured_idx:
    "select id from orders where captured = 0 and status <> 'cancelled' order by placed_at desc, id limit 30",
  orders_waiting_idx:
    "select id from orders where status in ('confirmed', 'processing') order by placed_at, id desc limit 6",
  orders_disputed_idx: "select id from orders where is_disputed order by placed_at desc, id limit 30",
  orders_search_idx:
    "select id from orders where lower(number) like '%4kx9%' union all select id from orders where lower(email) like '%ada@%'",
  order_addresses_search_idx: `select order_id from order_addresses where kind = 'shipping'
    and lower(name) like '%lovelace%' and regexp_replace(phone, '\\D', '', 'g') like '%3012345%'`,
  stock_movements_sold_idx: `select variant_id from stock_movements where kind in ('sale', 'return')
    and created_at >= shop_now() - interval '1 day'`,
  orders_expiry_idx: "select id from orders where status = 'pending' order by expires_at",
  payments_open_idx: "select id from payments where status in ('pending', 'processing') order by created_at",
  refunds_created_idx: "select id from refunds order by created_at desc, id desc limit 30",
  refunds_failed_idx: "select id from refunds where status = 'failed' order by created_at",
  refunds_open_idx: "select id from refunds where status in ('reserved', 'pending') order by created_at",
  webhook_events_open_idx: "select id from webhook_events where processed_at is null order by created_at",
  payouts_owner_idx: `select id from payouts where owner_id = ${ID} order by created_at desc`,
  audit_subject_idx:
    "select id from audit where subject = 'orders' and subject_id = '1' order by created_at desc",
  audit_actor_idx: `select id from audit where actor_id = ${ID} order by created_at desc`,
  notifications_user_idx: `select id from notifications where user_id = ${ID} order by created_at desc`,
  mail_created_idx: "select id from mail order by created_at desc limit 50",
  mail_queue_idx: "select id from mail where status in ('queued', 'failed') order by created_at",
  import_rows_undone_idx: `select id from import_rows where before ->> 'productId' = ${ID} and undo is not null`,
  former_orders_email_idx:
    "select id from former_orders where email = 'ada@example.com' order by placed_at desc limit 20",
  former_orders_placed_idx: "select id from former_orders order by placed_at desc, id limit 30",
  former_orders_search_idx: `select id from former_orders where lower(number) like '%1001%' union all
    select id from former_orders where lower(email) like '%ada@%' union all
    select id from former_orders where lower(address ->> 'name') like '%lovelace%'`,
  imports_created_idx: "select id from imports order by created_at desc limit 20",
};
