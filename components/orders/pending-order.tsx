import { LinkButton } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { OrderView } from "@/lib/queries/orders";
import { Hold } from "./hold";
import { type OpenOrder, orderHref } from "./order-href";
import { OrderWatch } from "./order-watch";

/** What an order that waits for its money says: pay, how long it is held, and what went wrong. */
export function PendingOrder({
  order,
  open,
  declined,
  gatewayGone,
}: {
  order: OrderView;
  open: OpenOrder;
  declined: boolean;
  gatewayGone: boolean;
}) {
  const pieces = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    <>
      <OrderWatch
        number={order.number}
        orderKey={open.orderKey}
        state={`${order.status} ${order.payment ?? ""}`}
      />
      <noscript>
        <meta httpEquiv="refresh" content="10" />
      </noscript>
      <div className="mt-6 grid justify-items-start gap-4" data-screen>
        {order.can.pay && declined && (
          <Notice tone="error" title="The payment was not confirmed.">
            Nothing was charged. Try again or use another card.
          </Notice>
        )}
        {order.can.pay && gatewayGone && (
          <Notice tone="error" title="The payment service does not answer.">
            Your order is kept and nothing was charged. Try again in a minute.
          </Notice>
        )}
        {order.can.pay && <LinkButton href={orderHref(open, "payment")}>Pay now</LinkButton>}
        {order.secondsLeft !== null && order.can.pay && (
          <Hold key={order.secondsLeft} seconds={order.secondsLeft} pieces={pieces} />
        )}
      </div>
    </>
  );
}
