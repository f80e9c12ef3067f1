/** The hosted payment page of a checkout session, /pay/:id. Works without JavaScript. */
import { OFFERED, readMethod } from "./cards";
import { type FormObject, text } from "./form";
import type { Session } from "./model";
import { framed, html, missingPage, money, type Page, redirect } from "./page-frame";
import { paySession } from "./sessions";
import { ApiError } from "./wire";
import type { World } from "./world";

/** What went wrong, said to a person; only these codes are ever shown. */
const SAID: Record<string, { text: string; field?: "number" | "expiry" | "cvc" }> = {
  card_declined: { text: "Your card was declined. Nothing was charged. Try again or use another card." },
  insufficient_funds: { text: "Your card has not enough funds. Nothing was charged. Use another card." },
  expired_card: { text: "Your card has expired. Use another card.", field: "expiry" },
  incorrect_number: { text: "This card number is not right. Check the digits.", field: "number" },
  incorrect_cvc: { text: "The security code is not right.", field: "cvc" },
  invalid_cvc: { text: "The security code has 3 or 4 digits.", field: "cvc" },
  invalid_expiry_month: {
    text: "Write the expiry date as month and year, for example 08 / 29.",
    field: "expiry",
  },
  invalid_expiry_year: { text: "This expiry date is in the past or not a date.", field: "expiry" },
  processing_error: { text: "The card could not be processed. Nothing was charged. Try again in a moment." },
  test_mode_live_card: {
    text: "Only test cards work here. Nothing was charged; choose one from the list below.",
  },
  payment_intent_authentication_failure: {
    text: "The payment was not confirmed. Nothing was charged. Try again or use another card.",
  },
};

export function showPayPage(world: World, id: string, query: FormObject): Page {
  const session = world.store.get("session", id);
  if (!session) return missingPage();
  if (session.status === "complete") return redirect(successUrl(session));
  if (session.status === "expired") return expiredPage(session);
  return openPage(world, session, text(query, "error") ?? "");
}

/** Pays; the answer is always a redirect, so that reloading never pays again. */
export function submitPayPage(world: World, id: string, form: FormObject): Page {
  const session = world.store.get("session", id);
  if (!session) return missingPage();
  if (session.status === "complete") return redirect(successUrl(session));
  if (session.status === "expired") return expiredPage(session);
  try {
    const { intent, error } = paySession(
      world,
      session,
      readMethod(methodFields(form), world.now()),
      session.success_url,
    );
    if (error) return redirect(payPath(id, error.decline_code ?? error.code));
    if (intent.next_action?.type === "redirect_to_url") {
      const { pathname, search } = new URL(intent.next_action.redirect_to_url.url);
      return redirect(pathname + search);
    }
    return redirect(successUrl(session));
  } catch (error) {
    if (error instanceof ApiError) return redirect(payPath(id, error.body.code));
    throw error;
  }
}

export function payPath(id: string, error?: string): string {
  if (!error) return `/sandbox/pay/${id}`;
  return `/sandbox/pay/${id}?error=${encodeURIComponent(error in SAID ? error : "card_declined")}`;
}

export function successUrl(session: Session): string {
  return session.success_url.replaceAll("{CHECKOUT_SESSION_ID}", session.id);
}

/** The page's fields in the form in which the API takes them. */
function methodFields(form: FormObject): FormObject {
  if (text(form, "method") === "paypal") return { type: "paypal" };
  const digits = (text(form, "expiry") ?? "").replace(/\s/g, "");
  const [, month = "", year = ""] = /^(\d{1,2})[/-]?(\d{2}|\d{4})$/.exec(digits) ?? [];
  const number = text(form, "number") ?? "";
  return { type: "card", card: { number, exp_month: month, exp_year: year, cvc: text(form, "cvc") ?? "" } };
}

function openPage(world: World, session: Session, error: string): Page {
  const said = SAID[error];
  const lines = world.store.get("session_extra", session.id)?.lines ?? [];
  const total = money(session.amount_total, session.currency);
  const invalid = (field: string) =>
    said?.field === field ? html`aria-invalid="true" aria-describedby="${field}-why" autofocus` : html``;
  const why = (field: string) =>
    said?.field === field ? html`<p class="why" id="${field}-why">${said.text}</p>` : html``;
  const paypal = session.payment_method_types.includes("paypal")
    ? html`<form method="post" action="${payPath(session.id)}"><input type="hidden" name="method" value="paypal">
<button class="line">Pay with PayPal (imitated)</button></form>`
    : html``;
  const content = html`<section class="stack" aria-label="Summary">
<div><p class="quiet">To pay</p><p class="sum">${total}</p></div>
<dl>${lines.map((line) => html`<dt>${line.name}${line.quantity > 1 ? ` × ${line.quantity}` : ""}</dt><dd>${money(line.amount, session.currency)}</dd>`)}</dl>
${session.customer_email ? html`<p class="quiet">Receipt to ${session.customer_email}</p>` : html``}
</section>
<section class="stack"><h1>Pay by card</h1>
${said ? html`<div class="alert" role="alert">${said.text}</div>` : html``}
<form class="stack" method="post" action="${payPath(session.id)}">
<div class="field"><label for="number">Card number</label><input id="number" name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" maxlength="25" required ${invalid("number")}>${why("number")}</div>
<div class="pair">
<div class="field"><label for="expiry">Expiry date (MM / YY)</label><input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="12 / 34" maxlength="9" required ${invalid("expiry")}>${why("expiry")}</div>
<div class="field"><label for="cvc">Security code</label><input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4" required ${invalid("cvc")}>${why("cvc")}</div>
</div>
<button>Pay ${total}</button></form>
${paypal}
<details><summary>Test cards</summary><ul>${OFFERED.map(
    ({ number, label }) => html`<li><code>${number.replace(/(\d{4})(?=\d)/g, "$1 ")}</code> ${label}</li>`,
  )}</ul><p class="quiet">Any future date and any three digits.</p></details>
</section>`;
  const targets = [new URL(session.success_url).origin];
  return framed(`Pay ${total}`, "two", content, { back: session.cancel_url, targets });
}

function expiredPage(session: Session): Page {
  const back = session.cancel_url;
  const content = html`<div class="stack"><h1>This payment page has expired</h1>
<p>Nothing was charged. ${back ? html`<a href="${back}">Go back to the shop</a> to start again.` : "Go back to the shop to start again."}</p></div>`;
  return framed("Expired", "one", content, { back });
}
