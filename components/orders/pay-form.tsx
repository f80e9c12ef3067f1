"use client";

import { type FormEvent, useActionState, useEffect, useRef } from "react";
import type { GatewayView } from "@/components/checkout/card-entry";
import { CardFields } from "@/components/checkout/card-fields";
import { PayButton } from "@/components/checkout/pay-button";
import { StripeFields } from "@/components/checkout/stripe-fields";
import { type Prepared, useCardPayment } from "@/components/checkout/use-card-payment";
import { ErrorSummary } from "@/components/ui/error-summary";
import type { ActionState } from "@/lib/action";
import { openHostedPayment, openPayment } from "@/lib/actions/payments";
import { formatMoney } from "@/lib/domain/money";
import { OrderFields } from "./order-fields";

/** Pays an order that stands: the card form with scripts, the gateway's own page without. */
export function PayForm({
  orderId,
  number,
  orderKey,
  total,
  currency,
  gateway,
  page,
}: {
  orderId: string;
  number: string;
  orderKey: string | null;
  /** Minor units. */
  total: number;
  currency: string;
  gateway: GatewayView;
  /** The order's own page, where the payment ends. */
  page: string;
}) {
  const [state, submit] = useActionState<ActionState<never>, FormData>(openHostedPayment, { status: "idle" });
  const card = useCardPayment();
  const summary = useRef<HTMLDivElement>(null);
  const message = card.message ?? (state.status === "error" ? state.message : undefined);
  const Entry = gateway.sandbox ? CardFields : StripeFields;

  useEffect(() => {
    if (message) summary.current?.focus();
  }, [message]);

  async function prepare(form: HTMLFormElement): Promise<Prepared> {
    const answer = await openPayment({ status: "idle" }, new FormData(form));
    if (answer.status === "ok" && answer.data) return { open: answer.data, page };
    const isOver = answer.code === "payment_closed";
    return { message: answer.message ?? "Please try again.", ...(isOver ? { goTo: page } : {}) };
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    void card.pay(() => prepare(form));
  }

  return (
    <form action={submit} onSubmit={onSubmit} className="grid gap-6">
      <noscript>
        <input type="hidden" name="nojs" value="1" />
      </noscript>
      <OrderFields orderId={orderId} number={number} orderKey={orderKey} />
      {message && <ErrorSummary ref={summary} message={message} />}
      <div className="unscripted:hidden">
        <Entry ref={card.entry} amount={total} currency={currency} publishableKey={gateway.publishableKey} />
      </div>
      <noscript>
        <p className="text-quiet">You enter your card on the next page.</p>
      </noscript>
      <div>
        <PayButton busy={card.busy}>Pay {formatMoney(total, currency)}</PayButton>
      </div>
    </form>
  );
}
