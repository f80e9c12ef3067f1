/** The test cards and what each of them does. */
import type { FormObject } from "./form";
import { object, text } from "./form";
import type { CardDetails, PaymentMethod } from "./model";
import { cardError, invalid, missingObject, missingParam, newId } from "./wire";

export type Decline = { code: string; declineCode?: string; message: string };

export type CardBehaviour = {
  label: string;
  decline?: Decline;
  threeDs?: true;
  /** Stays `processing` for a while, then succeeds or fails. */
  slow?: "succeeds" | "fails";
  disputed?: string;
  /** pending: succeeds later; fails: succeeds at first, fails later. */
  refund?: "pending" | "fails";
};

const declined = (declineCode: string, message = "Your card was declined."): Decline => ({
  code: "card_declined",
  declineCode,
  message,
});

const CARDS: Record<string, CardBehaviour> = {
  "4242424242424242": { label: "succeeds" },
  "5555555555554444": { label: "succeeds (Mastercard)" },
  "378282246310005": { label: "succeeds (American Express)" },
  "4000002500003155": { label: "asks for authentication", threeDs: true },
  "4000002760003184": { label: "always asks for authentication", threeDs: true },
  "4000008260003178": {
    label: "authentication, then not enough funds",
    threeDs: true,
    decline: declined("insufficient_funds", "Your card has insufficient funds."),
  },
  "4000000000000002": { label: "declined", decline: declined("generic_decline") },
  "4000000000009995": {
    label: "not enough funds",
    decline: declined("insufficient_funds", "Your card has insufficient funds."),
  },
  "4000000000009987": { label: "lost card", decline: declined("lost_card") },
  "4000000000009979": { label: "stolen card", decline: declined("stolen_card") },
  "4000000000000069": {
    label: "expired card",
    decline: { code: "expired_card", message: "Your card has expired." },
  },
  "4000000000000127": {
    label: "wrong security code",
    decline: { code: "incorrect_cvc", message: "Your card's security code is incorrect." },
  },
  "4000000000000119": {
    label: "error while processing",
    decline: {
      code: "processing_error",
      message: "An error occurred while processing your card. Try again in a little bit.",
    },
  },
  // The two slow ones are the sandbox's own numbers: Stripe has this behaviour only for bank debits.
  "4000000000011116": { label: "processing, succeeds later", slow: "succeeds" },
  "4000000000022220": { label: "processing, fails later", slow: "fails" },
  "4000000000000259": { label: "succeeds, disputed later", disputed: "fraudulent" },
  "4000000000002685": { label: "succeeds, disputed later", disputed: "product_not_received" },
  "4000000000007726": { label: "succeeds, refunds stay pending", refund: "pending" },
  "4000000000005126": { label: "succeeds, refunds fail later", refund: "fails" },
};

/** The cards that the hosted page offers to a person who tries the shop. */
export const OFFERED = [
  "4242424242424242",
  "4000002500003155",
  "4000000000000002",
  "4000000000009995",
  "4000000000011116",
].map((number) => ({ number, label: CARDS[number]?.label ?? "" }));

const TOKENS: Record<string, string> = {
  pm_card_visa: "4242424242424242",
  pm_card_mastercard: "5555555555554444",
  pm_card_amex: "378282246310005",
  pm_card_chargeDeclined: "4000000000000002",
  pm_card_chargeDeclinedInsufficientFunds: "4000000000009995",
  pm_card_threeDSecure2Required: "4000002500003155",
  pm_card_createDispute: "4000000000000259",
  pm_card_pendingRefund: "4000000000007726",
  pm_card_refundFail: "4000000000005126",
};

/** A live card in test mode is refused, as at Stripe: nobody's real number works here. */
const UNKNOWN: CardBehaviour = {
  label: "",
  decline: declined(
    "test_mode_live_card",
    "Your card was declined. Your request was in test mode, but used a non test card.",
  ),
};

export function behaviourOf(method: PaymentMethod): CardBehaviour {
  if (method.type !== "card") return { label: method.type, threeDs: true };
  return CARDS[method.number] ?? UNKNOWN;
}

/** A method from `payment_method_data` or from the parameters of a new payment method. */
export function readMethod(form: FormObject, nowSeconds: number, at = "payment_method_data"): PaymentMethod {
  const type = text(form, "type");
  if (!type) throw missingParam(`${at}[type]`);
  const id = newId("pm");
  const base = { id, object: "payment_method", created: nowSeconds, livemode: false } as const;
  if (type === "paypal") return { ...base, type, card: null, number: "" };
  if (type !== "card")
    throw invalid(`The payment method type "${type}" is invalid.`, { param: `${at}[type]` });
  const fields = object(form, "card");
  if (!fields) throw missingParam(`${at}[card]`);
  const token = text(fields, "token");
  if (token) return { ...namedMethod(token.replace(/^tok_/, "pm_card_"), nowSeconds), id };
  const { number, card } = readCard(fields, nowSeconds);
  return { ...base, type, card, number };
}

/** One of the provider's ready-made test methods, `pm_card_visa` and its kin. */
export function namedMethod(name: string, nowSeconds: number): PaymentMethod {
  const number = TOKENS[name];
  if (!number) throw missingObject("PaymentMethod", name);
  const card = details(number, 12, new Date().getFullYear() + 3);
  return {
    id: newId("pm"),
    object: "payment_method",
    type: "card",
    created: nowSeconds,
    livemode: false,
    card,
    number,
  };
}

function readCard(form: FormObject, nowSeconds: number): { number: string; card: CardDetails } {
  const number = (text(form, "number") ?? "").replace(/[\s-]/g, "");
  const at = "payment_method_data[card]";
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number)) {
    throw cardError("incorrect_number", "Your card number is incorrect.", `${at}[number]`);
  }
  const month = Number(text(form, "exp_month"));
  if (!Number.isInteger(month) || month < 1 || month > 12) {
    throw cardError("invalid_expiry_month", "Your card's expiration month is invalid.", `${at}[exp_month]`);
  }
  const typed = Number(text(form, "exp_year"));
  const year = typed < 100 ? 2000 + typed : typed;
  const today = new Date(nowSeconds * 1000);
  const past = year * 12 + month < today.getUTCFullYear() * 12 + today.getUTCMonth() + 1;
  if (!Number.isInteger(year) || past || year > today.getUTCFullYear() + 50) {
    throw cardError("invalid_expiry_year", "Your card's expiration year is invalid.", `${at}[exp_year]`);
  }
  const cvc = text(form, "cvc");
  if (cvc !== undefined && !/^\d{3,4}$/.test(cvc.trim())) {
    throw cardError("invalid_cvc", "Your card's security code is invalid.", `${at}[cvc]`);
  }
  // Only test numbers are kept: somebody will type their real one.
  return { number: number in CARDS ? number : "", card: details(number, month, year) };
}

function details(number: string, exp_month: number, exp_year: number): CardDetails {
  return {
    brand: brandOf(number),
    last4: number.slice(-4),
    exp_month,
    exp_year,
    funding: "credit",
    country: "DE",
  };
}

function brandOf(number: string): string {
  if (number.startsWith("4")) return "visa";
  if (/^5[1-5]|^2[2-7]/.test(number)) return "mastercard";
  return /^3[47]/.test(number) ? "amex" : "unknown";
}

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (let i = 0; i < number.length; i += 1) {
    let digit = Number(number[number.length - 1 - i]);
    if (i % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0;
}
