/** Payment intents: create, read, change, cancel, capture, list. */
import { type Answer, type Call, ok } from "./call";
import { putIntent, succeed } from "./charging";
import { confirmIntent } from "./confirming";
import { list, mergeMetadata, object, text } from "./form";
import {
  cancel,
  newIntent,
  ownIntent,
  readAmount,
  readCurrency,
  shown,
  unexpectedState,
} from "./intent-rows";
import { page } from "./lists";
import { invalid } from "./wire";

export function createIntent(call: Call): Answer {
  const { world, form } = call;
  const currency = readCurrency(form);
  const types = list(form, "payment_method_types")?.map(String);
  const automatic = text(object(form, "automatic_payment_methods") ?? {}, "enabled") !== "false";
  const redirects = text(object(form, "automatic_payment_methods") ?? {}, "allow_redirects") ?? "always";
  const intent = putIntent(
    world,
    newIntent(world, {
      amount: readAmount(form, currency),
      currency,
      automatic_payment_methods: types ? null : { enabled: automatic, allow_redirects: redirects },
      payment_method_types: types ?? (redirects === "never" ? ["card"] : ["card", "paypal"]),
      capture_method: text(form, "capture_method") ?? "automatic_async",
      customer: text(form, "customer") ?? null,
      description: text(form, "description") ?? null,
      metadata: mergeMetadata({}, form),
      receipt_email: text(form, "receipt_email") ?? null,
      transfer_group: text(form, "transfer_group") ?? null,
    }),
  );
  world.emit("payment_intent.created", intent);
  if (text(form, "confirm") === "true") return confirmIntent({ ...call, id: intent.id });
  return ok(intent);
}

export function retrieveIntent(call: Call): Answer {
  return ok(shown(ownIntent(call), call.publishable));
}

const CLOSED: ReadonlySet<string> = new Set(["succeeded", "canceled", "processing", "requires_capture"]);

export function updateIntent(call: Call): Answer {
  const { world, form } = call;
  const old = ownIntent(call);
  const amount = text(form, "amount") === undefined ? old.amount : readAmount(form, old.currency);
  if (amount !== old.amount && CLOSED.has(old.status)) throw unexpectedState(old, "update");
  const receipt_email = text(form, "receipt_email") ?? old.receipt_email;
  const description = text(form, "description") ?? old.description;
  const metadata = mergeMetadata(old.metadata, form);
  return ok(putIntent(world, { ...old, amount, receipt_email, description, metadata }));
}

export function cancelIntent(call: Call): Answer {
  const { world, form, id } = call;
  const intent = world.need("intent", id, "payment_intent");
  const session = world.store.get("session", world.store.get("session_of", id)?.session ?? "");
  if (session?.status === "open") {
    throw invalid(
      "You cannot cancel this PaymentIntent because it was created by a Checkout Session. Expire it instead.",
    );
  }
  return ok(cancel(world, intent, text(form, "cancellation_reason") ?? null));
}

export function captureIntent({ world, form, id }: Call): Answer {
  const intent = world.need("intent", id, "payment_intent");
  if (intent.status !== "requires_capture") throw unexpectedState(intent, "capture");
  const held = world.need("charge", intent.latest_charge ?? "", "charge");
  const given = text(form, "amount_to_capture");
  const amount = given === undefined ? intent.amount : Number(given);
  if (!(amount > 0 && amount <= intent.amount))
    throw invalid("Invalid amount.", { param: "amount_to_capture" });
  return ok(succeed(world, intent, held, amount));
}

export function listIntents({ world, form }: Call): Answer {
  return ok(page(world.store.all("intent"), form, "/v1/payment_intents", ["customer"]));
}
