"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useRef } from "react";
import { announceCartChanged } from "@/components/layout/cart-count";
import { ErrorSummary } from "@/components/ui/error-summary";
import { RadioCard } from "@/components/ui/field";
import { FormContext } from "@/components/ui/form-state";
import { useGuardedAction } from "@/components/ui/guarded";
import type { ActionState } from "@/lib/action";
import { type PlacedForBrowser, placeOrder } from "@/lib/actions/checkout";
import { formatMoney } from "@/lib/domain/money";
import type { GatewayView } from "./card-entry";
import { CardFields } from "./card-fields";
import { StepButtons } from "./delivery-form";
import { PayButton } from "./pay-button";
import { StripeFields } from "./stripe-fields";
import { type Prepared, useCardPayment } from "./use-card-payment";

/**
 * The last step: how to pay, and the button that places the order. With scripts a card is asked for here and goes
 * to the gateway once the order stands; without them the gateway's own page asks.
 */
export function PaymentForm({
  checkoutId,
  total,
  fingerprint,
  currency,
  cashOnDelivery,
  cashLimit,
  cardRefusal,
  gateway,
}: {
  checkoutId: string;
  /** Minor units. */
  total: number;
  /** Of the quote that this page shows. */
  fingerprint: string;
  currency: string;
  cashOnDelivery: boolean;
  /** Minor units: what the courier takes at most, where the total is above it. */
  cashLimit: number | null;
  /** Why a card cannot pay this amount. */
  cardRefusal: string | null;
  gateway: GatewayView;
}) {
  const router = useRouter();
  const [state, submit] = useGuardedAction<ActionState<PlacedForBrowser>>(placeOrder);
  const card = useCardPayment();
  const placed = useRef<PlacedForBrowser>(null);
  const summary = useRef<HTMLDivElement>(null);
  const message = card.message ?? (state.status === "error" ? state.message : undefined);
  const isFree = total === 0;
  const isStuck = !isFree && cardRefusal !== null && !cashOnDelivery;
  const Entry = gateway.sandbox ? CardFields : StripeFields;

  useEffect(() => {
    if (message) summary.current?.focus();
  }, [message]);

  /** Places once; a retry after a decline pays the order that stands. */
  async function prepare(form: HTMLFormElement): Promise<Prepared> {
    if (!placed.current) {
      const answer = await placeOrder({ status: "idle" }, new FormData(form));
      if (answer.status !== "ok" || !answer.data) {
        // What the page shows is out of date: prices, stock or totals changed.
        router.refresh();
        return { message: answer.message ?? "Please try again." };
      }
      placed.current = answer.data;
      forgetCart();
    }
    const { number, key, payment } = placed.current;
    const page = `/orders/${number}?key=${key}`;
    const payPage = `/orders/${number}/payment?key=${key}`;
    if (!payment) return { message: "Your order is placed. The payment opens again.", goTo: payPage };
    // A reload from here on leads to the payment of this order, not to an empty checkout.
    window.history.replaceState(null, "", payPage);
    return { open: payment, page };
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    const form = event.currentTarget;
    if (new FormData(form).get("method") !== "card") return;
    event.preventDefault();
    void card.pay(() => prepare(form));
  }

  return (
    <FormContext value={state}>
      <form action={submit} onSubmit={onSubmit} className="group/pay grid gap-8">
        <noscript>
          <input type="hidden" name="nojs" value="1" />
        </noscript>
        <input type="hidden" name="checkoutId" value={checkoutId} />
        <input type="hidden" name="expectedTotal" value={total} />
        <input type="hidden" name="fingerprint" value={fingerprint} />
        {message && <ErrorSummary ref={summary} message={message} />}
        <fieldset className="grid gap-3">
          <legend className="sr-only">How to pay</legend>
          {isFree && (
            <RadioCard
              name="method"
              value="none"
              title="Nothing to pay"
              detail="Your code covers it."
              defaultChecked
            />
          )}
          {!isFree && !cardRefusal && (
            <RadioCard
              name="method"
              value="card"
              title="Card"
              detail="Visa, Mastercard, American Express"
              defaultChecked
            >
              <div className="unscripted:hidden">
                <Entry
                  ref={card.entry}
                  amount={total}
                  currency={currency}
                  publishableKey={gateway.publishableKey}
                />
              </div>
              <noscript>
                <p className="text-s text-quiet">You enter your card on the next page.</p>
              </noscript>
            </RadioCard>
          )}
          {!isFree && cashOnDelivery && (
            <RadioCard
              name="method"
              value="cash_on_delivery"
              title="Cash on delivery"
              detail="You pay the courier at your door."
              defaultChecked={cardRefusal !== null}
            />
          )}
          {!isFree && cardRefusal && <p className="text-s text-quiet">{cardRefusal}</p>}
          {!isFree && cashLimit !== null && (
            <p className="text-s text-quiet">
              Cash on delivery is possible up to {formatMoney(cashLimit, currency)}.
            </p>
          )}
        </fieldset>
        <StepButtons back="/checkout/delivery" backLabel="Back to delivery">
          {isStuck ? (
            <p>No way to pay fits this total. Another amount in the cart may.</p>
          ) : (
            <PayButton busy={card.busy}>
              {isFree || cardRefusal ? (
                "Place order"
              ) : (
                <>
                  <span className="group-has-[[value=cash\_on\_delivery]:checked]/pay:hidden">
                    Pay {formatMoney(total, currency)}
                  </span>
                  <span className="hidden group-has-[[value=cash\_on\_delivery]:checked]/pay:inline">
                    Place order
                  </span>
                </>
              )}
            </PayButton>
          )}
        </StepButtons>
      </form>
    </FormContext>
  );
}

/** The cart became the order. The action that placed it sets no cookie (see there), so this does. */
function forgetCart(): void {
  const secure = window.location.protocol === "https:";
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not there on plain http
  document.cookie = `${secure ? "__Host-" : ""}cart_count=0; path=/; samesite=lax${secure ? "; secure" : ""}`;
  announceCartChanged();
}
