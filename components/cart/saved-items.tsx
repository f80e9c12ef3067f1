import type { Route } from "next";
import { ActionForm } from "@/components/ui/action-form";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/pending";
import { backdropOf, Picture } from "@/components/ui/picture";
import { canBuy, stockOf } from "@/components/wishlist/wish-item";
import { moveToCart } from "@/lib/actions/wishlist";
import { formatMoney } from "@/lib/domain/money";
import type { WishlistItem } from "@/lib/queries/wishlist";

/** The wishlist shows all; here stands what was saved last. */
const MOST = 6;

/** What was saved for later, below the cart, and the way back into it. */
export function SavedItems({ items, currency }: { items: readonly WishlistItem[]; currency: string }) {
  if (items.length === 0) return null;
  return (
    <section aria-labelledby="saved" className="mt-12">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h2 id="saved" className="text-l">
          Saved for later
        </h2>
        <Link href={"/wishlist" as Route} className="link inline-flex min-h-6 items-center text-s">
          {items.length > MOST ? `All ${items.length} on your wishlist` : "Your wishlist"}
        </Link>
      </div>
      <ul className="mt-4 border-b">
        {items.slice(0, MOST).map((item) => (
          <li
            key={item.variantId}
            className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-center gap-x-4 gap-y-2 border-t py-4 sm:grid-cols-[4.5rem_minmax(0,1fr)_auto]"
          >
            <Picture
              src={item.imageKey && `/media/${item.imageKey}`}
              alt=""
              sizes="4.5rem"
              backdrop={backdropOf(item.imageBackdrop)}
            />
            <div className="min-w-0">
              <h3 className="wrap-anywhere font-text text-m font-semibold tracking-normal">
                <Link
                  href={`/p/${item.slug}/${encodeURIComponent(item.sku)}` as Route}
                  className="hover:underline"
                >
                  {item.name}
                </Link>
              </h3>
              <p className="text-s text-quiet">
                {item.variantTitle && <>{item.variantTitle} · </>}
                <span className="num">{formatMoney(item.price, currency)}</span>
              </p>
              <p className="text-s text-quiet">{stockOf(item)}</p>
            </div>
            {canBuy(item) && (
              <ActionForm action={moveToCart} className="max-sm:col-start-2">
                <input type="hidden" name="variantId" value={item.variantId} />
                <input type="hidden" name="from" value="cart" />
                <SubmitButton look="line" small>
                  Move to cart<span className="sr-only"> {item.name}</span>
                </SubmitButton>
              </ActionForm>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
