import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { PriceChange } from "@/lib/queries/admin/products";
import { Panel } from "./page-head";

/** Every change of a price: which variant, from what to what, when and by whom. */
export function PriceHistory({
  changes,
  currency,
  timeZone,
}: {
  changes: readonly PriceChange[];
  currency: string;
  timeZone: string;
}) {
  const money = (amount: number) => formatMoney(amount, currency);
  return (
    <Panel title="Price history" id="price-history">
      <ol className="num grid text-s">
        {changes.map(({ id, sku, title, oldPrice, newPrice, who, at }) => (
          <li
            key={id}
            className="flex flex-wrap justify-between gap-x-6 border-t py-2 first:border-t-0 first:pt-0"
          >
            <span>
              {title || sku}:{" "}
              {oldPrice === null ? money(newPrice) : `${money(oldPrice)} → ${money(newPrice)}`}
            </span>
            <span className="text-quiet">
              <time dateTime={at.toISOString()}>{momentText(at, timeZone)}</time> · {who ?? "the shop"}
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
