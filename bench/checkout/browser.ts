/** The shoppers' browsers in front of the payment provider: a process of its own, told the intents to pay by its parent. */
import { cardForm } from "@/lib/gateway/sandbox/testing";

process.on("message", (clientSecret: string) => {
  pay(clientSecret).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});

/** Sends a good card straight to the provider, as Stripe.js does. Throws where the provider does not take it. */
async function pay(clientSecret: string): Promise<void> {
  const id = clientSecret.split("_secret_")[0];
  const answer = await fetch(`${process.env.SANDBOX_URL}/v1/payment_intents/${id}/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${process.env.STRIPE_PUBLISHABLE_KEY}` },
    body: cardForm("4242424242424242", { client_secret: clientSecret }),
  });
  await answer.text();
  if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}`);
}
