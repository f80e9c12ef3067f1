import type { Metadata, Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ShareBox } from "@/components/wishlist/share-box";
import { WishButtons } from "@/components/wishlist/wish-buttons";
import { canBuy, WishItem } from "@/components/wishlist/wish-item";
import { WishNotice } from "@/components/wishlist/wish-notice";
import { env } from "@/lib/env";
import { getVariantName } from "@/lib/queries/cart";
import { getWishlist } from "@/lib/queries/wishlist";
import { getShopper } from "@/lib/session";

export const instant = false;
export const metadata: Metadata = { title: "Wishlist", robots: { index: false } };

type Query = Record<string, string | string[] | undefined>;

export default async function WishlistPage({ searchParams }: { searchParams: Promise<Query> }) {
  const [wishlist, query] = await Promise.all([getShopper().then(getWishlist), searchParams]);
  const about = [query.moved, query.removed].find((value) => typeof value === "string");
  const name = typeof about === "string" ? await getVariantName(about) : null;
  const { items, shareToken, currency, timeZone } = wishlist;
  return (
    <div className="page py-8 lg:py-12">
      {name && typeof about === "string" && (
        <div className="mb-6">
          <WishNotice key={about} kind={query.moved ? "moved" : "removed"} variantId={about} name={name} />
        </div>
      )}
      {items.length === 0 ? (
        <EmptyState
          level={1}
          title="Nothing saved yet"
          action={<LinkButton href={"/search" as Route}>See all pieces</LinkButton>}
        >
          <p>The heart on a piece keeps it here, without an account, and tells when its price fell.</p>
        </EmptyState>
      ) : (
        <>
          <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-4">
            <h1 className="text-xl">Wishlist</h1>
            <ShareBox link={shareToken && `${env.SITE_URL}/wishlist/${shareToken}`} />
          </div>
          <ul className="shelf mt-8 px-0!">
            {items.map((item) => (
              <WishItem key={item.variantId} item={item} currency={currency} timeZone={timeZone}>
                <WishButtons variantId={item.variantId} name={item.name} canMove={canBuy(item)} />
              </WishItem>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
