import { momentText } from "@/lib/domain/moments";
import { formatMoney } from "@/lib/domain/money";
import type { OrderView } from "@/lib/queries/orders";

/** What an order that waits for a bank transfer says: how much, to whom, with which words, and until when. */
export function AwaitedTransfer({
  order,
  bankDetails,
  timeZone,
}: {
  order: OrderView;
  bankDetails: string | null;
  timeZone: string;
}) {
  return (
    <section aria-labelledby="transfer" className="mt-6 grid justify-items-start gap-3">
      <h2 id="transfer" className="text-l">
        Please transfer <span className="num">{formatMoney(order.total, order.currency)}</span>
      </h2>
      {bankDetails && (
        <p className="border-l-2 border-ink pl-4 wrap-anywhere whitespace-pre-line">{bankDetails}</p>
      )}
      <p>
        Name <span className="num font-semibold">{order.number}</span> as the reason, so that we know it is
        yours.
      </p>
      {order.expiresAt && (
        <p className="text-s text-quiet">
          Your pieces are held for you until {momentText(order.expiresAt, timeZone)}.
        </p>
      )}
    </section>
  );
}
