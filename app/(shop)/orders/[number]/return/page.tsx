import type { Metadata } from "next";
import { FindOrder } from "@/components/orders/find-order";
import { orderHref } from "@/components/orders/order-href";
import { ReturnForm } from "@/components/orders/return-form";
import { ReturnPolicy } from "@/components/orders/return-policy";
import { LinkButton } from "@/components/ui/button";
import type { OrderView } from "@/lib/queries/orders";
import { getStore } from "@/lib/queries/settings";
import { type OrderQuery, openOrder } from "../open-order";

export const instant = false;
export const metadata: Metadata = {
  title: "Send something back",
  robots: { index: false },
  referrer: "same-origin",
};

type Props = { params: Promise<{ number: string }>; searchParams: Promise<OrderQuery> };

export default async function ReturnPage({ params, searchParams }: Props) {
  const [{ number }, query] = await Promise.all([params, searchParams]);
  const opened = await openOrder(number, query);
  if (!opened) return <FindOrder number={number} next="return" />;
  const { order, orderKey } = opened;
  const { timeZone, returnWindowDays } = await getStore();
  const open = { number: order.number, orderKey };
  const lines = order.returnable.flatMap(({ lineId, left, until }) => {
    const line = order.lines.find(({ id }) => id === lineId);
    return line ? [{ ...line, left, until }] : [];
  });
  return (
    <div className="page py-8 lg:py-12">
      <div className="max-w-[44rem]">
        <p className="text-s text-quiet">
          Order <span className="num font-semibold text-ink">{order.number}</span>
        </p>
        <h1 className="mt-3 mb-3 text-xl">{lines.length > 0 ? "What goes back?" : "Nothing to send back"}</h1>
        <ReturnPolicy days={returnWindowDays} />
        <div className="mt-8">
          {lines.length > 0 ? (
            <ReturnForm orderId={order.id} {...open} lines={lines} timeZone={timeZone} />
          ) : (
            <>
              <p className="mb-6 max-w-read">{whyNot(order)}</p>
              <LinkButton href={orderHref(open)}>Back to the order</LinkButton>
            </>
          )}
        </div>
      </div>
    </div>
  );
}

function whyNot({ status, returns }: OrderView): string {
  if (status === "cancelled") return "This order was cancelled, so nothing of it came to you.";
  if (status === "completed") return "The time for sending it back is over.";
  if (status !== "delivered")
    return "Nothing of it has arrived yet. Once it has, you can send it back from here.";
  return returns.length > 0
    ? "All of it is part of a return already, or back with us."
    : "The time for sending it back is over.";
}
