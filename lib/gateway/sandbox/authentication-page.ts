/** The bank's page between card and payment, /3ds/:intent, and the way back to the shop. */
import { authenticate } from "./confirming";
import { type FormObject, text } from "./form";
import type { Intent } from "./model";
import { framed, html, missingPage, money, type Page, redirect } from "./page-frame";
import { payPath, successUrl } from "./pay-page";
import { pageKey } from "./wire";
import type { World } from "./world";

export function showAuthentication(world: World, id: string, query: FormObject): Page {
  const intent = opened(world, id, query);
  if (!intent) return missingPage();
  if (intent.status !== "requires_action") return wayBack(world, intent);
  const method = world.store.get("method", intent.payment_method ?? "");
  const who = method?.card ? `your card ending in ${method.card.last4}` : "your PayPal account";
  const total = money(intent.amount, intent.currency);
  const action = `/sandbox/3ds/${intent.id}?key=${pageKey(intent.client_secret)}`;
  const content = html`<div class="stack"><h1>Confirm this payment</h1>
<p>${total} from ${who}. A real bank would ask for a code or a fingerprint here.</p>
<form class="stack" method="post" action="${action}">
<button name="outcome" value="complete">Complete authentication</button>
<button class="line" name="outcome" value="fail">Fail authentication</button>
</form></div>`;
  const targets = [new URL(returnUrlOf(world, intent) ?? "http://localhost").origin];
  return framed(`Confirm ${total}`, "one", content, { targets });
}

export function submitAuthentication(world: World, id: string, query: FormObject, form: FormObject): Page {
  const intent = opened(world, id, query);
  if (!intent) return missingPage();
  return wayBack(world, authenticate(world, intent, text(form, "outcome") === "complete"));
}

/** Without the key of the address there is no page: an id alone may be known to others. */
function opened(world: World, id: string, query: FormObject): Intent | null {
  const intent = world.store.get("intent", id);
  return intent && text(query, "key") === pageKey(intent.client_secret) ? intent : null;
}

function returnUrlOf(world: World, intent: Intent): string | undefined {
  return world.store.get("return_to", intent.id)?.url;
}

/** Where a shopper goes whose payment came to an end, good or bad. */
function wayBack(world: World, intent: Intent): Page {
  const session = world.store.get("session", world.store.get("session_of", intent.id)?.session ?? "");
  if (session) {
    if (session.status === "complete") return redirect(successUrl(session));
    const error = intent.last_payment_error;
    return redirect(payPath(session.id, error?.decline_code ?? error?.code));
  }
  const url = returnUrlOf(world, intent);
  return url ? redirect(returnAddress(url, intent)) : endPage(intent);
}

/** The return address with what Stripe adds to it. */
export function returnAddress(returnUrl: string, intent: Intent): string {
  const url = new URL(returnUrl);
  url.searchParams.set("payment_intent", intent.id);
  url.searchParams.set("payment_intent_client_secret", intent.client_secret);
  url.searchParams.set("redirect_status", redirectStatus(intent));
  return url.toString();
}

function redirectStatus(intent: Intent): string {
  if (intent.status === "succeeded" || intent.status === "requires_capture") return "succeeded";
  return intent.status === "processing" ? "pending" : "failed";
}

function endPage(intent: Intent): Page {
  const done = redirectStatus(intent) !== "failed";
  const content = html`<div class="stack"><h1>${done ? "Payment confirmed" : "Payment not confirmed"}</h1>
<p>You can close this page and go back to the shop.</p></div>`;
  return framed("Done", "one", content);
}
