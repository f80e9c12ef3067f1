import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { addressLines } from "@/lib/domain/addresses";
import { dateText } from "@/lib/domain/moments";
import { arrivalText } from "@/lib/domain/shipping";
import type { OrderView } from "@/lib/queries/orders";
import { type OpenOrder, orderHref } from "./order-href";
import { PaymentState } from "./payment-state";

/** Where it goes, who pays, when it comes: four short blocks. */
export function OrderPlace({
  order,
  open,
  timeZone,
}: {
  order: OrderView;
  open: OpenOrder;
  timeZone: string;
}) {
  return (
    <div className="grid gap-8 border-t pt-6 sm:grid-cols-2">
      <AddressBlock title="Goes to" address={order.shippingAddress}>
        {order.can.changeAddress && (
          <Link
            href={orderHref(open, "address")}
            data-screen
            className="link mt-1 inline-flex min-h-6 items-center text-s"
          >
            Send it somewhere else
          </Link>
        )}
      </AddressBlock>
      <AddressBlock title="Billed to" address={order.billingAddress} />
      <section>
        <h2 className="text-m font-semibold">Arrives</h2>
        <p className="mt-1 text-quiet">{arrivalOf(order, timeZone)}</p>
      </section>
      <section>
        <h2 className="text-m font-semibold">Payment</h2>
        <PaymentState order={order} />
      </section>
    </div>
  );
}

function AddressBlock({
  title,
  address,
  children,
}: {
  title: string;
  address: OrderView["shippingAddress"];
  children?: ReactNode;
}) {
  if (!address) return null;
  return (
    <section className="min-w-0">
      <h2 className="text-m font-semibold">{title}</h2>
      <address className="mt-1 whitespace-pre-line text-quiet not-italic wrap-anywhere">
        {addressLines(address).join("\n")}
      </address>
      {children}
    </section>
  );
}

function arrivalOf(order: OrderView, timeZone: string): string {
  if (order.status === "cancelled") return "Not at all";
  if (order.deliveredAt) return `Arrived ${dateText(order.deliveredAt, timeZone)}`;
  return arrivalText(order.confirmedAt ?? order.placedAt, order.deliveryDaysMin, order.deliveryDaysMax);
}
