import type { Metadata, Route } from "next";
import { AddressForm } from "@/components/checkout/address-form";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { GoOn } from "@/components/checkout/go-on";
import { boughtLines, totalsOf } from "@/components/checkout/quote-totals";
import { SavedAddresses } from "@/components/checkout/saved-addresses";
import { Steps } from "@/components/checkout/steps";
import { Link } from "@/components/ui/link";
import { requireCheckout } from "./require-checkout";
import { addressStep } from "./steps";

export const instant = false;
export const metadata: Metadata = { title: "Checkout: address", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function AddressPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [found, query] = await Promise.all([requireCheckout("address"), searchParams]);
  if ("elsewhere" in found) return <GoOn {...found.elsewhere} />;
  const { checkout } = found;
  const { cart, savedAddresses } = checkout;
  const asked = savedAddresses.find((address) => address.id === query.address);
  const standard = checkout.shipping ? undefined : savedAddresses[0];
  const saved = asked ?? standard;
  return (
    <CheckoutFrame
      lines={boughtLines(cart.quote)}
      totals={totalsOf(cart.quote, { shipping: checkout.checkoutId ? "Delivery" : "Delivery, estimate" })}
    >
      <Steps current="address" />
      <h1 className="mt-8 text-xl lg:mt-12">Where should it go?</h1>
      {!checkout.isSignedIn && (
        <p className="mt-3 text-quiet">
          No account needed. Have one?{" "}
          <Link href={"/sign-in?callbackUrl=%2Fcheckout" as Route} className="link text-ink">
            Sign in
          </Link>
        </p>
      )}
      <div className="mt-8 grid gap-6">
        {savedAddresses.length > 0 && (
          <SavedAddresses addresses={savedAddresses} chosen={saved?.id ?? null} />
        )}
        <AddressForm
          // The page stays in the document when it is left: what was changed at a later step begins it anew.
          key={`${saved?.id} ${checkout.version}`}
          step={{ ...addressStep(checkout), shipping: saved ?? checkout.shipping ?? cart.place }}
          chosen={asked !== undefined}
        />
      </div>
    </CheckoutFrame>
  );
}
