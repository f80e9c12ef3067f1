/** Payouts of the account's balance to the bank: the provider makes them by itself, so a switch starts them here. */
import { type Answer, type Call, ok } from "./call";
import { page } from "./lists";
import type { BankPayout } from "./model";
import { balances, recordBalance } from "./money-trail";
import { invalid, newId } from "./wire";
import type { World } from "./world";

/** Pays out `amount`, or all there is, and tells it as paid. @throws ApiError where there is less */
export function payOut(world: World, currency: string, wanted?: number): BankPayout {
  const there = balances(world).get(currency) ?? 0;
  const amount = wanted ?? there;
  if (!Number.isInteger(amount) || amount < 1 || amount > there)
    throw invalid("You have insufficient funds in your Stripe account for this transfer.", {
      code: "balance_insufficient",
    });
  const id = newId("po");
  const entry = recordBalance(world, {
    type: "payout",
    source: id,
    amount: -amount,
    fee: 0,
    of: { currency },
  });
  const started = world.store.put("bank_payout", id, {
    id,
    object: "payout",
    amount,
    arrival_date: world.now() + 2 * 86_400,
    automatic: true,
    balance_transaction: entry.id,
    created: world.now(),
    currency,
    failure_balance_transaction: null,
    failure_code: null,
    livemode: false,
    metadata: {},
    status: "pending",
    type: "bank_account",
  });
  world.emit("payout.created", started);
  const paid = world.store.put("bank_payout", id, { ...started, status: "paid" });
  world.emit("payout.paid", paid);
  return paid;
}

/** The bank sends a payout back, also days after it was told as paid. */
export function bounce(world: World, id: string): BankPayout {
  const payout = world.need("bank_payout", id, "payout");
  if (payout.status === "failed") return payout;
  const { amount } = payout;
  const back = recordBalance(world, { type: "payout_failure", source: id, amount, fee: 0, of: payout });
  const failed = world.store.put("bank_payout", id, {
    ...payout,
    status: "failed",
    failure_code: "account_closed",
    failure_balance_transaction: back.id,
  });
  world.emit("payout.failed", failed);
  return failed;
}

export function retrievePayout({ world, id }: Call): Answer {
  return ok(world.need("bank_payout", id, "payout"));
}

export function listPayouts({ world, form }: Call): Answer {
  return ok(page(world.store.all("bank_payout"), form, "/v1/payouts", ["status"]));
}
