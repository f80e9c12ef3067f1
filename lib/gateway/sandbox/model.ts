/** The shapes that the sandbox keeps and answers with, as on Stripe's wire. */

export type Metadata = Record<string, string>;

export type ErrorBody = {
  type: "card_error" | "invalid_request_error" | "api_error" | "idempotency_error";
  message: string;
  code?: string;
  decline_code?: string;
  param?: string;
  doc_url?: string;
  charge?: string;
  payment_intent?: unknown;
};

export type CardDetails = {
  brand: string;
  last4: string;
  exp_month: number;
  exp_year: number;
  funding: "credit";
  country: "DE";
};

/** How somebody pays. `number` stays inside: it is the test number that decides the outcome. */
export type PaymentMethod = {
  id: string;
  object: "payment_method";
  type: string;
  created: number;
  livemode: false;
  card: CardDetails | null;
  number: string;
};

export type NextAction =
  | { type: "redirect_to_url"; redirect_to_url: { url: string; return_url: string | null } }
  | { type: "use_stripe_sdk"; use_stripe_sdk: { type: "three_d_secure_redirect"; stripe_js: string } };

export type IntentState =
  | "requires_payment_method"
  | "requires_confirmation"
  | "requires_action"
  | "requires_capture"
  | "processing"
  | "succeeded"
  | "canceled";

export type Intent = {
  id: string;
  object: "payment_intent";
  amount: number;
  amount_capturable: number;
  amount_received: number;
  automatic_payment_methods: { enabled: boolean; allow_redirects: string } | null;
  canceled_at: number | null;
  cancellation_reason: string | null;
  capture_method: string;
  client_secret: string;
  confirmation_method: "automatic";
  created: number;
  currency: string;
  customer: string | null;
  description: string | null;
  last_payment_error: ErrorBody | null;
  latest_charge: string | null;
  livemode: false;
  metadata: Metadata;
  next_action: NextAction | null;
  payment_method: string | null;
  payment_method_types: string[];
  receipt_email: string | null;
  transfer_group: string | null;
  status: IntentState;
};

export type Charge = {
  id: string;
  object: "charge";
  amount: number;
  amount_captured: number;
  amount_refunded: number;
  balance_transaction: string | null;
  captured: boolean;
  created: number;
  currency: string;
  description: string | null;
  disputed: boolean;
  failure_code: string | null;
  failure_message: string | null;
  livemode: false;
  metadata: Metadata;
  outcome: { network_status: string; type: string; seller_message: string };
  paid: boolean;
  payment_intent: string;
  payment_method: string | null;
  payment_method_details: { type: string; card?: CardDetails; paypal?: { payer_email: null } };
  receipt_email: string | null;
  refunded: boolean;
  status: "succeeded" | "pending" | "failed";
  transfer_group: string | null;
};

export type Refund = {
  id: string;
  object: "refund";
  amount: number;
  balance_transaction: string | null;
  charge: string;
  created: number;
  currency: string;
  failure_balance_transaction?: string;
  failure_reason?: string;
  metadata: Metadata;
  payment_intent: string;
  reason: string | null;
  status: "pending" | "succeeded" | "failed" | "canceled";
};

export type Session = {
  id: string;
  object: "checkout.session";
  amount_subtotal: number;
  amount_total: number;
  cancel_url: string | null;
  client_reference_id: string | null;
  created: number;
  currency: string;
  customer_email: string | null;
  expires_at: number;
  livemode: false;
  metadata: Metadata;
  mode: "payment";
  payment_intent: string | null;
  payment_method_types: string[];
  payment_status: "paid" | "unpaid";
  status: "open" | "complete" | "expired";
  success_url: string;
  url: string | null;
};

/** What a session needs and the wire does not show. */
export type SessionExtra = {
  lines: { name: string; quantity: number; amount: number }[];
  intentMetadata: Metadata;
  intentDescription: string | null;
  receiptEmail: string | null;
};

