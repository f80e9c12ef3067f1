import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { AddShared } from "@/components/wishlist/add-shared";
import { canBuy, WishItem } from "@/components/wishlist/wish-item";
import { getSharedWishlist } from "@/lib/queries/wishlist";

export const instant = false;
// Whoever has the address sees the list: no other site may learn it.
export const metadata: Metadata = {
  title: "A shared wishlist",
  robots: { index: false },
  referrer: "same-origin",
};

export default async function SharedWishlistPage({ params }: { params: Promise<{ token: string }> }) {
  const wishlist = await getSharedWishlist((await params).token);
  if (!wishlist) notFound();
  return (
    <div className="page py-8 lg:py-12">
      {wishlist.items.length === 0 ? (
        <EmptyState level={1} title="This list is empty right now" />
      ) : (
        <>
          <h1 className="text-xl">A shared wishlist</h1>
          <ul className="shelf mt-8 px-0!">
            {wishlist.items.map((item) => (
              // What it cost when it was saved is the business of whoever saved it.
              <WishItem
                key={item.variantId}
                item={{ ...item, priceSnapshot: item.price, backAt: null }}
                currency={wishlist.currency}
                timeZone={wishlist.timeZone}
              >
                {canBuy(item) && <AddShared variantId={item.variantId} name={item.name} />}
              </WishItem>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
