/** Hands card data from the browser to the payment sandbox, as Stripe's script would: never to the shop. */

export interface OpenPayment {
  readonly clientSecret: string;
  readonly publishableKey: string;
  readonly sandbox: boolean;
}

export interface CardData {
  readonly number: string;
  readonly month: string;
  readonly year: string;
  readonly cvc: string;
}

export type Confirmed =
  | { readonly kind: "done" }
  | { readonly kind: "redirect"; readonly url: string }
  | { readonly kind: "refused"; readonly field: CardField | null; readonly message: string };
export type CardField = "number" | "expiry" | "cvc";

interface Answer {
  status?: string;
  next_action?: { redirect_to_url?: { url: string } } | null;
  error?: { code?: string; decline_code?: string; message?: string };
}

/** Confirms the intent. A refusal is an answer, not an exception; only a lost connection is told as such. */
export async function confirmCard(open: OpenPayment, card: CardData, returnUrl: string): Promise<Confirmed> {
  const id = open.clientSecret.split("_secret_")[0] ?? "";
  const fields = new URLSearchParams({
    key: open.publishableKey,
    client_secret: open.clientSecret,
    return_url: returnUrl,
    "payment_method_data[type]": "card",
    "payment_method_data[card][number]": card.number,
    "payment_method_data[card][exp_month]": card.month,
    "payment_method_data[card][exp_year]": card.year,
    "payment_method_data[card][cvc]": card.cvc,
  });
  try {
    const response = await fetch(`/sandbox/v1/payment_intents/${id}/confirm`, {
      method: "POST",
      body: fields,
    });
    return readAnswer((await response.json()) as Answer);
  } catch {
    return {
      kind: "refused",
      field: null,
      message: "The connection broke. Nothing is lost; please try again.",
    };
  }
}

function readAnswer({ status, next_action, error }: Answer): Confirmed {
  const url = next_action?.redirect_to_url?.url;
  if (status === "requires_action" && url) return { kind: "redirect", url };
  if (status === "succeeded" || status === "processing") return { kind: "done" };
  // Confirmed in another tab, or by the press before this one.
  if (error?.code === "payment_intent_unexpected_state") return { kind: "done" };
  return refusalOf(error);
}

const messages: Readonly<Record<string, { field: CardField; message: string }>> = {
  incorrect_number: { field: "number", message: "This is no card number. Please check the digits." },
  invalid_expiry_month: { field: "expiry", message: "The month is between 01 and 12." },
  invalid_expiry_year: { field: "expiry", message: "This card has expired." },
  expired_card: { field: "expiry", message: "This card has expired. Nothing was charged; use another card." },
  invalid_cvc: { field: "cvc", message: "The security code has three or four digits." },
  incorrect_cvc: { field: "cvc", message: "The security code is wrong. Nothing was charged; try again." },
};

function refusalOf(error: Answer["error"]): Confirmed {
  const known = messages[error?.code ?? ""];
  if (known) return { kind: "refused", ...known };
  return { kind: "refused", field: null, message: declineMessage(error?.decline_code ?? error?.code) };
}

/** What a decline says to a person. */
export function declineMessage(code: string | undefined): string {
  if (code === "insufficient_funds")
    return "The card has not enough funds. Nothing was charged; try another card.";
  if (code === "processing_error")
    return "The bank did not answer in time. Nothing was charged; please try again.";
  return "The card was declined. Nothing was charged; try again or use another card.";
}

/** "4242 4242…" to digits; the checks that need no bank. */
export function checkCard(
  typed: { number: string; expiry: string; cvc: string },
  today: Date,
): { card: CardData } | { errors: Partial<Record<CardField, string>> } {
  const errors: Partial<Record<CardField, string>> = {};
  const number = typed.number.replace(/[\s-]/g, "");
  if (!/^\d{12,19}$/.test(number) || !passesLuhn(number))
    errors.number = "Please check the card number: 12 to 19 digits, as on the card.";
  const expiry = /^\s*(\d{1,2})\s*[/.-]?\s*(?:20)?(\d{2})\s*$/.exec(typed.expiry);
  const month = Number(expiry?.[1]);
  const year = 2000 + Number(expiry?.[2]);
  if (!expiry || month < 1 || month > 12) errors.expiry = "Month and year, like 09/29.";
  else if (year * 12 + month < today.getFullYear() * 12 + today.getMonth() + 1)
    errors.expiry = "This card has expired.";
  if (!/^\d{3,4}$/.test(typed.cvc.trim())) errors.cvc = "Three or four digits, from the back of the card.";
  if (Object.keys(errors).length > 0) return { errors };
  return { card: { number, month: String(month), year: String(year), cvc: typed.cvc.trim() } };
}

function passesLuhn(number: string): boolean {
  let sum = 0;
  for (const [i, digit] of [...number].reverse().map(Number).entries()) {
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
