"use client";

import { useEffect, useImperativeHandle, useRef, useState } from "react";
import type { CardEntryProps } from "./card-entry";

interface StripeError {
  message?: string;
}
interface StripeElements {
  create(kind: "payment", options?: object): { mount(at: HTMLElement): void };
  submit(): Promise<{ error?: StripeError }>;
}
interface StripeClient {
  elements(options: object): StripeElements;
  confirmPayment(options: object): Promise<{ error?: StripeError }>;
}
declare global {
  interface Window {
    Stripe?: (key: string) => StripeClient;
  }
}

/** Stripe's own form, in its frame: with real keys no card data touches the shop's page. */
export function StripeFields({ ref, amount, currency, publishableKey }: CardEntryProps) {
  const box = useRef<HTMLDivElement>(null);
  const made = useRef<{ stripe: StripeClient; elements: StripeElements }>(null);
  const [trouble, setTrouble] = useState<string>();

  useEffect(() => {
    let isHere = true;
    loadStripe().then(
      (Stripe) => {
        if (!isHere || !box.current) return;
        const stripe = Stripe(publishableKey);
        const elements = stripe.elements({
          mode: "payment",
          amount,
          currency: currency.toLowerCase(),
          appearance: { variables: { borderRadius: "2px", fontSizeBase: "16px" } },
        });
        elements.create("payment").mount(box.current);
        made.current = { stripe, elements };
      },
      () =>
        setTrouble("The card form of Stripe did not load. Please try again, or choose another way to pay."),
    );
    return () => {
      isHere = false;
    };
  }, [amount, currency, publishableKey]);

  useImperativeHandle(ref, () => ({
    async check() {
      const { error } = (await made.current?.elements.submit()) ?? { error: {} };
      setTrouble(error ? (error.message ?? "The card form is not ready yet. Please try again.") : undefined);
      return !error;
    },
    async confirm({ clientSecret }, returnUrl) {
      const { stripe, elements } = made.current ?? {};
      if (!stripe) return { kind: "refused", field: null, message: "The card form is not ready yet." };
      const confirmParams = { return_url: returnUrl };
      const { error } = await stripe.confirmPayment({
        elements,
        clientSecret,
        confirmParams,
        redirect: "if_required",
      });
      if (!error) return { kind: "done" };
      return { kind: "refused", field: null, message: error.message ?? "The card was declined." };
    },
  }));

  return (
    <div>
      <div ref={box} className="min-h-60" />
      {trouble && (
        <p role="alert" className="mt-2 text-s text-signal">
          {trouble}
        </p>
      )}
    </div>
  );
}

const SCRIPT = "https://js.stripe.com/v3/";

function loadStripe(): Promise<NonNullable<Window["Stripe"]>> {
  return new Promise((resolve, reject) => {
    const ready = () => (window.Stripe ? resolve(window.Stripe) : reject(new Error("no Stripe")));
    if (window.Stripe) return ready();
    const known = document.querySelector<HTMLScriptElement>(`script[src="${SCRIPT}"]`);
    const script = known ?? document.createElement("script");
    script.addEventListener("load", ready);
    script.addEventListener("error", reject);
    if (known) return;
    script.src = SCRIPT;
    document.head.append(script);
  });
}
