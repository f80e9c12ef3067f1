import type { Metadata } from "next";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { GoOn } from "@/components/checkout/go-on";
import { PaymentForm } from "@/components/checkout/payment-form";
import { boughtLines, totalsOf } from "@/components/checkout/quote-totals";
import { Steps } from "@/components/checkout/steps";
import { Told } from "@/components/checkout/told";
import { addressLines } from "@/lib/domain/addresses";
import { fingerprintOf } from "@/lib/domain/fingerprint";
import { arrivalText } from "@/lib/domain/shipping";
import { getGateway } from "@/lib/queries/checkout";
import { requireCheckout } from "../require-checkout";

export const instant = false;
export const metadata: Metadata = { title: "Checkout: payment", robots: { index: false } };

export default async function PaymentPage() {
  const found = await requireCheckout("payment");
  if ("elsewhere" in found) return <GoOn {...found.elsewhere} />;
  const { cart, checkoutId, email, shipping, cashOnDelivery } = found.checkout;
  const { quote } = cart;
  const rate = quote.chosenRate;
  // The step before this one is done, so they are there.
  if (!checkoutId || !shipping || !rate) return null;
  return (
    <CheckoutFrame lines={boughtLines(quote)} totals={totalsOf(quote)}>
      <Steps current="payment" />
      <h1 className="mt-8 text-xl lg:mt-12">How would you like to pay?</h1>
      <div className="mt-8 grid gap-8">
        <Told
          rows={[
            { label: "Contact", value: email, href: "/checkout" },
            { label: "Goes to", value: addressLines(shipping).join(", "), href: "/checkout" },
            {
              label: "Arrives",
              value: `${arrivalText(new Date(), rate.daysMin, rate.daysMax)}, ${rate.name}`,
              href: "/checkout/delivery",
            },
          ]}
        />
        <PaymentForm
          checkoutId={checkoutId}
          total={quote.totals.total}
          fingerprint={fingerprintOf(quote)}
          currency={quote.currency}
          cashOnDelivery={cashOnDelivery}
          gateway={getGateway()}
        />
      </div>
    </CheckoutFrame>
  );
}
