/** What the rest of the account answers: charges, balance, methods and events. */
import { type Answer, type Call, ok } from "./call";
import { readMethod } from "./cards";
import { list, text } from "./form";
import { page, publicMethod } from "./lists";
import { balances } from "./money-trail";

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
  const delivered = text(form, "delivery_success");
  const rows = world.store
    .all("event")
    .filter((event) => types.size === 0 || types.has(event.type))
    .filter((event) => delivered === undefined || (event.pending_webhooks === 0) === (delivered === "true"));
  return ok(page(rows, form, "/v1/events", ["type"]));
}

/** The money there is: everything booked so far, by currency. */
export function readBalance({ world }: Call): Answer {
  const pending = [...balances(world)].map(([currency, amount]) => ({ currency, amount }));
  return ok({ object: "balance", available: [], livemode: false, pending });
}
