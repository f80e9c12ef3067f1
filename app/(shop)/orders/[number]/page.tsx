import type { Metadata } from "next";
import { ClaimForm } from "@/components/accounts/claim-form";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { GoOn } from "@/components/checkout/go-on";
import { AwaitedTransfer } from "@/components/orders/awaited-transfer";
import { BuyAgain } from "@/components/orders/buy-again";
import { FindOrder } from "@/components/orders/find-order";
import { OrderDone } from "@/components/orders/order-done";
import { OrderEnds } from "@/components/orders/order-ends";
import { OrderPlace } from "@/components/orders/order-place";
import { orderLinesOf, orderTotals } from "@/components/orders/order-totals";
import { explanation, headline } from "@/components/orders/order-words";
import { Parts } from "@/components/orders/parts";
import { PendingOrder } from "@/components/orders/pending-order";
import { Refunds } from "@/components/orders/refunds";
import { ReturnList } from "@/components/orders/return-list";
import { Timeline } from "@/components/orders/timeline";
import { isByHand } from "@/lib/domain/payments";
import { getBoughtAgain } from "@/lib/queries/bought-again";
import { getStore } from "@/lib/queries/settings";
import { type OrderQuery, openOrder } from "./open-order";

export const instant = false;
export const metadata: Metadata = { title: "Your order", robots: { index: false }, referrer: "same-origin" };

type Props = { params: Promise<{ number: string }>; searchParams: Promise<OrderQuery> };

export default async function OrderPage({ params, searchParams }: Props) {
  const [{ number }, query] = await Promise.all([params, searchParams]);
  const opened = await openOrder(number, query);
  if (!opened) return <FindOrder number={number} />;
  const { shopper, order, orderKey, page, claim } = opened;
  // The gateway adds its secrets to the address; they do not belong into the history.
  if (query.payment_intent) {
    const failed = query.redirect_status === "failed" ? `${orderKey ? "&" : "?"}declined=1` : "";
    return <GoOn href={`${page}${failed}`} title="Back in the shop" label="See the order" />;
  }
  const isOpen = order.status === "pending";
  const open = { number: order.number, orderKey };
  const [store, again] = await Promise.all([
    getStore(),
    typeof query.again === "string" ? getBoughtAgain(shopper, order.id, query.again) : null,
  ]);
  const { timeZone } = store;
  return (
    <CheckoutFrame lines={orderLinesOf(order.lines)} totals={orderTotals(order)}>
      <p className="text-s text-quiet">
        Order <span className="num font-semibold text-ink">{order.number}</span>
      </p>
      <div aria-live="polite">
        <h1 className="mt-3 text-xl">{headline(order)}</h1>
        <p className="mt-3 max-w-read text-l text-quiet wrap-anywhere">{explanation(order)}</p>
      </div>
      <OrderDone done={query.done} />
      {isOpen && order.paymentMethod === "bank_transfer" && (
        <AwaitedTransfer order={order} bankDetails={store.bankDetails} timeZone={timeZone} />
      )}
      {isOpen && order.paymentMethod !== "bank_transfer" && (
        <PendingOrder
          order={order}
          open={open}
          declined={Boolean(query.declined)}
          gatewayGone={Boolean(query.gateway)}
        />
      )}
      <div className="mt-10 grid gap-10">
        {order.returns.length > 0 && (
          <ReturnList
            returns={order.returns}
            order={{ ...open, id: order.id, currency: order.currency }}
            place={{ ...store.seller, email: store.email }}
            timeZone={timeZone}
          />
        )}
        <Refunds
          refunds={order.refunds}
          currency={order.currency}
          timeZone={timeZone}
          isCash={isByHand(order.paymentMethod)}
        />
        {!isOpen && order.status !== "cancelled" && <Parts parts={order.parts} timeZone={timeZone} />}
        <section aria-labelledby="happened" className="grid gap-4">
          <h2 id="happened" className="text-l">
            What happened
          </h2>
          <Timeline events={order.events} timeZone={timeZone} />
        </section>
        <OrderPlace order={order} open={open} timeZone={timeZone} />
        {order.note && (
          <p className="border-t pt-6 wrap-anywhere">
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
        {!isOpen && <BuyAgain orderId={order.id} number={order.number} orderKey={orderKey} done={again} />}
        <OrderEnds order={order} open={open} timeZone={timeZone} />
      </div>
    </CheckoutFrame>
  );
}
