import type { Metadata, Route } from "next";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { GoOn } from "@/components/checkout/go-on";
import { FindOrder } from "@/components/orders/find-order";
import { Hold } from "@/components/orders/hold";
import { orderLinesOf, orderTotals } from "@/components/orders/order-totals";
import { PayForm } from "@/components/orders/pay-form";
import { Link } from "@/components/ui/link";
import { getGateway } from "@/lib/queries/checkout";
import { type OrderQuery, openOrder } from "../open-order";

export const instant = false;
export const metadata: Metadata = {
  title: "Pay your order",
  robots: { index: false },
  referrer: "same-origin",
};

type Props = { params: Promise<{ number: string }>; searchParams: Promise<OrderQuery> };

export default async function OrderPaymentPage({ params, searchParams }: Props) {
  const [{ number }, query] = await Promise.all([params, searchParams]);
  const opened = await openOrder(number, query);
  if (!opened) return <FindOrder number={number} />;
  const { order, orderKey, page } = opened;
  if (!order.can.pay) return <GoOn href={page} title="Nothing to pay here" label="See the order" />;
  const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <CheckoutFrame lines={orderLinesOf(order.lines)} totals={orderTotals(order)}>
      <p className="text-s text-quiet">
        Order <span className="num font-semibold text-ink">{order.number}</span>
      </p>
      <h1 className="mt-3 text-xl">Pay your order</h1>
      <div className="mt-8 grid gap-6">
        {order.secondsLeft !== null && <Hold seconds={order.secondsLeft} pieces={pieces} />}
        <PayForm
          orderId={order.id}
          number={order.number}
          orderKey={orderKey}
          total={order.total}
          currency={order.currency}
          gateway={getGateway()}
          page={page}
        />
        <Link href={page as Route} className="link flex min-h-target items-center justify-self-start text-s">
          Back to the order
        </Link>
      </div>
    </CheckoutFrame>
  );
}
