/** Every trigger of the schema, by what it keeps. */

/** Rows are written once: no UPDATE, no DELETE, no TRUNCATE. */
export const appendOnly = [
  "stock_movements",
  "ledger_transactions",
  "ledger_entries",
  "order_events",
  "audit",
  "price_changes",
  "search_log",
  "webhook_event_ids",
  "invoices",
] as const;

/** Tables whose status follows a machine of lib/domain/machines.ts. */
export const machineOf: Readonly<Record<string, string>> = {
  orders: "order",
  fulfilments: "fulfilment",
  shipments: "shipment",
  payments: "payment",
  refunds: "refund",
  disputes: "dispute",
  returns: "return",
  payouts: "payout",
  stock_reservations: "reservation",
};

/** Snapshots: the columns that may change after all; every other one may not, and the row stays. */
export const frozen: Readonly<Record<string, readonly string[]>> = {
  order_lines: [
    "product_id",
    "shipped_quantity",
    "refunded_quantity",
    "refunded_amount",
    "returned_quantity",
    "cancelled_quantity",
  ],
  order_addresses: ["replaced_at"],
};

/** What was agreed when the order was placed. */
export const frozenSums = [
  "number",
  "currency",
  "prices_include_tax",
  "subtotal",
  "discount",
  "shipping",
  "shipping_tax",
  "tax",
  "total",
] as const;

/** Triggers with a test of their own in sums.test.ts, kept-columns.test.ts and lib/queries/catalog/search.test.ts. */
const others = [
  "orders_lines_sum",
  "order_lines_sum",
  "ledger_entries_balance",
  "categories_no_circle",
  "products_search",
  "products_search_figures",
  "search_products_words",
  "categories_search",
  "variants_search",
  "variant_option_values_search",
  "option_values_search",
  "inventory_search",
  "inventory_search_crossing",
  "search_queue_worked",
  "variants_prices",
  "variants_price_log",
  "orders_buyer_new",
  "orders_buyer_moved",
  "order_lines_buyer_refunded",
  "fulfilments_owner_order",
  "fulfilments_owner_order_moved",
  "orders_owner_order_moved",
  "orders_customer_new",
  "orders_customer_moved",
  "users_customer_new",
  "settings_currency_sums",
];

/** The names of all triggers that a test covers. */
export const coveredTriggers: ReadonlySet<string> = new Set([
  ...appendOnly.flatMap((table) => [`${table}_append_only`, `${table}_no_truncate`]),
  ...Object.keys(machineOf).map((table) => `${table}_transition`),
  ...Object.keys(frozen).flatMap((table) => [`${table}_frozen`, `${table}_kept`]),
  "orders_sums_frozen",
  "orders_kept",
  ...others,
]);
