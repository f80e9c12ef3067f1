/** What a shopper's browser would send to the sandbox, for seeds, tests and benches. Nothing of the shop uses it. */

export type PaidAs = { status: string; error: string | null; nextUrl: string | null };

/** Confirms an intent with a card number, as the card form does. `url` is the sandbox's or the shop's + "/sandbox". */
export async function confirmAsShopper(input: {
  url: string;
  publishableKey: string;
  clientSecret: string;
  card: string;
  returnUrl?: string;
}): Promise<PaidAs> {
  const id = input.clientSecret.split("_secret_")[0];
  const response = await fetch(`${input.url}/v1/payment_intents/${id}/confirm`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: new URL(input.url).origin },
    body: cardFields(input).toString(),
    signal: AbortSignal.timeout(10_000),
  });
  const body = (await response.json()) as {
    status?: string;
    next_action?: { redirect_to_url?: { url: string } } | null;
    error?: { code?: string; decline_code?: string; payment_intent?: { status: string } };
  };
  return {
    status: body.status ?? body.error?.payment_intent?.status ?? "unknown",
    error: body.error ? (body.error.decline_code ?? body.error.code ?? "error") : null,
    nextUrl: body.next_action?.redirect_to_url?.url ?? null,
  };
}

/** The form fields of a card payment, named as Stripe names them. */
function cardFields(input: {
  publishableKey: string;
  clientSecret: string;
  card: string;
  returnUrl?: string;
}): URLSearchParams {
  return new URLSearchParams({
    key: input.publishableKey,
    client_secret: input.clientSecret,
    "payment_method_data[type]": "card",
    "payment_method_data[card][number]": input.card,
    "payment_method_data[card][exp_month]": "12",
    "payment_method_data[card][exp_year]": String(new Date().getFullYear() + 3),
    "payment_method_data[card][cvc]": "123",
    ...(input.returnUrl ? { return_url: input.returnUrl } : {}),
  });
}
