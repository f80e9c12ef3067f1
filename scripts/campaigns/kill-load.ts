/** Several shoppers at once, for a process that is killed in the middle: what they were told is written where it survives. */
import { appendFileSync } from "node:fs";
import { guest } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { cardForm } from "@/lib/gateway/sandbox/testing";
import { cancelOrder } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { sync } from "@/lib/services/payments/sync";
import { systemActor } from "@/lib/system";

export interface Load {
  /** Variants to buy of. */
  readonly variants: readonly string[];
  /** A file to which every order that a shopper was told of is added, a line each: id, and "paid" once it was. */
  readonly notes: string;
}

const SHOPPERS = 5;
const ROUNDS = 4;

/** They buy, pay, are heard of, and sometimes cancel. */
export async function shopping({ load: { variants, notes } }: { readonly load: Load }): Promise<void> {
  const shop = async (who: number) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const shopper = guest();
      const variantId = variants[(who + round) % variants.length] ?? "";
      const { orderId } = await order(shopper, [{ variantId, quantity: 1 }]);
      appendFileSync(notes, `${orderId} placed\n`);
      await pay((await open(shopper, orderId)).clientSecret);
      appendFileSync(notes, `${orderId} paid\n`);
      await sync(systemActor("campaign"), orderId);
      appendFileSync(notes, `${orderId} heard\n`);
      if ((who + round) % 3 !== 0) continue;
      await cancelOrder(shopper, orderId);
      appendFileSync(notes, `${orderId} cancelled\n`);
    }
  };
  await Promise.all(Array.from({ length: SHOPPERS }, (_, who) => shop(who)));
}

/** As the browser does. */
async function pay(clientSecret: string): Promise<void> {
  const intentId = clientSecret.split("_secret_")[0];
  const answer = await fetch(`${process.env.SANDBOX_URL}/v1/payment_intents/${intentId}/confirm`, {
    method: "POST",
    headers: { authorization: `Bearer ${process.env.STRIPE_PUBLISHABLE_KEY}` },
    body: cardForm("4242424242424242", { client_secret: clientSecret }),
  });
  if (!answer.ok) throw new Error(`the card was answered ${answer.status}`);
}
