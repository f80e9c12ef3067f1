import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { arrivalText } from "@/components/checkout/arrival";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { PaymentForm } from "@/components/checkout/payment-form";
import { boughtLines, totalsOf } from "@/components/checkout/quote-totals";
import { Steps } from "@/components/checkout/steps";
import { Told } from "@/components/checkout/told";
import { addressLines } from "@/lib/domain/addresses";
import { getGateway } from "@/lib/queries/checkout";
import { requireCheckout } from "../require-checkout";

export const instant = false;
export const metadata: Metadata = { title: "Checkout: payment", robots: { index: false } };

export default async function PaymentPage() {
  const { cart, checkoutId, email, shipping, cashOnDelivery } = await requireCheckout("payment");
  const { quote } = cart;
  const rate = quote.chosenRate;
  if (!checkoutId || !shipping || !rate) redirect("/checkout");
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
          currency={quote.currency}
          cashOnDelivery={cashOnDelivery}
          gateway={getGateway()}
        />
      </div>
    </CheckoutFrame>
  );
}
