/** Checkout sessions: a page at the provider on which one payment is made. */
import { type Answer, type Call, ok } from "./call";
import { type Charged, putIntent } from "./charging";
import { originOf, pay } from "./confirming";
import { type FormObject, list, mergeMetadata, object, text } from "./form";
import { cancel, newIntent, readAmount, readCurrency } from "./intent-rows";
import { page } from "./lists";
import type { Intent, PaymentMethod, Session, SessionExtra } from "./model";
import { invalid, missingParam, newId } from "./wire";
import type { World } from "./world";

const HALF_HOUR_S = 1800;
const DAY_S = 86_400;

export function createSession({ world, form }: Call): Answer {
  if (text(form, "mode") !== "payment")
    throw invalid("The sandbox only knows mode=payment.", { param: "mode" });
  const success = text(form, "success_url");
  if (!success) throw missingParam("success_url");
  const origin = originOf(success, "success_url");
  const cancelUrl = text(form, "cancel_url") ?? null;
  if (cancelUrl) originOf(cancelUrl, "cancel_url");
  const { lines, currency } = readLines(form);
  const total = lines.reduce((sum, line) => sum + line.amount, 0);
  readAmount({ amount: String(total) }, currency);
  const id = newId("cs", 58).replace("cs_", "cs_test_");
  const expires_at = readExpiry(form, world.now());
  const intentData = object(form, "payment_intent_data") ?? {};
  const session: Session = {
    id,
    object: "checkout.session",
    amount_subtotal: total,
    amount_total: total,
    cancel_url: cancelUrl,
    client_reference_id: text(form, "client_reference_id") ?? null,
    created: world.now(),
    currency,
    customer_email: text(form, "customer_email") ?? null,
    expires_at,
    livemode: false,
    metadata: mergeMetadata({}, form),
    mode: "payment",
    payment_intent: null,
    payment_method_types: list(form, "payment_method_types")?.map(String) ?? ["card", "paypal"],
    payment_status: "unpaid",
    status: "open",
    success_url: success,
    url: new URL(`/sandbox/pay/${id}`, origin).toString(),
  };
  world.store.put("session", id, session);
  world.store.put("session_extra", id, {
    lines,
    intentMetadata: mergeMetadata({}, intentData),
    intentDescription: text(intentData, "description") ?? null,
    receiptEmail: text(intentData, "receipt_email") ?? session.customer_email,
  });
  world.later("expire_session", id, expires_at * 1000 - Date.now());
  return ok(session);
}

export function retrieveSession({ world, id }: Call): Answer {
  return ok(world.need("session", id, "checkout.session"));
}

export function listSessions({ world, form }: Call): Answer {
  return ok(page(world.store.all("session"), form, "/v1/checkout/sessions", ["payment_intent", "status"]));
}

export function expireSession({ world, id }: Call): Answer {
  const session = world.need("session", id, "checkout.session");
  if (session.status !== "open") {
    throw invalid(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${session.status}.`,
    );
  }
  return ok(expire(world, session));
}

/** Closes the page, and the intent with it. */
export function expire(world: World, session: Session): Session {
  const intent = session.payment_intent ? world.store.get("intent", session.payment_intent) : undefined;
  if (intent && !["succeeded", "processing", "canceled"].includes(intent.status))
    cancel(world, intent, "expired");
  const closed = world.store.put("session", session.id, { ...session, status: "expired", url: null });
  world.emit("checkout.session.expired", closed);
  return closed;
}

/** Pays an open session. The first try makes the intent, later ones use it again. */
export function paySession(
  world: World,
  session: Session,
  method: PaymentMethod,
  returnUrl: string,
): Charged {
  return pay(world, intentOf(world, session), method, returnUrl);
}

function intentOf(world: World, session: Session): Intent {
  const known = session.payment_intent ? world.store.get("intent", session.payment_intent) : undefined;
  if (known) return known;
  const extra = world.need("session_extra", session.id, "checkout.session");
  const intent = putIntent(
    world,
    newIntent(world, {
      amount: session.amount_total,
      currency: session.currency,
      description: extra.intentDescription,
      metadata: extra.intentMetadata,
      payment_method_types: session.payment_method_types,
      receipt_email: extra.receiptEmail,
    }),
  );
  world.store.put("session_of", intent.id, { session: session.id });
  world.store.put("session", session.id, { ...session, payment_intent: intent.id });
  world.emit("payment_intent.created", intent);
  return intent;
}

function readExpiry(form: FormObject, now: number): number {
  const given = text(form, "expires_at");
  const at = given === undefined ? now + DAY_S : Number(given);
  if (!Number.isInteger(at) || at < now + HALF_HOUR_S || at > now + DAY_S) {
    const message = "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.";
    throw invalid(message, { param: "expires_at" });
  }
  return at;
}

function readLines(form: FormObject): { lines: SessionExtra["lines"]; currency: string } {
  const items = list(form, "line_items");
  if (!items?.length) throw missingParam("line_items");
  let currency = "";
  const lines = items.map((item, i) => {
    const at = `line_items[${i}]`;
    const fields = typeof item === "object" && !Array.isArray(item) ? item : {};
    const price = object(fields, "price_data");
    if (!price) throw missingParam(`${at}[price_data]`);
    currency ||= readCurrency(price);
    if (readCurrency(price) !== currency) throw invalid("All line items must have the same currency.");
    const quantity = Number(text(fields, "quantity") ?? 1);
    const unit = Number(text(price, "unit_amount"));
    if (!Number.isInteger(quantity) || quantity < 1)
      throw invalid("Invalid quantity.", { param: `${at}[quantity]` });
    if (!Number.isInteger(unit) || unit < 0) throw invalid("Invalid amount.", { param: `${at}[price_data]` });
    const name = text(object(price, "product_data") ?? {}, "name") ?? "Item";
    return { name, quantity, amount: unit * quantity };
  });
  return { lines, currency };
}
