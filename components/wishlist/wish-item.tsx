import type { Route } from "next";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { Price } from "@/components/ui/price";
import { bandOf, stockLabel } from "@/lib/domain/inventory";
import { dateText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { WishlistItem } from "@/lib/queries/wishlist";

export const canBuy = ({ isForSale, available }: WishlistItem): boolean => isForSale && available > 0;

/** A saved piece: picture, what it costs now against then, whether it is there, and what can be done. */
export function WishItem({
  item,
  currency,
  timeZone,
  children,
}: {
  item: WishlistItem;
  currency: string;
  timeZone: string;
  children?: ReactNode;
}) {
  const fell = item.price < item.priceSnapshot;
  const rose = item.price > item.priceSnapshot;
  const money = (amount: number) => formatMoney(amount, currency);
  return (
    <li className="grid content-start gap-3">
      <Link href={`/p/${item.slug}/${encodeURIComponent(item.sku)}` as Route} tabIndex={-1} aria-hidden>
        <Picture
          src={item.imageKey && `/media/${item.imageKey}`}
          alt=""
          sizes="(width >= 64rem) 24vw, 48vw"
          backdrop={backdropOf(item.imageBackdrop)}
          shape="tall"
          grow
        />
      </Link>
      <div className="grid gap-0.5">
        <div className="flex flex-wrap justify-between gap-x-4">
          <h2 className="wrap-anywhere min-w-0 font-text text-m font-semibold tracking-normal">
            <Link
              href={`/p/${item.slug}/${encodeURIComponent(item.sku)}` as Route}
              className="hover:underline"
            >
              {item.name}
            </Link>
          </h2>
          <Price now={money(item.price)} was={fell ? money(item.priceSnapshot) : null} />
        </div>
        {item.variantTitle && <p className="text-s text-quiet">{item.variantTitle}</p>}
        <p className="text-s text-quiet">{stockOf(item)}</p>
        {item.backAt && (
          <p className="text-s text-good">Back in stock since {dateText(item.backAt, timeZone)}</p>
        )}
        {fell && (
          <p className="text-s text-signal">
            {money(item.priceSnapshot - item.price)} less than when you saved it
          </p>
        )}
        {rose && <p className="text-s text-quiet">{money(item.priceSnapshot)} when you saved it</p>}
      </div>
      {children}
    </li>
  );
}

/** Whether it is there, as a sentence. */
export function stockOf(item: WishlistItem): ReactNode {
  if (!item.isForSale) return "No longer for sale";
  const band = bandOf(item.available, item.lowStockThreshold);
  const label = stockLabel(band, item.available);
  return band === "in" ? <span className="text-good">{label}</span> : label;
}
