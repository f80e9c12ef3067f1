/** Balance transactions: every movement of the account's money, with the provider's fee. */
import type { BalanceTransaction } from "./model";
import { newId } from "./wire";
import type { World } from "./world";

/** What Stripe takes of a European card: 1.5 % and 25 of the smallest unit, half up. */
export function chargeFee(amount: number): number {
  return Math.floor((amount * 15 + 500) / 1000) + 25;
}

export function recordBalance(
  world: World,
  entry: {
    type: string;
    source: string;
    amount: number;
    fee: number;
    of: { currency: string; description?: string | null };
  },
): BalanceTransaction {
  const { type, source, amount, fee } = entry;
  const { currency } = entry.of;
  const id = newId("txn");
  const created = world.now();
  return world.store.put("balance", id, {
    id,
    object: "balance_transaction",
    amount,
    available_on: created + 2 * 86_400,
    created,
    currency,
    description: entry.of.description ?? null,
    fee,
    fee_details:
      fee === 0 ? [] : [{ amount: fee, currency, description: "Processing fees", type: "stripe_fee" }],
    net: amount - fee,
    reporting_category: type === "adjustment" ? "dispute" : type,
    source,
    status: "pending",
    type,
  });
}

/** Everything booked so far, by currency. */
export function balances(world: World): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { currency, net } of world.store.all("balance"))
    sums.set(currency, (sums.get(currency) ?? 0) + net);
  return sums;
}