export type BalanceTransaction = {
  id: string;
  object: "balance_transaction";
  amount: number;
  available_on: number;
  created: number;
  currency: string;
  description: string | null;
  fee: number;
  fee_details: { amount: number; currency: string; description: string; type: string }[];
  net: number;
  reporting_category: string;
  source: string;
  status: "pending" | "available";
  type: string;
};

export type Dispute = {
  id: string;
  object: "dispute";
  amount: number;
  balance_transactions: BalanceTransaction[];
  charge: string;
  created: number;
  currency: string;
  evidence: Record<string, string>;
  evidence_details: { due_by: number };
  is_charge_refundable: boolean;
  livemode: false;
  metadata: Metadata;
  payment_intent: string;
  reason: string;
  status:
    | "needs_response"
    | "under_review"
    | "won"
    | "lost"
    | "warning_needs_response"
    | "warning_under_review"
    | "warning_closed";
};

export type Transfer = {
  id: string;
  object: "transfer";
  amount: number;
  amount_reversed: number;
  balance_transaction: string;
  created: number;
  currency: string;
  description: string | null;
  destination: string;
  livemode: false;
  metadata: Metadata;
  reversed: boolean;
  source_transaction: string | null;
  transfer_group: string | null;
};

/** The account's balance on its way to the bank. */
export type BankPayout = {
  id: string;
  object: "payout";
  amount: number;
  arrival_date: number;
  automatic: boolean;
  balance_transaction: string;
  created: number;
  currency: string;
  failure_balance_transaction: string | null;
  failure_code: string | null;
  livemode: false;
  metadata: Metadata;
  status: "pending" | "paid" | "failed";
  type: "bank_account";
};

export type Account = {
  id: string;
  object: "account";
  capabilities: { transfers: "active" | "inactive" };
  charges_enabled: boolean;
  country: string;
  created: number;
  default_currency: string;
  details_submitted: true;
  email: string | null;
  metadata: Metadata;
  payouts_enabled: boolean;
  type: string;
};

export type EventRow = {
  id: string;
  object: "event";
  api_version: string;
  created: number;
  data: { object: unknown; previous_attributes?: Record<string, unknown> };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
};

/** One way of an event to the shop. Times in ms since 1970. */
export type Delivery = {
  id: string;
  event: string;
  type: string;
  state: "pending" | "held" | "delivered" | "lost" | "failed";
  attempts: number;
  nextAt: number;
  createdAt: number;
  lastStatus: number | null;
  lastError: string | null;
};

/** Something that happens by itself later. `due` in ms since 1970. */
export type Task = {
  id: string;
  kind: "settle_intent" | "fail_intent" | "dispute" | "settle_refund" | "fail_refund" | "expire_session";
  target: string;
  due: number;
};

/** The stored answer of a request that carried an Idempotency-Key. */
export type Replay = { fingerprint: string; status: number; body: unknown; requestId: string; at: number };

export type Fault = {
  /** error: answer 500; limit: answer 429; slow: answer late; timeout: never answer; cut: close the connection. */
  kind: "error" | "limit" | "slow" | "timeout" | "cut";
  when: "before" | "after";
  method: string | null;
  path: string;
  count: number;
  /** How late a slow answer is. */
  ms: number;
};

export type Control = { held: boolean; lose: number; duplicate: number; delayMs: number; faults: Fault[] };

export type Tables = {
  intent: Intent;
  charge: Charge;
  refund: Refund;
  session: Session;
  session_extra: SessionExtra;
  /** Keyed by intent: the session that made it. */
  session_of: { session: string };
  /** Keyed by intent: where its redirect pages send the shopper. */
  return_to: { url: string };
  method: PaymentMethod;
  balance: BalanceTransaction;
  dispute: Dispute;
  transfer: Transfer;
  bank_payout: BankPayout;
  account: Account;
  event: EventRow;
  delivery: Delivery;
  task: Task;
  replay: Replay;
  control: Control;
};

export type Kind = keyof Tables;
