import { daysText, velocityDays } from "@/lib/domain/inventory-velocity";
import type { StockCard } from "@/lib/queries/admin/stock";

/** Pieces sold and not brought back, and for how long what is there will do. */
export function StockVelocity({ stock: { velocity, daysLeft } }: { stock: StockCard }) {
  return (
    <dl className="grid gap-2">
      {velocityDays.map((days) => (
        <div key={days} className="flex items-baseline justify-between gap-4">
          <dt className="text-quiet">Sold in {days} days</dt>
          <dd className="num">{velocity.sold[days]}</dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-4 border-t pt-2">
        <dt className="text-quiet">Days of stock left</dt>
        <dd className="num font-semibold">
          {daysLeft === null ? "nothing sold lately" : daysText(daysLeft)}
        </dd>
      </div>
    </dl>
  );
}
