/** The shopper's browser in front of the payment provider: sends the card straight to it, as Stripe.js does. */
import { cardForm } from "@/lib/gateway/sandbox/testing";

/** Pays an intent with a good card. Throws where the provider does not take it. */
export async function confirmAtSandbox(clientSecret: string): Promise<void> {
  const id = clientSecret.split("_secret_")[0];
  const answer = await fetch(`${process.env.SANDBOX_URL}/v1/payment_intents/${id}/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${process.env.STRIPE_PUBLISHABLE_KEY}` },
    body: cardForm("4242424242424242", { client_secret: clientSecret }),
  });
  await answer.text();
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
}
