/** Every CHECK on orders, their money and the books. */
import { type CheckCase, COUNTRY_FORMS, check, EDGES, MILLION, PAST } from "./check-case";
import { ref } from "./refs";

export const orderChecks: Readonly<Record<string, CheckCase>> = {
  orders_number_form: check("orders", [{ number: "1001" }, { number: "mr-7k2q9d" }, { number: "MR-1" }]),
  orders_currency_form: check("orders", [{ currency: "eur" }, { currency: "€" }]),
  orders_amounts_positive: check("orders", [
    { shipping: -500, total: 500 },
    { tax: -1, shipping_tax: -1 },
    { subtotal: -1000, total: -500 },
  ]),
  orders_discount_range: check(
    "orders",
    [
      { discount: -1, total: 1501 },
      { discount: 1001, total: 499 },
    ],
    [{ discount: 1000, total: 500 }],
  ),
  orders_shipping_tax: check(
    "orders",
    [{ shipping_tax: -1 }, { shipping_tax: 191 }],
    [{ shipping_tax: 190 }],
  ),
  orders_total: check(
    "orders",
    [{ total: 1499 }, { total: 1690 }, { prices_include_tax: false }],
    [{ prices_include_tax: false, total: 1690 }],
  ),
  orders_refunded_range: check(
    "orders",
    [{ refunded: -1 }, { captured: 1500, refunded: 1501 }],
    [{ captured: 1500, refunded: 1500 }],
  ),
  orders_method: check("orders", [{ payment_method: "cheque" }], [{ payment_method: "bank_transfer" }]),
  orders_pending_expires: check("orders", [{ expires_at: null }]),
  orders_cancel_reason: check("orders", [{ cancel_reason: "expired" }]),
  orders_delivery_days: check("orders", [{ delivery_days_min: -1 }, { delivery_days_min: 4 }]),
  order_lines_quantity: check("order_lines", [{ quantity: 0, subtotal: 0, tax: 0, total: 0 }]),
  order_lines_subtotal: check("order_lines", [{ quantity: 2 }, { unit_price: 999 }]),
  order_lines_discount: check("order_lines", [
    { discount: -1, total: 1001 },
    { discount: 1001, total: -1 },
  ]),
  order_lines_tax: check("order_lines", [{ tax: -1 }, { tax_rate: -1 }]),
  order_lines_total: check("order_lines", [{ total: 999 }, { discount: 1 }], [{ total: 1190 }]),
  order_lines_shipped: check(
    "order_lines",
    [
      { shipped_quantity: -1 },
      { shipped_quantity: 2 },
      { cancelled_quantity: -1 },
      { shipped_quantity: 1, cancelled_quantity: 1 },
    ],
    [{ shipped_quantity: 1 }],
  ),
  order_lines_refunded: check(
    "order_lines",
    [{ refunded_quantity: -1 }, { refunded_quantity: 2 }, { refunded_amount: -1 }, { refunded_amount: 1001 }],
    [{ refunded_quantity: 1, refunded_amount: 1000 }],
  ),
  order_lines_returned: check("order_lines", [{ returned_quantity: -1 }, { returned_quantity: 2 }]),
  order_lines_commission: check("order_lines", MILLION, EDGES),
  order_addresses_kind: check("order_addresses", [{ kind: "home" }]),
  order_addresses_country: check("order_addresses", COUNTRY_FORMS),
  order_events_actor: check("order_events", [{ actor_kind: "robot" }]),
  order_notes_body: check("order_notes", [{ body: " " }]),
  shipments_tracking_url: check("shipments", [
    { tracking_url: "http://post.example" },
    { tracking_url: "javascript:alert(1)" },
  ]),
  shipment_items_quantity: check("shipment_items", [{ quantity: 0 }]),

  payments_amount: check(
    "payments",
    [{ amount: -1 }, { refunded: -1 }, { refunded: 1501 }, { fee: -1 }],
    [{ refunded: 1500 }],
  ),
  payments_provider: check("payments", [{ provider: "paypal" }]),
  payments_paid_at: check("payments", [{ paid_at: PAST }]),
  payment_attempts_outcome: check("payment_attempts", [{ outcome: "maybe" }]),
  refunds_amount: check(
    "refunds",
    [{ amount: 0 }, { shipping: -1 }, { shipping: 101 }, { tax: -1 }, { tax: 101 }],
    [{ shipping: 100, tax: 100 }],
  ),
  refund_lines_amount: check("refund_lines", [
    { quantity: -1 },
    { amount: -1, tax: 0 },
    { tax: -1 },
    { tax: 101 },
  ]),
  disputes_amount: check("disputes", [{ amount: 0 }]),
  disputes_closed: check("disputes", [{ closed_at: PAST }]),
  return_lines_quantity: check("return_lines", [{ quantity: 0 }]),
  return_lines_received: check(
    "return_lines",
    [
      { restocked_quantity: -1 },
      { written_off_quantity: -1 },
      { restocked_quantity: 1, written_off_quantity: 1 },
    ],
    [{ restocked_quantity: 1 }],
  ),

  ledger_entries_amount: check("ledger_entries", [{ amount: 0 }], [{ amount: -1 }]),
  ledger_entries_owner: check(
    "ledger_entries",
    [{ account: "sales" }, { account: "refunds" }, { account: "owner_share" }, { account: "owner_payable" }],
    [{ account: "sales", owner_id: ref("owners") }],
  ),
  payouts_amount: check("payouts", [{ amount: 0 }]),
  payouts_method: check("payouts", [{ method: "cash" }]),
  payouts_paid_at: check("payouts", [{ paid_at: PAST }]),
  payout_runs_outcome: check(
    "payout_runs",
    [{ payout_id: null }, { refusal: "blocked" }],
    [{ payout_id: null, refusal: "blocked" }],
  ),
  payout_runs_refusal: check(
    "payout_runs",
    [{ payout_id: null, refusal: "no wish to" }],
    ["nothing_due", "in_debt", "blocked", "failed"].map((refusal) => ({ payout_id: null, refusal })),
  ),
  payout_lines_amount: check("payout_lines", [{ amount: 0 }]),

  former_orders_number_present: check(
    "former_orders",
    [{ number: " " }, { number: "1".repeat(101) }],
    [{ number: "MY SHOP 1/2026" }],
  ),
  former_orders_email_form: check(
    "former_orders",
    [{ email: "Ada@example.com" }, { email: "ada" }, { email: "@" }],
    [{ email: null }],
  ),
  former_orders_currency_form: check("former_orders", [{ currency: "eur" }, { currency: "€" }]),
  former_orders_amounts: check(
    "former_orders",
    [{ subtotal: -1 }, { shipping: -1 }, { tax: -1 }, { discount: -1 }, { total: -1 }, { refunded: -1 }],
    [{ subtotal: 0, total: 0 }],
  ),
  former_orders_erased: check(
    "former_orders",
    [{ erased_at: PAST }, { erased_at: PAST, email: null, note: "For Ada" }],
    [{ erased_at: PAST, email: null }],
  ),
  former_order_lines_amounts: check(
    "former_order_lines",
    [{ quantity: -1 }, { price: -1 }, { discount: -1 }],
    [{ quantity: 0, price: 0 }],
  ),
};
