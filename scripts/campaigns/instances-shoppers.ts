/** Shoppers for two instances: visitors without scripts, who try again what got no answer, as people do. */
import { setTimeout as pause } from "node:timers/promises";
import type { Recipe } from "@/bench/checkout/http";
import { type Fields, Visitor } from "@/bench/checkout/visitor";

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
      // 429: the one that is left is full for a moment, and says when to come again.
      const isFull = /answered 429/.test(outcome.message);
      if (!isFull && !/answered 502|fetch failed/.test(outcome.message))
        return { refused: outcome.message, again };
      if (tries === 20) throw outcome;
      again += 1;
      await pause(isFull ? 2_000 : 250);
    }
  }
  const number = /\/orders\/([^/?]+)/.exec(to)?.[1];
  return number ? { number, again } : { refused: `led to ${to}`, again };
}

/** `again`: how often it was sent once more because no answer came, or the shop was full. */
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
