import type { Metadata } from "next";
import { AddressDone } from "@/components/checkout/address-form";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { DeliveryForm } from "@/components/checkout/delivery-form";
import { GoOn } from "@/components/checkout/go-on";
import { boughtLines, totalsOf } from "@/components/checkout/quote-totals";
import { Steps } from "@/components/checkout/steps";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { countries } from "@/lib/domain/countries";
import { requireCheckout } from "../require-checkout";
import { addressStep, addressTold, deliveryStep } from "../steps";

export const instant = false;
export const metadata: Metadata = { title: "Checkout: delivery", robots: { index: false } };

export default async function DeliveryPage() {
  const found = await requireCheckout("delivery");
  if ("elsewhere" in found) return <GoOn {...found.elsewhere} />;
  const { checkout } = found;
  const { quote, place } = checkout.cart;
  const step = deliveryStep(checkout);
  const country = countries[place.country]?.name ?? place.country;
  return (
    <CheckoutFrame lines={boughtLines(quote)} totals={totalsOf(quote)}>
      <Steps current="delivery" />
      <h1 className="mt-8 text-xl lg:mt-12">How should it travel?</h1>
      <div className="mt-8 grid gap-8">
        <div className="border-b">
          <AddressDone
            key={checkout.version}
            step={addressStep(checkout)}
            told={addressTold(checkout)}
            at="delivery"
          />
        </div>
        {step.rates.length > 0 ? (
          <DeliveryForm {...step} />
        ) : (
          <>
            <Notice tone="error" title={`We cannot deliver this to ${country}.`}>
              Another address may work, or fewer pieces at once.
            </Notice>
            <LinkButton href="/checkout">Change the address</LinkButton>
          </>
        )}
      </div>
    </CheckoutFrame>
  );
}
