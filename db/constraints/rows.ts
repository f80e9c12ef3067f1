/** For tests of the schema: a valid row of any table, made by raw SQL together with the parents it needs. */
import type { TransactionSql } from "postgres";
import { newId } from "../id";

export type Row = Record<string, unknown>;

/** Stands for the id of a fresh row of `table` until the row that needs it is made. */
class Parent {
  constructor(readonly table: string) {}
}

/** The id of a fresh row of `table`, made together with the row that names it. */
export const ref = (table: string) => new Parent(table);

// Text, because Drizzle takes dates and JSON of this client into its own hands.
const SOON = new Date(Date.now() + 900_000).toISOString();
const order = () => ref("orders");
const user = () => ref("users");
const owner = () => ref("owners");
const variant = () => ref("variants");

/** The least that each table takes. `n` differs from row to row, so that no two of them meet in a unique index. */
export const recipes: Record<string, (n: number) => Row> = {
  membership_tiers: (n) => ({ id: newId(), code: `tier-${n}`, name: "Plus" }),
  users: (n) => ({ id: newId(), email: `u${n}@example.com`, username: `user${n}` }),
  guest_notes: (n) => ({ id: newId(), email: `g${n}@example.com`, note: "Rings twice" }),
  accounts: (n) => ({ user_id: user(), type: "oauth", provider: "github", provider_account_id: `${n}` }),
  sessions: () => ({ id: newId(), user_id: user(), expires_at: SOON }),
  verification_tokens: (n) => ({
    token_hash: `${n}`,
    purpose: "verify_email",
    user_id: user(),
    expires_at: SOON,
  }),
  totp: () => ({ user_id: user(), secret: "secret" }),
  owners: (n) => ({ id: newId(), user_id: user(), name: "Line", slug: `owner-${n}` }),
  addresses: () => ({
    id: newId(),
    user_id: user(),
    name: "Ada",
    line1: "1 Quay",
    city: "Cork",
    country: "IE",
  }),
  audit: () => ({ id: newId(), actor_kind: "admin", action: "edit", subject: "products", subject_id: "1" }),

  tax_classes: (n) => ({ id: newId(), code: `class-${n}`, name: "Standard" }),
  tax_rates: () => ({
    id: newId(),
    tax_class_id: ref("tax_classes"),
    country: "IE",
    name: "VAT",
    rate: 230_000,
  }),
  shipping_zones: (n) => ({ id: newId(), name: `Zone ${n}` }),
  shipping_zone_places: (n) => ({
    id: newId(),
    zone_id: ref("shipping_zones"),
    country: "IE",
    region: `R${n}`,
  }),
  shipping_rates: () => ({ id: newId(), zone_id: ref("shipping_zones"), name: "Post", amount: 500 }),

  categories: (n) => ({ id: newId(), name: "Bowls", slug: `bowls-${n}`, path: `bowls-${n}` }),
  products: (n) => ({
    id: newId(),
    owner_id: owner(),
    category_id: ref("categories"),
    slug: `bowl-${n}`,
    name: "Bowl",
  }),
  product_options: () => ({ id: newId(), product_id: ref("products"), name: "Colour" }),
  option_values: () => ({ id: newId(), option_id: ref("product_options"), value: "Red" }),
  variants: (n) => ({ id: newId(), product_id: ref("products"), sku: `SKU-${n}`, price: 1000 }),
  variant_option_values: () => ({ variant_id: variant(), option_value_id: ref("option_values") }),
  product_images: (n) => ({
    id: newId(),
    product_id: ref("products"),
    key: `key-${n}`,
    width: 800,
    height: 800,
  }),
  price_changes: () => ({ id: newId(), variant_id: variant(), new_price: 900 }),
  slug_redirects: (n) => ({ kind: "product", slug: `old-${n}`, target_id: newId() }),
  synonyms: () => ({ id: newId(), terms: ["cup", "mug"] }),
  search_products: () => ({
    product_id: ref("products"),
    category_id: newId(),
    owner_id: newId(),
    published_at: SOON,
    is_featured: false,
    sold: 0,
    score: 3500,
    stars: 0,
    is_in_stock: true,
    is_on_sale: false,
    name_words: 1,
    value_ids: "{}",
  }),
  search_documents: (n) => ({ number: n, head: "bowl", words: "bowl" }),
  search_hits: (n) => ({ number: n, stem: "bowl", rank: 3, sold: 0 }),
  search_values: (n) => ({ name: "Colour", value: `Red ${n}` }),
  search_words: (n) => ({ word: `bowl${n}`, near: ["bowl"] }),
  search_queue: (n) => ({ transaction: `${n}`, product_id: newId() }),
  search_queries: (n) => ({ query: `bowl ${n}`, times: 3, results: 3 }),
  search_log: () => ({ id: newId(), query: "bowl", results: 3 }),
  reviews: () => ({ id: newId(), product_id: ref("products"), author_name: "Ada", rating: 5 }),
  review_votes: (n) => ({ review_id: ref("reviews"), voter: `${n}` }),

  inventory: () => ({ variant_id: variant(), on_hand: 10, reserved: 2 }),
  stock_movements: () => ({
    id: newId(),
    variant_id: variant(),
    kind: "restock",
    on_hand_delta: 5,
    reserved_delta: 0,
  }),
  stock_reservations: () => ({
    id: newId(),
    order_id: order(),
    variant_id: variant(),
    quantity: 1,
    expires_at: SOON,
  }),

  carts: (n) => ({ id: newId(), guest_token_hash: `cart-${n}` }),
  cart_items: () => ({
    id: newId(),
    cart_id: ref("carts"),
    variant_id: variant(),
    quantity: 1,
    price_snapshot: 1000,
  }),
  wishlists: (n) => ({ id: newId(), guest_token_hash: `wishlist-${n}` }),
  wishlist_items: () => ({
    id: newId(),
    wishlist_id: ref("wishlists"),
    variant_id: variant(),
    price_snapshot: 1000,
  }),
  alerts: (n) => ({ id: newId(), kind: "back_in_stock", variant_id: variant(), email: `a${n}@example.com` }),
  checkouts: () => ({ id: newId(), cart_id: ref("carts") }),
  discounts: () => ({ id: newId(), title: "Spring", kind: "percentage", value: 10 }),
  discount_targets: () => ({ id: newId(), discount_id: ref("discounts"), category_id: ref("categories") }),
  discount_redemptions: () => ({
    id: newId(),
    discount_id: ref("discounts"),
    order_id: order(),
    email: "ada@example.com",
    amount: 100,
  }),

  // One order line as below makes the sums of this order right.
  orders: (n) => ({
    id: newId(),
    number: `MR-${String(n).padStart(6, "0")}`,
    email: "ada@example.com",
    payment_method: "card",
    currency: "EUR",
    prices_include_tax: true,
    subtotal: 1000,
    shipping: 500,
    tax: 190,
    total: 1500,
    shipping_rate_name: "Post",
    delivery_days_min: 1,
    delivery_days_max: 3,
    expires_at: SOON,
  }),
  order_lines: (n) => ({
    id: newId(),
    order_id: order(),
    owner_id: owner(),
    variant_id: variant(),
    position: 1,
    product_name: "Bowl",
    product_slug: "bowl",
    variant_title: "",
    sku: `SKU-${n}`,
    unit_price: 1000,
    quantity: 1,
    subtotal: 1000,
    tax_rate: 230_000,
    tax: 190,
    total: 1000,
    commission: 150_000,
  }),
  order_addresses: () => ({
    id: newId(),
    order_id: order(),
    kind: "shipping",
    name: "Ada",
    line1: "1 Quay",
    city: "Cork",
    country: "IE",
  }),
  order_events: () => ({ id: newId(), order_id: order(), kind: "placed", actor_kind: "guest" }),
  order_notes: () => ({ id: newId(), order_id: order(), body: "Gift" }),
  fulfilments: () => ({ id: newId(), order_id: order(), owner_id: owner() }),
  shipments: () => ({ id: newId(), fulfilment_id: ref("fulfilments"), carrier: "An Post" }),
  shipment_items: () => ({ shipment_id: ref("shipments"), order_line_id: ref("order_lines"), quantity: 1 }),

  payments: (n) => ({
    id: newId(),
    order_id: order(),
    provider: "stripe",
    method: "card",
    amount: 1500,
    currency: "EUR",
    idempotency_key: `${n}`,
  }),
  payment_attempts: () => ({ id: newId(), payment_id: ref("payments"), outcome: "failed" }),
  refunds: () => ({
    id: newId(),
    order_id: order(),
    payment_id: ref("payments"),
    amount: 100,
    reason: "damaged",
  }),
  invoices: (n) => ({
    id: newId(),
    kind: "credit_note",
    seq: n,
    number: `INV-${n}`,
    order_id: order(),
    amount: 1500,
    tax: 190,
    currency: "EUR",
    seller: JSON.stringify({ name: "Moiré", address: null, taxNumber: null, email: "shop@example.com" }),
  }),
  refund_lines: () => ({
    id: newId(),
    refund_id: ref("refunds"),
    order_line_id: ref("order_lines"),
    quantity: 1,
    amount: 100,
    tax: 19,
  }),
  disputes: (n) => ({
    id: newId(),
    order_id: order(),
    payment_id: ref("payments"),
    provider_dispute_id: `dp_${n}`,
    amount: 1500,
  }),
  webhook_event_ids: (n) => ({ provider_event_id: `evt_${n}` }),
  webhook_events: (n) => ({
    id: newId(),
    provider_event_id: `evt_${n}`,
    type: "charge.updated",
    payload: "{}",
  }),
  returns: (n) => ({ id: newId(), number: `RT-${n}`, order_id: order(), owner_id: owner() }),
  return_lines: () => ({
    id: newId(),
    return_id: ref("returns"),
    order_line_id: ref("order_lines"),
    quantity: 1,
    reason: "damaged",
  }),
  ledger_transactions: (n) => ({ id: newId(), kind: "capture", source_id: `${n}`, currency: "EUR" }),
  ledger_entries: () => ({
    id: newId(),
    transaction_id: ref("ledger_transactions"),
    account: "clearing",
    amount: 1,
  }),
  payouts: () => ({ id: newId(), owner_id: owner(), amount: 850, currency: "EUR", method: "manual" }),
  payout_lines: () => ({ id: newId(), payout_id: ref("payouts"), ledger_entry_id: newId(), amount: 850 }),

  notifications: (n) => ({
    id: newId(),
    user_id: user(),
    type: "order",
    title: "New order",
    message: "One bowl",
    dedupe_key: `${n}`,
  }),
  mail: (n) => ({
    id: newId(),
    template: "placed",
    to_email: "ada@example.com",
    subject: "Thanks",
    data: "{}",
    dedupe_key: `${n}`,
  }),
  imports: () => ({ id: newId(), file_name: "a.csv", file_hash: "0", format: "shopify" }),
  import_rows: (n) => ({ id: newId(), import_id: ref("imports"), line: n, outcome: "created" }),
  saved_views: (n) => ({ id: newId(), user_id: user(), page: "orders", name: `View ${n}`, query: "" }),
  unused_pictures: (n) => ({ key: `uploads/${n}.webp` }),
  customer_sums: (n) => ({ holder: `guest${n}@example.com` }),
  buyer_sums: (n) => ({
    owner_id: owner(),
    holder: `guest${n}@example.com`,
    is_guest: true,
    first_order: newId(),
    last_order: newId(),
  }),
  sales_days: (n) => ({
    time_zone: "UTC",
    day: "2026-01-01",
    scope: `scope ${n}`,
    currency: "EUR",
    sales: 1,
    orders: 1,
    repeats: 0,
    units: 1,
  }),
  product_days: () => ({
    time_zone: "UTC",
    day: "2026-01-01",
    product_id: newId(),
    owner_id: newId(),
    currency: "EUR",
    units: 1,
    sales: 1,
  }),
  settings: () => ({ store_name: "Moiré", store_email: "shop@example.com", currency: "EUR", country: "IE" }),
  rate_limits: (n) => ({ subject: `sign-in:${n}`, window_start: SOON }),
  request_keys: (n) => ({ scope: "refund:guest", key: `key-number-${n}` }),
  cache_expiries: (n) => ({ tag: `tag-${n}` }),
  status_transitions: (n) => ({ machine: `machine-${n}`, from_status: "a", to_status: "b" }),
};

let serial = 0;

/** Makes the parents that a row of `table` needs, so that several tries can share them. Answers their columns. */
export async function parentsFor(tx: TransactionSql, table: string): Promise<Row> {
  const row = recipeOf(table)(0);
  const parents = Object.entries(row).filter(([, value]) => value instanceof Parent);
  return withParents(tx, Object.fromEntries(parents));
}

/** Inserts a row of `table` with its missing parents; `given` wins over the recipe. Answers the row as stored. */
export async function make(tx: TransactionSql, table: string, given: Row = {}): Promise<Row> {
  serial += 1;
  const row = await withParents(tx, { ...recipeOf(table)(serial), ...given });
  const [made] = await tx`insert into ${tx(table)} ${tx(row)} returning *`;
  return made ?? {};
}

function recipeOf(table: string): (n: number) => Row {
  const recipe = recipes[table];
  if (!recipe) throw new Error(`No recipe for a row of ${table}: add one to db/constraints/rows.ts`);
  return recipe;
}

async function withParents(tx: TransactionSql, row: Row): Promise<Row> {
  const whole = { ...row };
  for (const [column, value] of Object.entries(row)) {
    if (value instanceof Parent) whole[column] = (await make(tx, value.table)).id;
  }
  return whole;
}
