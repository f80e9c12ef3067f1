import type { Metadata } from "next";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { DeliveryForm } from "@/components/checkout/delivery-form";
import { GoOn } from "@/components/checkout/go-on";
import { boughtLines, totalsOf } from "@/components/checkout/quote-totals";
import { Steps } from "@/components/checkout/steps";
import { Told } from "@/components/checkout/told";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { addressLines } from "@/lib/domain/addresses";
import { countries } from "@/lib/domain/countries";
import { formatMoney } from "@/lib/domain/money";
import { arrivalText } from "@/lib/domain/shipping";
import { requireCheckout } from "../require-checkout";

export const instant = false;
export const metadata: Metadata = { title: "Checkout: delivery", robots: { index: false } };

export default async function DeliveryPage() {
  const found = await requireCheckout("delivery");
  if ("elsewhere" in found) return <GoOn {...found.elsewhere} />;
  const { cart, email, shipping } = found.checkout;
  const { quote } = cart;
  const today = new Date();
  const rates = quote.rates.map((rate) => ({
    id: rate.id,
    name: rate.name,
    arrival: arrivalText(today, rate.daysMin, rate.daysMax),
    price: rate.price === 0 ? "Free" : formatMoney(rate.price, quote.currency),
  }));
  const country = countries[cart.place.country]?.name ?? cart.place.country;
  return (
    <CheckoutFrame lines={boughtLines(quote)} totals={totalsOf(quote)}>
      <Steps current="delivery" />
      <h1 className="mt-8 text-xl lg:mt-12">How should it travel?</h1>
      <div className="mt-8 grid gap-8">
        <Told
          rows={[
            { label: "Contact", value: email, href: "/checkout" },
            { label: "Goes to", value: shipping ? addressLines(shipping).join(", ") : "", href: "/checkout" },
          ]}
        />
        {rates.length > 0 ? (
          <DeliveryForm rates={rates} chosen={quote.chosenRate?.id ?? rates[0]?.id ?? null} />
        ) : (
          <>
            <Notice tone="error" title={`We do not deliver this to ${country} yet.`}>
              Another address may work.
            </Notice>
            <LinkButton href="/checkout">Change the address</LinkButton>
          </>
        )}
      </div>
    </CheckoutFrame>
  );
}
