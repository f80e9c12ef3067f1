/** Every CHECK of the schema: its table, rows that it must refuse, and rows at its edge that it must take. */
import { newId } from "../id";
import {
  type CheckCase,
  COUNTRY_FORMS,
  check,
  EDGES,
  LATER,
  MILLION,
  PAST,
  REGION_FORMS,
} from "./check-case";
import { orderChecks } from "./order-checks";
import { ref } from "./refs";

const NOBODY = { user_id: null, guest_token_hash: null };
const BOTH = { user_id: ref("users"), guest_token_hash: "both" };
const SLUG_FORMS = [{ slug: "Bowl" }, { slug: "-bowl" }, { slug: "a--b" }, { slug: "" }];
const RANGE = (kind: string, onHand: number, reserved: number) => ({
  kind,
  on_hand_delta: onHand,
  reserved_delta: reserved,
});

export const checks: Record<string, CheckCase> = {
  users_email_form: check("users", [{ email: "ada" }, { email: "a da@example.com" }, { email: "@" }]),
  guest_notes_email_form: check("guest_notes", [{ email: "Ada@example.com" }, { email: "ada" }]),
  users_username_form: check(
    "users",
    [{ username: "a" }, { username: "-ada" }, { username: "a b" }, { username: "a".repeat(41) }],
    [{ username: "A.b_c-9" }],
  ),
  sessions_expiry: check("sessions", [{ expires_at: PAST }]),
  verification_tokens_purpose: check("verification_tokens", [{ purpose: "party" }]),
  owners_commission_range: check("owners", MILLION, [...EDGES, { commission: null }]),
  owners_slug_form: check("owners", SLUG_FORMS),
  addresses_country_form: check("addresses", COUNTRY_FORMS),

  tax_rates_range: check("tax_rates", [{ rate: -1 }, { rate: 1_000_001 }], [{ rate: 0 }]),
  tax_rates_country: check("tax_rates", COUNTRY_FORMS),
  tax_rates_region: check("tax_rates", REGION_FORMS, [{ region: "NY" }, { region: null }]),
  shipping_zone_places_region: check("shipping_zone_places", REGION_FORMS, [{ region: "NY" }]),
  shipping_zone_places_country: check("shipping_zone_places", COUNTRY_FORMS),
  shipping_rates_amount: check(
    "shipping_rates",
    [{ amount: -1 }, { free_over: -1 }],
    [{ amount: 0, free_over: 0 }],
  ),
  shipping_rates_range: check(
    "shipping_rates",
    [{ range_max: 0 }, { range_min: 100, range_max: 100 }],
    [{ range_min: 100, range_max: 101 }, { range_min: 100 }],
  ),
  shipping_rates_days: check("shipping_rates", [{ days_min: -1 }, { days_min: 4, days_max: 3 }]),

  categories_slug_form: check(
    "categories",
    SLUG_FORMS.map(({ slug }) => ({ slug, path: slug })),
  ),
  categories_path_form: check(
    "categories",
    [
      { slug: "bowls", path: "cups" },
      { slug: "bowls", path: "kitchen-bowls" },
    ],
    [{ slug: "bowls", path: "kitchen/bowls" }],
  ),
  products_slug_form: check("products", SLUG_FORMS),
  products_name_present: check("products", [{ name: " " }, { name: "a".repeat(301) }]),
  products_rating_range: check(
    "products",
    [
      { rating_count: -1, rating_sum: -1 },
      { rating_count: 2, rating_sum: 1 },
      { rating_count: 2, rating_sum: 11 },
    ],
    [{ rating_count: 2, rating_sum: 10 }],
  ),
  products_active_published: check(
    "products",
    [{ status: "active" }],
    [{ status: "active", published_at: PAST }],
  ),
  products_archived_at: check("products", [{ status: "archived" }, { archived_at: PAST }]),
  products_schedule_order: check(
    "products",
    [{ publish_at: "2026-02-01T00:00:00Z", unpublish_at: "2026-01-01T00:00:00Z" }],
    [
      { publish_at: "2026-01-01T00:00:00Z", unpublish_at: "2026-02-01T00:00:00Z" },
      { publish_at: null, unpublish_at: "2026-01-01T00:00:00Z" },
    ],
  ),
  products_description_format: check("products", [{ description_format: "markdown" }]),
  slug_redirects_kind: check("slug_redirects", [{ kind: "owner" }]),
  synonyms_several: check("synonyms", [{ terms: ["cup"] }, { terms: [] }], [{ terms: ["cup", "mug"] }]),
  option_values_swatch_form: check("option_values", [{ swatch: "red" }, { swatch: "#FFF" }]),
  variants_price_positive: check("variants", [{ price: -1 }], [{ price: 0 }]),
  variants_compare_at_higher: check(
    "variants",
    [{ price: 1000, compare_at_price: 1000 }],
    [{ price: 1000, compare_at_price: 1001 }],
  ),
  variants_cost_positive: check("variants", [{ cost: -1 }], [{ cost: 0 }, { cost: null }]),
  variants_weight_positive: check("variants", [{ weight: -1 }]),
  variants_sku_present: check("variants", [{ sku: " " }]),
  variants_unit_price: check(
    "variants",
    [{ unit_amount: 100 }, { unit: "ml" }, { unit_amount: 0, unit: "ml" }],
    [{ unit_amount: 100, unit: "ml" }],
  ),
  product_images_size: check("product_images", [{ width: 0 }, { height: 0 }]),
  price_changes_positive: check("price_changes", [{ new_price: -1 }, { old_price: -1 }]),
  reviews_rating_range: check("reviews", [{ rating: 0 }, { rating: 6 }], [{ rating: 1 }]),
  reviews_helpful: check("reviews", [{ helpful_count: -1 }]),

  inventory_never_oversold: check(
    "inventory",
    [
      { on_hand: 1, reserved: 2 },
      { on_hand: 1, reserved: -1 },
      { on_hand: -1, reserved: -1 },
      { on_hand: 1, reserved: -1, backorder: true },
    ],
    [
      { on_hand: 2, reserved: 2 },
      { on_hand: 0, reserved: 2, backorder: true },
    ],
  ),
  inventory_threshold: check("inventory", [{ low_stock_threshold: -1 }]),
  inventory_bucket: check("inventory", [{ bucket: -1 }, { bucket: 64 }], [{ bucket: 63 }]),
  inventory_buckets: check("inventory", [{ buckets: 0 }, { buckets: 65 }], [{ buckets: 64 }]),
  inventory_backorder_limit: check("inventory", [{ backorder_limit: -1 }]),
  inventory_backorder_room: check(
    "inventory",
    [
      { on_hand: 0, reserved: 3, backorder: true, backorder_limit: 2 },
      { on_hand: -3, reserved: 0, backorder: true, backorder_limit: 2 },
    ],
    [
      { on_hand: -1, reserved: 1, backorder: true, backorder_limit: 2 },
      { on_hand: 0, reserved: 99, backorder: true, backorder_limit: null },
    ],
  ),
  stock_movements_arithmetic: check(
    "stock_movements",
    [
      RANGE("restock", 0, 0),
      RANGE("restock", 1, 1),
      RANGE("adjustment", 0, 0),
      RANGE("adjustment", 1, -1),
      RANGE("reserve", 0, -1),
      RANGE("reserve", -1, 1),
      RANGE("release", 0, 1),
      RANGE("sale", -2, -1),
      RANGE("sale", 1, 1),
      RANGE("return", -1, 0),
    ],
    [
      RANGE("adjustment", -1, 0),
      RANGE("reserve", 0, 1),
      RANGE("release", 0, -1),
      RANGE("sale", -1, -1),
      RANGE("return", 1, 0),
    ],
  ),
  stock_reservations_quantity: check("stock_reservations", [{ quantity: 0 }]),

  carts_one_holder: check("carts", [NOBODY, BOTH]),
  cart_items_quantity: check("cart_items", [{ quantity: 0 }, { quantity: 1000 }], [{ quantity: 999 }]),
  cart_items_price: check("cart_items", [{ price_snapshot: -1 }]),
  cart_items_poured: check("cart_items", [{ poured: -1 }, { poured: 1_000 }]),
  wishlists_one_holder: check("wishlists", [NOBODY, BOTH]),
  wishlist_items_price: check("wishlist_items", [{ price_snapshot: -1 }]),
  alerts_price: check(
    "alerts",
    [{ kind: "price_drop" }, { kind: "back_in_stock", price: 100 }],
    [{ kind: "price_drop", price: 100 }],
  ),
  checkouts_method: check("checkouts", [{ payment_method: "cheque" }], [{ payment_method: "bank_transfer" }]),
  discounts_value: check(
    "discounts",
    [
      { kind: "percentage", value: 0 },
      { kind: "percentage", value: 101 },
      { kind: "percentage", value: null },
      { kind: "fixed", value: 0 },
      { kind: "fixed", value: null },
      { kind: "free_shipping", value: 1 },
    ],
    [
      { kind: "percentage", value: 1 },
      { kind: "percentage", value: 100 },
      { kind: "fixed", value: 1 },
      { kind: "free_shipping", value: null },
    ],
  ),
  discounts_dates: check("discounts", [
    { starts_at: LATER, ends_at: PAST },
    { starts_at: PAST, ends_at: PAST },
  ]),
  discounts_limits: check("discounts", [{ total_limit: 0 }, { per_customer_limit: 0 }]),
  discounts_used: check(
    "discounts",
    [{ used: -1 }, { used: 101, total_limit: 100 }],
    [{ used: 100, total_limit: 100 }, { used: 101 }],
  ),
  discounts_min_subtotal: check("discounts", [{ min_subtotal: -1 }]),
  discounts_code_form: check("discounts", [{ code: "A" }, { code: "TEN OFF" }, { code: "" }]),
  discount_targets_one: check(
    "discount_targets",
    [{ category_id: null }, { product_id: ref("products") }],
    [{ category_id: null, product_id: ref("products") }],
  ),
  discount_redemptions_amount: check("discount_redemptions", [{ amount: -1 }]),

  ...orderChecks,

  notifications_link: check("notifications", [{ link: "https://elsewhere.example" }], [{ link: "/orders" }]),
  imports_rows: check("imports", [
    { groups_done: -1 },
    { rows_done: -1 },
    { rows_failed: -1 },
    { rows_total: -1 },
  ]),
  import_files_position: check("import_files", [{ position: -1 }]),
  import_rows_outcome: check("import_rows", [{ outcome: "perhaps" }]),
  saved_views_page: check("saved_views", [{ page: "weather" }]),
  settings_single_row: check("settings", [{ id: 2 }], [{ id: 1 }]),
  settings_currency: check("settings", [{ currency: "euro" }]),
  settings_country: check("settings", [{ country: "Ireland" }]),
  settings_time_zone: check(
    "settings",
    [{ time_zone: "" }, { time_zone: "Europe / Berlin" }, { time_zone: "/" }],
    [{ time_zone: "UTC" }, { time_zone: "America/Argentina/Buenos_Aires" }, { time_zone: "Etc/GMT+5" }],
  ),
  invoices_seq: check("invoices", [{ seq: 0 }], [{ seq: 999_999_999 }]),
  invoices_refund: check(
    "invoices",
    [{ kind: "invoice", refund_id: ref("refunds") }],
    [{ refund_id: ref("refunds") }, { kind: "invoice" }],
  ),
  invoices_amount: check(
    "invoices",
    [{ amount: -1 }, { tax: -1 }, { amount: 10, tax: 11 }],
    [
      { amount: 0, tax: 0 },
      { amount: 10, tax: 10 },
    ],
  ),
  content_pages_slug: check(
    "content_pages",
    [{ slug: "" }, { slug: "a--b" }, { slug: "../about" }, { slug: "About" }, { slug: "a".repeat(101) }],
    [{ slug: "about" }, { slug: "shipping-and-returns" }, { slug: "a".repeat(100) }],
  ),
  content_pages_whole: check(
    "content_pages",
    [{ title: null }, { summary: null }, { body: null }, { title: null, body: null }],
    [{ title: null, summary: null, body: null }],
  ),
  settings_prefix: check("settings", [{ order_prefix: "" }, { order_prefix: "MOIRE" }]),
  settings_windows: check("settings", [
    { payment_window_minutes: 0 },
    { payment_window_minutes: 1441 },
    { return_window_days: -1 },
    { return_window_days: 366 },
  ]),
  settings_commission: check("settings", MILLION),
  settings_quantities: check("settings", [
    { max_line_quantity: 0 },
    { max_line_quantity: 1000 },
    { low_stock_threshold: -1 },
  ]),
  rate_limits_count: check("rate_limits", [{ count: 0 }]),
  request_keys_length: check("request_keys", [{ key: "short" }]),
};

// Names the row itself, so it cannot be told before the row has an id.
const itself = newId();
checks.categories_no_self_parent = check("categories", [{ id: itself, parent_id: itself }]);
