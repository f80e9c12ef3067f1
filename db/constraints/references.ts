/** Every foreign key, as "table.column > parent": what becomes of a row when the parent is deleted. */

/** Goes with its parent. */
const cascade = `
  accounts.user_id > users, sessions.user_id > users, verification_tokens.user_id > users, totp.user_id > users,
  addresses.user_id > users, notifications.user_id > users, customer_sums.user_id > users, saved_views.user_id > users,
  carts.user_id > users, wishlists.user_id > users, alerts.user_id > users, alerts.variant_id > variants,
  cart_items.cart_id > carts, cart_items.variant_id > variants, checkouts.cart_id > carts,
  wishlist_items.wishlist_id > wishlists, wishlist_items.variant_id > variants,
  product_options.product_id > products, option_values.option_id > product_options,
  product_images.product_id > products, variant_option_values.variant_id > variants,
  reviews.product_id > products, search_products.product_id > products, review_votes.review_id > reviews,
  discount_targets.discount_id > discounts, discount_targets.category_id > categories,
  discount_targets.product_id > products, tax_rates.tax_class_id > tax_classes,
  shipping_rates.zone_id > shipping_zones, shipping_zone_places.zone_id > shipping_zones,
  import_rows.import_id > imports, import_files.import_id > imports, former_order_lines.order_id > former_orders, buyer_sums.owner_id > owners`;

/** Stays and forgets its parent. */
const setNull = `
  users.membership_tier_id > membership_tiers, product_images.option_value_id > option_values,
  reviews.user_id > users, checkouts.shipping_rate_id > shipping_rates, discount_redemptions.user_id > users,
  carts.merged_into > carts, orders.checkout_id > checkouts, orders.cart_id > carts, orders.user_id > users,
  order_lines.product_id > products, order_notes.author_id > users, refunds.requested_by > users,
  payouts.created_by > users, imports.started_by > users, mail.order_id > orders,
  former_orders.import_id > imports, former_order_lines.variant_id > variants`;

/** Keeps its parent from being deleted: whatever sells, counts or is in the books. */
const restrict = `
  owners.user_id > users, audit.actor_id > users,
  categories.parent_id > categories, products.owner_id > owners, products.category_id > categories,
  products.tax_class_id > tax_classes, variants.product_id > products,
  variant_option_values.option_value_id > option_values,
  price_changes.variant_id > variants, price_changes.changed_by > users,
  inventory.variant_id > variants, stock_movements.variant_id > variants, stock_movements.order_id > orders,
  stock_movements.actor_id > users, stock_reservations.order_id > orders, stock_reservations.variant_id > variants,
  discounts.membership_tier_id > membership_tiers, discount_redemptions.discount_id > discounts,
  discount_redemptions.order_id > orders,
  order_lines.order_id > orders, order_lines.owner_id > owners, order_lines.variant_id > variants,
  order_addresses.order_id > orders, order_notes.order_id > orders, order_notes.owner_id > owners,
  order_events.order_id > orders, order_events.actor_id > users, order_events.owner_id > owners,
  fulfilments.order_id > orders, fulfilments.owner_id > owners, shipments.fulfilment_id > fulfilments,
  shipment_items.shipment_id > shipments, shipment_items.order_line_id > order_lines,
  payments.order_id > orders, payment_attempts.payment_id > payments,
  refunds.order_id > orders, refunds.payment_id > payments, refund_lines.refund_id > refunds,
  refund_lines.order_line_id > order_lines, disputes.order_id > orders, disputes.payment_id > payments,
  returns.order_id > orders, returns.owner_id > owners, returns.refund_id > refunds,
  invoices.order_id > orders, invoices.refund_id > refunds,
  return_lines.return_id > returns, return_lines.order_line_id > order_lines,
  ledger_transactions.order_id > orders, ledger_entries.transaction_id > ledger_transactions,
  ledger_entries.owner_id > owners, payouts.owner_id > owners, payout_lines.payout_id > payouts,
  payout_runs.owner_id > owners, payout_runs.payout_id > payouts,
  imports.owner_id > owners, owner_orders.owner_id > owners, owner_orders.order_id > orders`;

export interface Reference {
  constraint: string;
  table: string;
  column: string;
  parent: string;
  onDelete: "cascade" | "set null" | "restrict";
}

function read(list: string, onDelete: Reference["onDelete"]): Reference[] {
  return list.split(",").map((entry) => {
    const [, table = "", column = "", parent = ""] = /(\w+)\.(\w+) > (\w+)/.exec(entry) ?? [];
    return { constraint: `${table}_${column}_${parent}_id_fk`, table, column, parent, onDelete };
  });
}

export const references: readonly Reference[] = [
  ...read(cascade, "cascade"),
  ...read(setNull, "set null"),
  ...read(restrict, "restrict"),
];
