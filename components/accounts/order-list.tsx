import type { Route } from "next";
import { StatusDot, type Tone } from "@/components/ui/badge";
import { Link } from "@/components/ui/link";
import { backdropOf, Picture } from "@/components/ui/picture";
import { formatMoney } from "@/lib/domain/money";
import type { OrderStatus } from "@/lib/domain/orders";
import { Day } from "./day";

export interface ListedOrder {
  readonly id: string;
  readonly number: string;
  readonly status: OrderStatus;
  /** Minor units. */
  readonly total: number;
  readonly refunded: number;
  readonly currency: string;
  readonly placedAt: Date;
  readonly pieces: number;
  readonly pictures: readonly { key: string | null; backdrop: string | null; name: string }[];
}

const words: Record<OrderStatus, { label: string; tone: Tone }> = {
  pending: { label: "Waiting for payment", tone: "quiet" },
  confirmed: { label: "Confirmed", tone: "ink" },
  processing: { label: "Being packed", tone: "ink" },
  shipped: { label: "On its way", tone: "ink" },
  delivered: { label: "Delivered", tone: "good" },
  completed: { label: "Delivered", tone: "good" },
  cancelled: { label: "Cancelled", tone: "signal" },
};

/** Orders, newest first, each a row that leads to its page. */
export function OrderList({ orders, timeZone }: { orders: readonly ListedOrder[]; timeZone: string }) {
  return (
    <ul className="border-t">
      {orders.map((order) => (
        <li
          key={order.id}
          className="relative grid grid-cols-[1fr_auto] items-center gap-x-6 gap-y-3 border-b py-4 sm:grid-cols-[11rem_1fr_auto]"
        >
          <span className="grid">
            <Link
              href={`/orders/${order.number}` as Route}
              className="num font-semibold underline-offset-4 after:absolute after:inset-0 hover:underline"
            >
              {order.number}
            </Link>
            <span className="text-s text-quiet">
              <Day date={order.placedAt} timeZone={timeZone} />
            </span>
          </span>
          <span className="flex gap-1.5 max-sm:order-last max-sm:col-span-2">
            {order.pictures.map((picture, i) => (
              <Picture
                // biome-ignore lint/suspicious/noArrayIndexKey: a snapshot never changes its order
                key={i}
                src={picture.key && `/media/${picture.key}`}
                alt={picture.name}
                sizes="4rem"
                backdrop={backdropOf(picture.backdrop)}
                className="w-14"
              />
            ))}
          </span>
          <span className="grid justify-items-end">
            <span className="num font-semibold">{formatMoney(order.total, order.currency)}</span>
            <span className="text-s">
              <StatusDot tone={words[order.status].tone}>{words[order.status].label}</StatusDot>
            </span>
            <span className="num text-s text-quiet">
              {order.pieces === 1 ? "1 piece" : `${order.pieces} pieces`}
              {order.refunded > 0 && `, ${formatMoney(order.refunded, order.currency)} back`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
