import type { Metadata } from "next";
import { FocusedNotice } from "@/components/cart/focused-notice";
import { AddressDone } from "@/components/checkout/address-form";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { DeliveryDone } from "@/components/checkout/delivery-form";
import { GoOn } from "@/components/checkout/go-on";
import { PaymentForm } from "@/components/checkout/payment-form";
import { boughtLines, totalsOf } from "@/components/checkout/quote-totals";
import { Steps } from "@/components/checkout/steps";
import { fingerprintOf } from "@/lib/domain/fingerprint";
import { cardRefusal } from "@/lib/domain/payments";
import { arrivalText } from "@/lib/domain/shipping";
import { getGateway } from "@/lib/queries/checkout";
import { requireCheckout } from "../require-checkout";
import { addressStep, addressTold, deliveryStep } from "../steps";

export const instant = false;
export const metadata: Metadata = { title: "Checkout: payment", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

const CHANGED: Readonly<Record<string, string>> = {
  address: "The address is changed.",
  delivery: "The delivery is changed.",
};

export default async function PaymentPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [found, { changed }] = await Promise.all([requireCheckout("payment"), searchParams]);
  if ("elsewhere" in found) return <GoOn {...found.elsewhere} />;
  const { checkout } = found;
  const { checkoutId, version } = checkout;
  const { quote } = checkout.cart;
  const rate = quote.chosenRate;
  // The step before this one is done, so they are there.
  if (!checkoutId || !rate) return null;
  const notice = typeof changed === "string" ? CHANGED[changed] : undefined;
  const arrives = `${arrivalText(new Date(), rate.daysMin, rate.daysMax)}, ${rate.name}`;
  return (
    <CheckoutFrame lines={boughtLines(quote)} totals={totalsOf(quote)}>
      <Steps current="payment" />
      <h1 className="mt-8 text-xl lg:mt-12">How would you like to pay?</h1>
      <div className="mt-8 grid gap-8">
        {notice && <FocusedNotice key={`${version}`}>{notice}</FocusedNotice>}
        <div className="border-b">
          <AddressDone
            key={`address ${version}`}
            step={addressStep(checkout)}
            told={addressTold(checkout)}
            at="payment"
          />
          <DeliveryDone
            key={`delivery ${version}`}
            {...deliveryStep(checkout)}
            told={[{ label: "Arrives", value: arrives }]}
          />
        </div>
        <PaymentForm
          checkoutId={checkoutId}
          total={quote.totals.total}
          fingerprint={fingerprintOf(quote)}
          currency={quote.currency}
          cashOnDelivery={checkout.cashOnDelivery}
          cashLimit={checkout.cashLimit}
          cardRefusal={cardRefusal(quote.totals.total, quote.currency)?.message ?? null}
          gateway={getGateway()}
        />
      </div>
    </CheckoutFrame>
  );
}
