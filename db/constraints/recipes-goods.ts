/** For tests of the schema: valid rows of people, the store, and goods. */
import { newId } from "../id";
import { type Recipes, ref } from "./refs";

// Text, because Drizzle takes dates and JSON of this client into its own hands.
const SOON = new Date(Date.now() + 900_000).toISOString();
const order = () => ref("orders");
const user = () => ref("users");
const owner = () => ref("owners");
const variant = () => ref("variants");

export const goods: Recipes = {
  membership_tiers: (n) => ({ id: newId(), code: `tier-${n}`, name: `Plus ${n}` }),
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
};
