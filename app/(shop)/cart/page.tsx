import type { Metadata, Route } from "next";
import { CartFresh } from "@/components/cart/cart-fresh";
import { CartLine } from "@/components/cart/cart-line";
import { CartSummary } from "@/components/cart/cart-summary";
import { MovedNotice, RemovedNotice, SavedNotice } from "@/components/cart/removed-notice";
import { SavedItems } from "@/components/cart/saved-items";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { getCart, getVariantName } from "@/lib/queries/cart";
import { getWishlist } from "@/lib/queries/wishlist";
import { getShopper } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Cart", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function CartPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [shopper, query] = await Promise.all([getShopper(), searchParams]);
  const about = one(query.removed) ?? one(query.saved) ?? one(query.moved);
  const [cart, wishlist, name] = await Promise.all([
    getCart(shopper),
    getWishlist(shopper),
    about ? getVariantName(about) : null,
  ]);
  const line = {
    variantId: about ?? "",
    quantity: Math.min(999, Math.max(1, Math.trunc(Number(one(query.quantity))) || 1)),
    name: name ?? "",
  };
  const notice = name && (
    <div className="mt-6">
      {query.removed ? (
        <RemovedNotice key={about} {...line} />
      ) : query.saved ? (
        <SavedNotice key={about} {...line} isNew={query.new !== undefined} />
      ) : (
        <MovedNotice key={about} name={name} />
      )}
    </div>
  );
  const saved = <SavedItems items={wishlist.items} currency={wishlist.currency} />;
  if (!cart) {
    return (
      <div className="page pb-12">
        <CartFresh shown={0} />
        {notice}
        <EmptyState
          level={1}
          title="Your cart is empty"
          action={<LinkButton href={"/search" as Route}>See all pieces</LinkButton>}
        >
          <p>What you put here stays for weeks, on this device and, signed in, on the others.</p>
        </EmptyState>
        {saved}
      </div>
    );
  }
  const { quote } = cart;
  return (
    <div className="split lg:-mb-24 lg:min-h-[calc(100dvh-var(--spacing-bar))]">
      <div className="w-full max-w-[60rem] px-edge py-8 lg:justify-self-end lg:py-12 lg:pr-16">
        <CartFresh shown={cart.count} />
        <h1 className="text-xl">Cart</h1>
        {notice}
        <ul className="mt-8 border-b">
          {quote.lines.map((line) => (
            <CartLine
              key={line.itemId}
              line={line}
              currency={quote.currency}
              maxQuantity={cart.maxLineQuantity}
            />
          ))}
        </ul>
        {saved}
      </div>
      <div className="border-t bg-raised px-edge py-8 lg:border-t-0 lg:border-l lg:py-12 lg:pl-12">
        <div className="lg:max-w-[28rem] lg:sticky lg:top-[calc(var(--spacing-bar)+3rem)]">
          <CartSummary
            quote={quote}
            place={cart.place}
            countries={cart.countries}
            regions={cart.regions}
            canCheckOut={cart.canCheckOut}
            hasChanges={cart.hasChanges}
          />
        </div>
      </div>
    </div>
  );
}

function one(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
