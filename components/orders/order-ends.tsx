import { LinkButton } from "@/components/ui/button";
import { dateText } from "@/lib/domain/moments";
import type { OrderView } from "@/lib/queries/orders";
import { CancelForm } from "./cancel-form";
import { InvoiceLinks } from "./invoice-links";
import { type OpenOrder, orderHref } from "./order-href";

/** What can still be done with an order: sending back, the invoice, cancelling. */
export function OrderEnds({
  order,
  open,
  timeZone,
}: {
  order: OrderView;
  open: OpenOrder;
  timeZone: string;
}) {
  const ends = order.returnable.flatMap(({ until }) => (until ? [until.getTime()] : []));
  return (
    <>
      {order.can.sendBack && (
        <section
          aria-labelledby="send-back"
          data-screen
          className="grid justify-items-start gap-3 border-t pt-6"
        >
          <h2 id="send-back" className="text-m font-semibold">
            Something is not right?
          </h2>
          <p className="text-quiet">
            You can send it back
            {ends.length > 0 && (
              <>
                {" "}
                until <span className="num">{dateText(new Date(Math.min(...ends)), timeZone)}</span>
              </>
            )}
            . No account is needed.
          </p>
          <LinkButton href={orderHref(open, "return")} look="line">
            Send something back
          </LinkButton>
        </section>
      )}
      <InvoiceLinks invoices={order.invoices} open={open} />
      {order.can.cancel && (
        <div data-screen>
          <CancelForm
            orderId={order.id}
            number={order.number}
            orderKey={open.orderKey}
            isPaid={order.captured > 0}
            parts={order.parts.length}
          />
        </div>
      )}
    </>
  );
}
