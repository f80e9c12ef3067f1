/** Connected accounts, and the transfers that pay them. */
import { type Answer, type Call, ok } from "./call";
import { mergeMetadata, text } from "./form";
import { page } from "./lists";
import type { Account } from "./model";
import { balances, recordBalance } from "./money-trail";
import { invalid, missingParam, newId } from "./wire";
import type { World } from "./world";

export function createAccount({ world, form }: Call): Answer {
  const id = newId("acct", 16);
  const country = text(form, "country") ?? "DE";
  const account = world.store.put("account", id, {
    id,
    object: "account",
    capabilities: { transfers: "active" },
    charges_enabled: true,
    country,
    created: world.now(),
    default_currency: "eur",
    details_submitted: true,
    email: text(form, "email") ?? null,
    metadata: mergeMetadata({}, form),
    payouts_enabled: true,
    type: text(form, "type") ?? "express",
  });
  return ok(account);
}

export function retrieveAccount({ world, id }: Call): Answer {
  return ok(world.need("account", id, "account"));
}

export function createTransfer({ world, form }: Call): Answer {
  const destination = text(form, "destination");
  if (!destination) throw missingParam("destination");
  const account = world.need("account", destination, "destination");
  const currency = text(form, "currency")?.toLowerCase();
  if (!currency) throw missingParam("currency");
  const amount = Number(text(form, "amount"));
  if (!Number.isInteger(amount) || amount < 1) throw invalid("Invalid positive integer", { param: "amount" });
  if (account.capabilities.transfers !== "active") {
    throw invalid(
      "Your destination account needs to have at least one of the following capabilities enabled: transfers.",
      {
        code: "insufficient_capabilities_for_transfer",
      },
    );
  }
  // Stripe looks at what is available; here money that came in counts at once, so that a test need not wait two days.
  if (amount > (balances(world).get(currency) ?? 0)) {
    throw invalid("You have insufficient available funds in your Stripe account.", {
      code: "balance_insufficient",
    });
  }
  const id = newId("tr");
  const entry = recordBalance(world, {
    type: "transfer",
    source: id,
    amount: -amount,
    fee: 0,
    of: { currency },
  });
  const transfer = world.store.put("transfer", id, {
    id,
    object: "transfer",
    amount,
    amount_reversed: 0,
    balance_transaction: entry.id,
    created: world.now(),
    currency,
    description: text(form, "description") ?? null,
    destination,
    livemode: false,
    metadata: mergeMetadata({}, form),
    reversed: false,
    source_transaction: text(form, "source_transaction") ?? null,
    transfer_group: text(form, "transfer_group") ?? null,
  });
  world.emit("transfer.created", transfer);
  return ok(transfer);
}

/** All of a transfer, or a part, comes back. */
export function reverseTransfer({ world, form, id }: Call): Answer {
  const transfer = world.need("transfer", id, "transfer");
  const left = transfer.amount - transfer.amount_reversed;
  const amount = Number(text(form, "amount") ?? left);
  if (!Number.isInteger(amount) || amount < 1 || amount > left)
    throw invalid("Reversal amount is greater than the unreversed amount on the transfer.", {
      param: "amount",
    });
  const reversalId = newId("trr");
  const { currency } = transfer;
  const entry = recordBalance(world, {
    type: "transfer_refund",
    source: reversalId,
    amount,
    fee: 0,
    of: { currency },
  });
  const amountReversed = transfer.amount_reversed + amount;
  const reversed = world.store.put("transfer", id, {
    ...transfer,
    amount_reversed: amountReversed,
    reversed: amountReversed === transfer.amount,
  });
  world.emit("transfer.reversed", reversed);
  return ok({
    id: reversalId,
    object: "transfer_reversal",
    amount,
    balance_transaction: entry.id,
    created: world.now(),
    currency,
    metadata: {},
    transfer: id,
  });
}

export function retrieveTransfer({ world, id }: Call): Answer {
  return ok(world.need("transfer", id, "transfer"));
}

export function listTransfers({ world, form }: Call): Answer {
  return ok(page(world.store.all("transfer"), form, "/v1/transfers", ["destination", "transfer_group"]));
}

/** The provider stops paying this account, as it does while papers are missing. */
export function disableAccount(world: World, id: string): Account {
  const account = world.need("account", id, "account");
  return world.store.put("account", id, {
    ...account,
    capabilities: { transfers: "inactive" },
    charges_enabled: false,
    payouts_enabled: false,
  });
}

/** Accounts know nothing of links here: the owner is sent straight back. */
export function createAccountLink({ form, world }: Call): Answer {
  world.need("account", text(form, "account") ?? "", "account");
  const url = text(form, "return_url");
  if (!url) throw missingParam("return_url");
  return ok({ object: "account_link", created: world.now(), expires_at: world.now() + 300, url });
}
