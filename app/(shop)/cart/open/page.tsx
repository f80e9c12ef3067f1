import type { Metadata } from "next";
import { Door } from "@/components/accounts/door";
import { LinkedCart } from "@/components/cart/linked-cart";
import { GoOn } from "@/components/checkout/go-on";
import { LinkButton } from "@/components/ui/button";
import { getLinkedCart } from "@/lib/queries/cart-link";
import { getShopper } from "@/lib/session";

export const instant = false;
// The address holds a secret: no other site may learn it.
export const metadata: Metadata = {
  title: "A cart that waits",
  robots: { index: false },
  referrer: "same-origin",
};

type Query = Record<string, string | string[] | undefined>;

export default async function OpenCartPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [{ cart: cartId, key }, shopper] = await Promise.all([searchParams, getShopper()]);
  const cart = await getLinkedCart(shopper, cartId, key);
  if (!cart)
    return (
      <Door
        title="This cart is no longer open"
        intro="It was ordered, emptied, or went into the cart of an account."
      >
        <LinkButton href="/cart">See your cart</LinkButton>
      </Door>
    );
  if (cart.state === "mine") return <GoOn href="/cart" title="This is your cart" label="See the cart" />;
  const isAccount = cart.state === "account";
  return (
    <Door
      title="A cart that waits"
      intro={
        isAccount
          ? "It belongs to an account. Sign in, and it is there as you left it."
          : "What lies in your cart on this device stays there, too."
      }
    >
      <LinkedCart isAccount={isAccount} items={cart.items} cartId={String(cartId)} cartKey={String(key)} />
    </Door>
  );
}
