import type { Metadata, Route } from "next";
import { ClaimForm } from "@/components/accounts/claim-form";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { GoOn } from "@/components/checkout/go-on";
import { BuyAgain } from "@/components/orders/buy-again";
import { CancelForm } from "@/components/orders/cancel-form";
import { FindOrder } from "@/components/orders/find-order";
import { Hold } from "@/components/orders/hold";
import { orderLinesOf, orderTotals } from "@/components/orders/order-totals";
import { OrderWatch } from "@/components/orders/order-watch";
import { explanation, headline } from "@/components/orders/order-words";
import { Parcels } from "@/components/orders/parcels";
import { PaymentState } from "@/components/orders/payment-state";
import { Timeline } from "@/components/orders/timeline";
import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { addressLines } from "@/lib/domain/addresses";
import { arrivalText, dayText } from "@/lib/domain/shipping";
import { getStore } from "@/lib/queries/settings";
import { type OrderQuery, openOrder } from "./open-order";

export const instant = false;
export const metadata: Metadata = { title: "Your order", robots: { index: false }, referrer: "same-origin" };

type Props = { params: Promise<{ number: string }>; searchParams: Promise<OrderQuery> };

export default async function OrderPage({ params, searchParams }: Props) {
  const [{ number }, query] = await Promise.all([params, searchParams]);
  const opened = await openOrder(number, query);
  if (!opened) return <FindOrder number={number} />;
  const { order, orderKey, page, claim } = opened;
  const { timeZone } = await getStore();
  // The gateway adds its secrets to the address; they do not belong into the history.
  if (query.payment_intent) {
    const failed = query.redirect_status === "failed" ? `${orderKey ? "&" : "?"}declined=1` : "";
    return <GoOn href={`${page}${failed}`} title="Back in the shop" label="See the order" />;
  }
  const isOpen = order.status === "pending";
  const payPage = page.replace(order.number, `${order.number}/payment`) as Route;
  const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <CheckoutFrame lines={orderLinesOf(order.lines)} totals={orderTotals(order)}>
      {isOpen && (
        <>
          <OrderWatch
            number={order.number}
            orderKey={orderKey}
            state={`${order.status} ${order.payment ?? ""}`}
          />
          <noscript>
            <meta httpEquiv="refresh" content="10" />
          </noscript>
        </>
      )}
      <p className="text-s text-quiet">
        Order <span className="num font-semibold text-ink">{order.number}</span>
      </p>
      <div aria-live="polite">
        <h1 className="mt-3 text-xl">{headline(order)}</h1>
        <p className="mt-3 max-w-read text-l text-quiet">{explanation(order)}</p>
      </div>
      {isOpen && (
        <div className="mt-6 grid justify-items-start gap-4">
          {order.can.pay && query.declined && (
            <Notice tone="error" title="The payment was not confirmed.">
              Nothing was charged. Try again or use another card.
            </Notice>
          )}
          {order.can.pay && query.gateway && (
            <Notice tone="error" title="The payment service does not answer.">
              Your order is kept and nothing was charged. Try again in a minute.
            </Notice>
          )}
          {order.can.pay && <LinkButton href={payPage}>Pay now</LinkButton>}
          {order.secondsLeft !== null && order.can.pay && (
            <Hold key={order.secondsLeft} seconds={order.secondsLeft} pieces={pieces} />
          )}
        </div>
      )}
      <div className="mt-10 grid gap-10">
        {order.parcels.length > 0 && (
          <section aria-labelledby="parcels" className="grid gap-4">
            <h2 id="parcels" className="text-l">
              Parcels
            </h2>
            <Parcels parcels={order.parcels} />
          </section>
        )}
        <section aria-labelledby="happened" className="grid gap-4">
          <h2 id="happened" className="text-l">
            What happened
          </h2>
          <Timeline events={order.events} timeZone={timeZone} />
        </section>
        <div className="grid gap-8 border-t pt-6 sm:grid-cols-2">
          <OrderAddress title="Goes to" address={order.shippingAddress} />
          <OrderAddress title="Billed to" address={order.billingAddress} />
          <section>
            <h2 className="text-m font-semibold">Arrives</h2>
            <p className="mt-1 text-quiet">{arrivalOf(order)}</p>
          </section>
          <section>
            <h2 className="text-m font-semibold">Payment</h2>
            <PaymentState order={order} />
          </section>
        </div>
        {order.note && (
          <p className="border-t pt-6">
            <span className="font-semibold">Your note: </span>
            {order.note}
          </p>
        )}
        {claim && (
          <ClaimForm
            how={claim}
            orderId={order.id}
            number={order.number}
            orderKey={orderKey}
            email={order.email}
          />
        )}
        {!isOpen && (
          <BuyAgain
            orderId={order.id}
            number={order.number}
            orderKey={orderKey}
            done={
              query.again ? { added: Number(query.again) || 0, missing: Number(query.missing) || 0 } : null
            }
          />
        )}
        {order.can.cancel && (
          <CancelForm
            orderId={order.id}
            number={order.number}
            orderKey={orderKey}
            isPaid={order.captured > 0}
          />
        )}
      </div>
    </CheckoutFrame>
  );
}

function OrderAddress({
  title,
  address,
}: {
  title: string;
  address: Parameters<typeof addressLines>[0] | null;
}) {
  if (!address) return null;
  return (
    <section>
      <h2 className="text-m font-semibold">{title}</h2>
      <address className="mt-1 text-quiet not-italic">
        {addressLines(address).map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </address>
    </section>
  );
}

function arrivalOf(order: {
  status: string;
  shippedAt: Date | null;
  deliveredAt: Date | null;
  confirmedAt: Date | null;
  placedAt: Date;
  deliveryDaysMin: number;
  deliveryDaysMax: number;
}): string {
  if (order.status === "cancelled") return "Not at all";
  if (order.deliveredAt) return `Arrived ${dayText(order.deliveredAt)}`;
  return arrivalText(order.confirmedAt ?? order.placedAt, order.deliveryDaysMin, order.deliveryDaysMax);
}
