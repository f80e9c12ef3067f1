/** The shop's one error class, its codes, and the sentence that each code says to a person. */
import { formatMoney } from "./money";

/** What every code carries, so that a message can say what to do next. */
export interface ErrorData {
  not_found: { what: string };
  forbidden: Record<string, never>;
  /** Sent by a page that is not the shop's. */
  elsewhere: Record<string, never>;
  sign_in_required: Record<string, never>;
  invalid_input: { fields: Record<string, string> };
  sold_out: { lines: readonly ShortLine[] };
  cart_empty: Record<string, never>;
  cart_changed: { reason: "price" | "stock" | "gone" | "total" | "goods" };
  checkout_incomplete: { step: "address" | "delivery" | "payment" };
  no_shipping: { country: string };
  illegal_transition: { machine: string; from: string; to: string };
  conflict: { what: string; told?: Told };
  in_use: { what: string; by: string };
  duplicate: { field: string };
  wrong_credentials: Record<string, never>;
  /** An account elsewhere whose address is none, or not confirmed there. */
  unproved_email: Record<string, never>;
  link_over: Record<string, never>;
  too_many: { retryAfterSeconds: number };
  card_declined: { declineCode?: string };
  /** Too many in a short time. */
  cards_declined: { retryAfterSeconds: number };
  amount_too_small: { minimum: number; currency: string };
  amount_too_large: { maximum: number; currency: string };
  card_impossible: { currency: string; step: number | null };
  gateway_unavailable: Record<string, never>;
  payment_closed: Record<string, never>;
  discount_refused: { reason: string };
  revert_refused: { reason: string };
  quantity_limit: { max: number };
  unavailable: { what: string };
  return_refused: { reason: ReturnRefusal };
  payout_refused: { reason: PayoutRefusal };
  /** The three ways in which the database fails us; the reference is that of the log line. */
  busy: { reference: string };
  unavailable_now: { reference: string };
  storage_away: { reference: string };
  outcome_unknown: { reference: string };
}

/** What somebody else did meanwhile: "Mira", "changed the price to 12.00", "2 minutes ago"; and the stored version. */
export interface Told {
  who: string;
  did: string;
  ago: string;
  /** What to do about it, where saving again is not all. */
  advice?: string;
  version: number;
}

export type ReturnRefusal = "not_delivered" | "too_late" | "too_many";
export type PayoutRefusal = "nothing_due" | "in_debt" | "blocked";

export type ErrorCode = keyof ErrorData;

/** A line that asked for more than there is. `available` counts whole items. */
export interface ShortLine {
  variantId: string;
  name: string;
  requested: number;
  available: number;
}

