/** Every UNIQUE constraint and unique index: in what two rows must not be the same, and when they may. */
import { newId } from "../id";
import { type Row, ref } from "./refs";

export interface UniqueCase {
  table: string;
  /** The second row takes these columns from the first. */
  same: string[];
  /** Both rows have this. */
  both: Row;
  /** How the second row writes a text that counts as the same: another case, for instance. */
  twist: (text: string) => string;
  /** With one of these the second row is taken all the same: the rule is partial. */
  free: Row[];
}

const unique = (table: string, same: string[], rest: Partial<UniqueCase> = {}): UniqueCase => ({
  table,
  same,
  both: {},
  twist: (text) => text,
  free: [],
  ...rest,
});
const upper = (text: string) => text.toUpperCase();
const PAST = "2026-01-01T00:00:00Z";

export const uniques: Record<string, UniqueCase> = {
  membership_tiers_code_unique: unique("membership_tiers", ["code"]),
  membership_tiers_name_key: unique("membership_tiers", ["name"], { twist: upper }),
  guest_notes_email_unique: unique("guest_notes", ["email"]),
  users_email_key: unique("users", ["email"], { twist: upper }),
  users_username_key: unique("users", ["username"], { twist: upper }),
  accounts_provider_provider_account_id_pk: unique("accounts", ["provider", "provider_account_id"], {
    free: [{ provider: "google" }],
  }),
  owners_userId_unique: unique("owners", ["user_id"]),
  owners_slug_unique: unique("owners", ["slug"]),
  owners_stripeAccountId_unique: unique("owners", ["stripe_account_id"], {
    both: { stripe_account_id: "acct_1" },
    free: [{ stripe_account_id: null }],
  }),
  addresses_default_shipping_key: unique("addresses", ["user_id"], {
    both: { is_default_shipping: true },
    free: [{ is_default_shipping: false }],
  }),
  addresses_default_billing_key: unique("addresses", ["user_id"], {
    both: { is_default_billing: true },
    free: [{ is_default_billing: false }],
  }),

  tax_classes_code_unique: unique("tax_classes", ["code"]),
  tax_classes_default_key: unique("tax_classes", [], {
    both: { is_default: true },
    free: [{ is_default: false }],
  }),
  // A rate of the whole country (no region) counts like any other place.
  tax_rates_key: unique("tax_rates", ["tax_class_id", "country", "region"], { free: [{ region: "D" }] }),
  shipping_zones_name_unique: unique("shipping_zones", ["name"]),
  shipping_zone_places_key: unique("shipping_zone_places", ["country", "region"], {
    both: { region: null },
    free: [{ region: "D" }],
  }),

  categories_path_unique: unique("categories", ["slug", "path"]),
  products_slug_unique: unique("products", ["slug"]),
  slug_redirects_kind_slug_pk: unique("slug_redirects", ["kind", "slug"], { free: [{ kind: "category" }] }),
  product_options_name_key: unique("product_options", ["product_id", "name"], { free: [{ name: "Size" }] }),
  option_values_value_key: unique("option_values", ["option_id", "value"], { free: [{ value: "Blue" }] }),
  search_values_key: unique("search_values", ["name", "value"], { twist: upper, free: [{ value: "Blue" }] }),
  search_products_number_key: unique("search_products", ["number"]),
  search_hits_stem_rank_sold_number_pk: unique("search_hits", ["stem", "rank", "sold", "number"], {
    free: [{ stem: "vase" }, { number: 0 }],
  }),
  search_queue_transaction_product_id_pk: unique("search_queue", ["transaction", "product_id"], {
    free: [{ product_id: newId() }],
  }),
  variants_sku_key: unique("variants", ["sku"], { twist: (text) => text.toLowerCase() }),
  variants_option_key: unique("variants", ["product_id", "option_key"], {
    free: [{ is_active: false }, { option_key: "red" }],
  }),
  variant_option_values_variant_id_option_value_id_pk: unique("variant_option_values", [
    "variant_id",
    "option_value_id",
  ]),
  product_images_key_unique: unique("product_images", ["key"]),
  product_images_primary_key: unique("product_images", ["product_id"], {
    both: { is_primary: true },
    free: [{ is_primary: false }],
  }),
  reviews_author_key: unique("reviews", ["product_id", "user_id"], {
    both: { user_id: ref("users") },
    free: [{ user_id: null }],
  }),
  review_votes_review_id_voter_pk: unique("review_votes", ["review_id", "voter"], {
    free: [{ voter: "another" }],
  }),

  inventory_variant_id_bucket_pk: unique("inventory", ["variant_id", "bucket"], { free: [{ bucket: 1 }] }),
  stock_reservations_live_key: unique("stock_reservations", ["order_id", "variant_id", "bucket"], {
    free: [{ bucket: 1 }],
  }),
  carts_active_user_key: unique("carts", ["user_id"], {
    both: { user_id: ref("users"), guest_token_hash: null },
    free: [{ status: "ordered" }, { status: "merged" }],
  }),
  carts_active_guest_key: unique("carts", ["guest_token_hash"], {
    free: [{ status: "ordered" }, { status: "merged" }],
  }),
  cart_items_variant_key: unique("cart_items", ["cart_id", "variant_id"]),
  wishlists_user_key: unique("wishlists", ["user_id"], {
    both: { user_id: ref("users"), guest_token_hash: null },
  }),
  wishlists_guest_key: unique("wishlists", ["guest_token_hash"]),
  wishlists_shareToken_unique: unique("wishlists", ["share_token"], {
    both: { share_token: "secret" },
    free: [{ share_token: null }],
  }),
  wishlist_items_variant_key: unique("wishlist_items", ["wishlist_id", "variant_id"]),
  alerts_open_key: unique("alerts", ["kind", "variant_id", "email"], {
    twist: upper,
    free: [{ sent_at: PAST }, { kind: "price_drop", price: 100 }],
  }),
  checkouts_open_key: unique("checkouts", ["cart_id"], {
    free: [{ status: "placed" }, { status: "abandoned" }],
  }),
  discounts_code_key: unique("discounts", ["code"], {
    both: { code: "spring-10" },
    twist: upper,
    free: [{ code: null }],
  }),
  discount_targets_key: unique("discount_targets", ["discount_id", "category_id"]),
  discount_redemptions_live_key: unique("discount_redemptions", ["discount_id", "order_id"], {
    free: [{ given_back_at: PAST }],
  }),

  orders_number_unique: unique("orders", ["number"]),
  orders_checkoutId_unique: unique("orders", ["checkout_id"], {
    both: { checkout_id: ref("checkouts") },
    free: [{ checkout_id: null }],
  }),
  former_orders_external_key: unique("former_orders", ["source", "external_id"], {
    free: [{ external_id: null }, { source: "another" }],
  }),
  former_orders_number_key: unique("former_orders", ["source", "number"], {
    both: { external_id: null },
    free: [{ external_id: "1" }, { source: "another" }],
  }),
  former_order_lines_position_key: unique("former_order_lines", ["order_id", "position"], {
    free: [{ position: 2 }],
  }),
  order_lines_variant_key: unique("order_lines", ["order_id", "variant_id"]),
  order_addresses_current_key: unique("order_addresses", ["order_id", "kind"], {
    free: [{ kind: "billing" }, { replaced_at: PAST }],
  }),
  fulfilments_part_key: unique("fulfilments", ["order_id", "owner_id"]),
  shipment_items_shipment_id_order_line_id_pk: unique("shipment_items", ["shipment_id", "order_line_id"]),

  payments_idempotencyKey_unique: unique("payments", ["idempotency_key"]),
  payments_providerIntentId_unique: unique("payments", ["provider_intent_id"], {
    both: { provider_intent_id: "pi_1" },
    free: [{ provider_intent_id: null }],
  }),
  payments_providerSessionId_unique: unique("payments", ["provider_session_id"], {
    both: { provider_session_id: "cs_1" },
    free: [{ provider_session_id: null }],
  }),
  payments_one_open_key: unique("payments", ["order_id"]),
  payment_attempts_providerEventId_unique: unique("payment_attempts", ["provider_event_id"], {
    both: { provider_event_id: "evt_1" },
    free: [{ provider_event_id: null }],
  }),
  refunds_providerRefundId_unique: unique("refunds", ["provider_refund_id"], {
    both: { provider_refund_id: "re_1" },
    free: [{ provider_refund_id: null }],
  }),
  refund_lines_key: unique("refund_lines", ["refund_id", "order_line_id"]),
  disputes_providerDisputeId_unique: unique("disputes", ["provider_dispute_id"]),
  webhook_event_ids_pkey: unique("webhook_event_ids", ["provider_event_id"]),
  returns_number_unique: unique("returns", ["number"]),
  invoices_number_unique: unique("invoices", ["number"]),
  invoices_seq_key: unique("invoices", ["kind", "seq"], { free: [{ kind: "invoice" }] }),
  invoices_refundId_unique: unique("invoices", ["refund_id"], {
    both: { refund_id: ref("refunds") },
    free: [{ refund_id: null }],
  }),
  // One invoice an order; credit notes without a refund behind them once, too.
  invoices_order_key: unique("invoices", ["order_id", "kind"], { free: [{ kind: "invoice" }] }),
  return_lines_key: unique("return_lines", ["return_id", "order_line_id"]),
  ledger_transactions_source_key: unique("ledger_transactions", ["kind", "source_id"], {
    free: [{ kind: "refund" }],
  }),
  payouts_providerTransferId_unique: unique("payouts", ["provider_transfer_id"], {
    both: { provider_transfer_id: "tr_1" },
    free: [{ provider_transfer_id: null }],
  }),
  payout_lines_live_key: unique("payout_lines", ["ledger_entry_id"], { free: [{ is_released: true }] }),

  notifications_dedupe_key: unique("notifications", ["user_id", "dedupe_key"], {
    free: [{ user_id: ref("users") }],
  }),
  mail_dedupeKey_unique: unique("mail", ["dedupe_key"]),
  import_files_import_id_position_pk: unique("import_files", ["import_id", "position"], {
    free: [{ position: 99 }],
  }),
  import_rows_line_key: unique("import_rows", ["import_id", "line"], { free: [{ line: 99 }] }),
  saved_views_name_key: unique("saved_views", ["user_id", "page", "name"], { free: [{ page: "products" }] }),
  customer_sums_user_key: unique("customer_sums", ["user_id"], {
    both: { user_id: ref("users") },
    free: [{ user_id: null }],
  }),
  buyer_sums_owner_id_holder_pk: unique("buyer_sums", ["owner_id", "holder"], {
    free: [{ holder: "another@example.com" }],
  }),
  owner_orders_order_id_owner_id_pk: unique("owner_orders", ["order_id", "owner_id"], {
    free: [{ order_id: ref("orders") }],
  }),
  sales_days_time_zone_day_scope_currency_pk: unique(
    "sales_days",
    ["time_zone", "day", "scope", "currency"],
    { free: [{ scope: "another" }] },
  ),
  product_days_time_zone_day_product_id_currency_pk: unique(
    "product_days",
    ["time_zone", "day", "product_id", "currency"],
    { free: [{ currency: "JPY" }] },
  ),
  rate_limits_subject_window_start_pk: unique("rate_limits", ["subject", "window_start"], {
    free: [{ window_start: PAST }],
  }),
  request_keys_scope_key_pk: unique("request_keys", ["scope", "key"], { free: [{ key: "another-key" }] }),
  payout_runs_run_id_owner_id_pk: unique("payout_runs", ["run_id", "owner_id"]),
  payout_runs_payout_key: unique("payout_runs", ["payout_id"], {
    free: [{ payout_id: null, refusal: "blocked" }],
  }),
  settings_pkey: unique("settings", ["id"]),
  content_pages_pkey: unique("content_pages", ["slug"]),
  status_transitions_pkey: unique("status_transitions", ["machine", "from_status", "to_status"], {
    free: [{ to_status: "c" }],
  }),
};
