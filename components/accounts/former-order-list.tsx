import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { formerStateText } from "@/lib/domain/former-orders";
import { formatMoney } from "@/lib/domain/money";
import type { OwnFormerOrder } from "@/lib/queries/former-orders";
import { Day } from "./day";

/** What somebody ordered before the shop moved here: to look up, with nothing to do about it. */
export function FormerOrderList({
  orders,
  count,
  timeZone,
}: {
  orders: readonly OwnFormerOrder[];
  count: number;
  timeZone: string;
}) {
  return (
    <section aria-labelledby="former-orders" className="mt-12">
      <h2 id="former-orders" className="text-l">
        From our former shop
      </h2>
      <p className="mt-2 mb-6 max-w-read text-quiet">
        What you ordered before we moved here, to look up. For a return or an invoice of these, please write
        to us.
        {count > orders.length && (
          <>
            {" "}
            These are the newest {orders.length} of {count};{" "}
            <Link href={"/account/data" as Route} className="link">
              all of them are in your data
            </Link>
            .
          </>
        )}
      </p>
      <ul className="border-t">
        {orders.map((order) => (
          <li
            key={order.id}
            className="grid grid-cols-[1fr_auto] items-start gap-x-6 gap-y-2 border-b py-4 sm:grid-cols-[11rem_1fr_auto]"
          >
            <span className="grid">
              <span className="num font-semibold wrap-anywhere">{order.number}</span>
              <span className="text-s text-quiet">
                <Day date={order.placedAt} timeZone={timeZone} />
              </span>
            </span>
            <ul className="grid gap-1 text-s max-sm:order-last max-sm:col-span-2">
              {order.lines.map(({ title, quantity }, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: history never changes its order
                <li key={i} className="wrap-anywhere">
                  <span className="num text-quiet">{quantity} ×</span> {title}
                </li>
              ))}
            </ul>
            <span className="grid justify-items-end">
              <span className="num font-semibold">{formatMoney(order.total, order.currency)}</span>
              <span className="text-s text-quiet">{formerStateText(order)}</span>
              {order.refunded > 0 && (
                <span className="num text-s text-quiet">
                  {formatMoney(order.refunded, order.currency)} back
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