const messages: { [C in ErrorCode]: (data: ErrorData[C]) => string } = {
  not_found: ({ what }) => `We could not find that ${what}.`,
  forbidden: () => "You may not do that.",
  elsewhere: () =>
    "This did not come from a page of the shop, so nothing was done. Open the page here and send it again.",
  sign_in_required: () => "Please sign in first.",
  invalid_input: () => "Please check the marked fields.",
  sold_out: ({ lines }) => lines.map(shortage).join(" "),
  cart_empty: () => "Your cart is empty.",
  cart_changed: ({ reason }) => changed[reason],
  checkout_incomplete: ({ step }) => missing[step],
  no_shipping: ({ country }) => `We do not deliver to ${country} yet.`,
  illegal_transition: ({ machine, from }) =>
    `This ${machine} is ${stands[from] ?? from}: that can no longer be done.`,
  conflict: ({ what, told }) =>
    told
      ? `${told.who} ${told.did} ${told.ago}. What you typed is still here: ${told.advice ?? "save again to put it in its place"}.`
      : `Somebody else changed this ${what} meanwhile. Load it again and repeat your change.`,
  in_use: ({ what, by }) => `This ${what} cannot go: ${by} needs it.`,
  duplicate: ({ field }) => `That ${field} is taken already.`,
  wrong_credentials: () => "E-mail or password is wrong.",
  unproved_email: () =>
    "Your e-mail address is not confirmed there, so we cannot tell that it is yours. Confirm it there first, or sign in here with a password.",
  link_over: () => "This link was used already or is too old. Ask for a new one.",
  too_many: ({ retryAfterSeconds }) => `Too many tries. Please wait ${waiting(retryAfterSeconds)}.`,
  card_declined: ({ declineCode }) =>
    declineCode === "insufficient_funds"
      ? "The card has not enough funds. Nothing was charged; try another card."
      : "The card was declined. Nothing was charged; try again or use another card.",
  cards_declined: ({ retryAfterSeconds }) =>
    `Too many cards were declined. Choose another way to pay, or wait ${waiting(retryAfterSeconds)}.`,
  amount_too_small: () => "This amount is too small for a card. Choose another way to pay.",
  amount_too_large: () =>
    "This amount is too large for a card. Choose another way to pay, or order in two parts.",
  card_impossible: ({ currency, step }) =>
    step === null
      ? `A card cannot be charged in ${currency}. Choose another way to pay.`
      : `A card cannot be charged exactly this amount: in ${currency} it takes steps of ${formatMoney(step, currency)}. Choose another way to pay.`,
  gateway_unavailable: () =>
    "The payment service does not answer. Your order is kept and nothing was charged; try again in a minute.",
  payment_closed: () => "This order can no longer be paid.",
  discount_refused: ({ reason }) => reason,
  revert_refused: ({ reason }) => reason,
  quantity_limit: ({ max }) => `At most ${max} of one item in a cart.`,
  unavailable: ({ what }) => `${what} is not for sale right now.`,
  busy: ({ reference }) =>
    `Too much is going on at once, and nothing was changed. Please try again in a moment. Reference ${reference}.`,
  unavailable_now: ({ reference }) =>
    `We cannot reach our books right now, and nothing was changed. Please try again in a minute. Reference ${reference}.`,
  storage_away: ({ reference }) =>
    `We cannot reach the place where pictures are kept right now, and nothing was changed. Please try again in a minute. Reference ${reference}.`,
  outcome_unknown: ({ reference }) =>
    `We lost touch in the last moment and cannot say yet whether that went through. Load the page again before you repeat it. Reference ${reference}.`,
  return_refused: ({ reason }) => notReturned[reason],
  payout_refused: ({ reason }) => notPaidOut[reason],
};

const notReturned: Record<ReturnRefusal, string> = {
  not_delivered: "You can send it back once it has arrived.",
  too_late: "The time for sending this back is over.",
  too_many: "That is more than arrived, or part of another return already.",
};

const notPaidOut: Record<PayoutRefusal, string> = {
  nothing_due: "There is nothing to pay out to this owner now.",
  in_debt: "Returns took more than this owner earned since; the next sales make up for it first.",
  blocked: "This owner's account is blocked.",
};

/** A state of any machine in the words of a sentence, where the state's own name is none. */
const stands: Readonly<Record<string, string>> = {
  pending: "still waiting for its payment",
  processing: "being packed already",
  shipped: "on its way already",
  delivered: "delivered already",
  completed: "complete",
  cancelled: "cancelled",
  requested: "not answered yet",
  approved: "approved already",
  received: "back already",
  refunded: "settled already",
  rejected: "refused already",
};

const changed = {
  price: "A price changed. Please look at your cart again before you order.",
  stock: "Something in your cart sold meanwhile. Please look at your cart again.",
  gone: "Something in your cart is no longer for sale. Please look at your cart again.",
  goods: "Your cart changed while you were looking. Please check it and order again.",
  total: "The total changed while you were looking. Please check it and order again.",
} as const;

const missing = {
  address: "Please tell us where to send it.",
  delivery: "Please choose a delivery.",
  payment: "Please choose how to pay.",
} as const;

/** The only error that reaches a person as its own sentence; throwing it inside a transaction rolls back. */
export class ShopError<C extends ErrorCode = ErrorCode> extends Error {
  constructor(
    readonly code: C,
    readonly data: ErrorData[C],
    options?: ErrorOptions,
  ) {
    super(messages[code](data), options);
    this.name = "ShopError";
  }
}

/** True for the shop's own errors; bugs and redirects are not. Narrows to one code where it is given. */
export function isShopError<C extends ErrorCode = ErrorCode>(
  error: unknown,
  code?: C,
): error is ShopError<C> {
  return error instanceof ShopError && (code === undefined || error.code === code);
}

function shortage({ name, requested, available }: ShortLine): string {
  if (available <= 0) return `${name} is sold out.`;
  return `Only ${available} of ${name} left, and you asked for ${requested}.`;
}

function waiting(seconds: number): string {
  return seconds < 90 ? `${Math.ceil(seconds)} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}
