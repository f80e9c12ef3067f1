/** Shoppers for two instances: visitors without scripts, who try again what got no answer, as people do. */
import { setTimeout as pause } from "node:timers/promises";
import { type Fields, Visitor } from "@/bench/checkout/visitor";

export interface Recipe {
  readonly path: string;
  readonly cart: Fields;
  readonly address: Fields;
  readonly delivery: Fields;
  readonly payment: Fields;
}

const ADDRESS = {
  "shipping.country": "DE",
  "shipping.name": "Ada Lovelace",
  "shipping.line1": "Torstraße 112",
  "shipping.postalCode": "10119",
  "shipping.city": "Berlin",
  billingSame: "on",
};

/** Walks through once by reading each page, and keeps what each form sends. Orders nothing. */
export async function learn(siteUrl: string, path: string): Promise<Recipe> {
  const visitor = new Visitor(siteUrl);
  const cart = (await visitor.form(path, "variantId")).with({});
  await visitor.post(path, cart);
  const address = (await visitor.form("/checkout", "email")).with({ ...ADDRESS, email: "learn@example.com" });
  await visitor.post("/checkout", address);
  const delivery = (await visitor.form("/checkout/delivery", "shippingRateId")).with({});
  await visitor.post("/checkout/delivery", delivery);
  // Without the page's checkout the open one of the cart is meant: this form serves all shoppers.
  const payment = (await visitor.form("/checkout/payment", "expectedTotal"))
    .with({ method: "cash_on_delivery" })
    .filter(([name]) => name !== "checkoutId");
  return { path, cart, address, delivery, payment };
}

/** From an empty cart to an order to be paid in cash: its number, or why there is none. */
export async function buy(siteUrl: string, recipe: Recipe, email: string): Promise<Bought> {
  const visitor = new Visitor(siteUrl);
  const steps: [string, Fields][] = [
    [recipe.path, recipe.cart],
    ["/checkout", recipe.address.map(([name, value]) => [name, name === "email" ? email : value] as const)],
    ["/checkout/delivery", recipe.delivery],
    ["/checkout/payment", recipe.payment],
  ];
  let to = "";
  let again = 0;
  for (const [path, fields] of steps) {
    for (let tries = 0; ; tries += 1) {
      const outcome = await visitor.post(path, fields).catch((error: Error) => error);
      if (typeof outcome === "string") {
        to = outcome;
        break;
      }
      if (!/answered 502|fetch failed/.test(outcome.message)) return { refused: outcome.message, again };
      if (tries === 20) throw outcome;
      again += 1;
      await pause(250);
    }
  }
  const number = /\/orders\/([^/?]+)/.exec(to)?.[1];
  return number ? { number, again } : { refused: `led to ${to}`, again };
}

/** `again`: how often it was sent once more because no answer came. */
export type Bought = { number: string; again: number } | { refused: string; again: number };

/** Reads these pages over and over until told to stop; each answer that is no 200 is noted. */
export function startReading(siteUrl: string, paths: readonly string[]) {
  let isOver = false;
  let reads = 0;
  let slowest = 0;
  const failed: string[] = [];
  const lane = async (from: number) => {
    for (let at = from; !isOver; at += 1) {
      const path = paths[at % paths.length] ?? "/";
      const begun = Date.now();
      const status = await fetch(siteUrl + path, { headers: { "x-forwarded-for": `10.9.9.${from}` } })
        .then(async (answer) => {
          await answer.text();
          return answer.status;
        })
        .catch((error: Error) => error.message);
      reads += 1;
      slowest = Math.max(slowest, Date.now() - begun);
      if (status !== 200) failed.push(`${path}: ${status}`);
      await pause(20);
    }
  };
  const lanes = [lane(1), lane(2)];
  return {
    stop: async () => {
      isOver = true;
      await Promise.all(lanes);
      return { reads, failed, slowest };
    },
  };
}
