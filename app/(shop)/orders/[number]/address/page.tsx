import type { Metadata } from "next";
import { CheckoutFrame } from "@/components/checkout/checkout-frame";
import { OrderAddressForm } from "@/components/orders/address-form";
import { FindOrder } from "@/components/orders/find-order";
import { orderHref } from "@/components/orders/order-href";
import { orderLinesOf, orderTotals } from "@/components/orders/order-totals";
import { LinkButton } from "@/components/ui/button";
import { countries } from "@/lib/domain/countries";
import { type OrderQuery, openOrder } from "../open-order";

export const instant = false;
export const metadata: Metadata = {
  title: "Send it somewhere else",
  robots: { index: false },
  referrer: "same-origin",
};

type Props = { params: Promise<{ number: string }>; searchParams: Promise<OrderQuery> };

export default async function OrderAddressPage({ params, searchParams }: Props) {
  const [{ number }, query] = await Promise.all([params, searchParams]);
  const opened = await openOrder(number, query);
  if (!opened) return <FindOrder number={number} />;
  const { order, orderKey } = opened;
  const open = { number: order.number, orderKey };
  const address = order.shippingAddress;
  const rule = address && countries[address.country];
  const kept = rule?.regionLabel
    ? `${rule.name} and the ${rule.regionLabel.toLowerCase()}`
    : (rule?.name ?? "The country");
  return (
    <CheckoutFrame lines={orderLinesOf(order.lines)} totals={orderTotals(order)}>
      <p className="text-s text-quiet">
        Order <span className="num font-semibold text-ink">{order.number}</span>
      </p>
      {address && order.can.changeAddress ? (
        <>
          <h1 className="mt-3 text-xl">Send it somewhere else</h1>
          <p className="mt-3 mb-8 max-w-read text-quiet">
            {kept} {rule?.regionLabel ? "stay" : "stays"}: delivery and taxes were charged for it. For another
            one, cancel the order and place it again. The invoice keeps its address.
          </p>
          <OrderAddressForm orderId={order.id} {...open} address={address} />
        </>
      ) : (
        <>
          <h1 className="mt-3 text-xl">It is packed already</h1>
          <p className="mt-3 mb-8 max-w-read text-quiet">
            Its address can no longer be changed. If it goes to the wrong door, write to us at once, or send
            it back after it arrived.
          </p>
          <LinkButton href={orderHref(open)}>Back to the order</LinkButton>
        </>
      )}
    </CheckoutFrame>
  );
}
