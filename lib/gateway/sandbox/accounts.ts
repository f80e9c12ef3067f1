/** What the rest of the account answers: charges, balance, methods, events, connected accounts and transfers. */
import { type Answer, type Call, ok } from "./call";
import { readMethod } from "./cards";
import { list, mergeMetadata, text } from "./form";
import { page, publicMethod } from "./lists";
import { recordBalance } from "./money-trail";
import { invalid, missingParam, newId } from "./wire";

export function retrieveCharge({ world, id }: Call): Answer {
  return ok(world.need("charge", id, "charge"));
}

export function listCharges({ world, form }: Call): Answer {
  return ok(page(world.store.all("charge"), form, "/v1/charges", ["payment_intent", "transfer_group"]));
}

export function retrieveBalance({ world, id }: Call): Answer {
  return ok(world.need("balance", id, "balance_transaction"));
}

export function listBalance({ world, form }: Call): Answer {
  const rows = world.store.all("balance");
  return ok(page(rows, form, "/v1/balance_transactions", ["source", "type", "currency"]));
}

export function createMethod({ world, form }: Call): Answer {
  const method = readMethod(form, world.now(), "payment_method");
  world.store.put("method", method.id, method);
  return ok(publicMethod(world, method.id));
}

export function retrieveMethod({ world, id }: Call): Answer {
  world.need("method", id, "PaymentMethod");
  return ok(publicMethod(world, id));
}

export function retrieveEvent({ world, id }: Call): Answer {
  return ok(world.need("event", id, "event"));
}

export function listEvents({ world, form }: Call): Answer {
  const types = new Set(list(form, "types")?.map(String));
  const rows = world.store.all("event").filter((event) => types.size === 0 || types.has(event.type));
  return ok(page(rows, form, "/v1/events", ["type"]));
}

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
  world.need("account", destination, "destination");
  const currency = text(form, "currency")?.toLowerCase();
  if (!currency) throw missingParam("currency");
  const amount = Number(text(form, "amount"));
  if (!Number.isInteger(amount) || amount < 1) throw invalid("Invalid positive integer", { param: "amount" });
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

export function retrieveTransfer({ world, id }: Call): Answer {
  return ok(world.need("transfer", id, "transfer"));
}

export function listTransfers({ world, form }: Call): Answer {
  return ok(page(world.store.all("transfer"), form, "/v1/transfers", ["destination", "transfer_group"]));
}

/** The money there is: everything booked so far, by currency. */
export function readBalance({ world }: Call): Answer {
  const sums = new Map<string, number>();
  for (const entry of world.store.all("balance")) {
    sums.set(entry.currency, (sums.get(entry.currency) ?? 0) + entry.net);
  }
  const pending = [...sums].map(([currency, amount]) => ({ currency, amount }));
  return ok({ object: "balance", available: [], livemode: false, pending });
}

/** Accounts know nothing of links here: the owner is sent straight back. */
export function createAccountLink({ form, world }: Call): Answer {
  world.need("account", text(form, "account") ?? "", "account");
  const url = text(form, "return_url");
  if (!url) throw missingParam("return_url");
  return ok({ object: "account_link", created: world.now(), expires_at: world.now() + 300, url });
}
