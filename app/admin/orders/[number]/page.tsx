import type { Metadata } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { OrderNeighbours } from "@/components/admin/order-neighbours";
import { MailPanel, PapersPanel } from "@/components/admin/order-papers";
import { OrderPart } from "@/components/admin/order-part";
import {
  CancelPanel,
  CustomerPanel,
  DeliveryPanel,
  EventsPanel,
  NotesPanel,
  PaymentPanel,
} from "@/components/admin/order-side";
import { OrderTrouble } from "@/components/admin/order-trouble";
import { PageHead } from "@/components/admin/page-head";
import { RefundPanel } from "@/components/admin/refund-panel";
import { Notice } from "@/components/ui/notice";
import { type Query, textOf } from "@/lib/domain/back-office";
import { momentText } from "@/lib/domain/moments";
import { ORDERS_PATH, orderQueryOf, readOrderQuery } from "@/lib/domain/order-list";
import { orderStatusLabel } from "@/lib/domain/orders";
import { listNotes } from "@/lib/queries/admin/notes";
import { getStaffOrder } from "@/lib/queries/admin/order";
import { getOrderAround } from "@/lib/queries/admin/order-around";
import { getNeighbours } from "@/lib/queries/admin/orders";
import { getRefundable, listRefunds } from "@/lib/queries/admin/refunds";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../staff";

export const instant = false;

type Props = { params: Promise<{ number: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Order ${(await params).number.slice(0, 20)}` };
}

const DONE: Readonly<Record<string, string>> = {
  sent: "The parcel is on its way; the customer sees its tracking.",
  packing: "Packing has begun.",
  delivered: "The parcel arrived.",
  lost: "It is noted that the parcel was lost; its goods are written off.",
  back: "It is noted that the parcel came back.",
  corrected: "Carrier and number are corrected.",
  calledoff: "The pieces are called off; what was paid for them goes back.",
  givenup: "It is given up; what was paid for it goes back.",
  cancelled: "The order is cancelled.",
  transferred: "The order is paid; the customer is told, and it waits to be packed.",
  noted: "The note is kept.",
  address: "It goes to the new address.",
  mailed: "The mail goes out once more.",
  refunded: "The refund is asked for; the shopper is told when it went out.",
  retried: "The refund is tried again.",
  paidback: "It is in the books that the cash went back.",
  notpaid: "The cash stayed here; the sum may be refunded again.",
};

export default async function AdminOrder({ params, searchParams }: Props) {
  const [{ number }, query] = await Promise.all([params, searchParams]);
  const staff = await enter();
  if (!staff) return <NoEntry from={`/admin/orders/${number}`} />;
  const list = readOrderQuery(textOf(query, "list"));
  const found = await getStaffOrder(staff, number);
  if (!found) return <NothingHere back="/admin/orders" backLabel="To the orders" />;
  const order = { ...found, list: orderQueryOf(list) };
  const [neighbours, notes, refunds, refundable, around, { timeZone }] = await Promise.all([
    getNeighbours(staff, order.id, list),
    listNotes(staff, order.id),
    listRefunds(staff, order.id),
    getRefundable(staff, order.id),
    getOrderAround(staff, order.id),
    getStore(),
  ]);
  return (
    <>
      <PageHead
        title={order.number}
        steps={[{ label: "Orders", href: order.list ? `${ORDERS_PATH}?${order.list}` : ORDERS_PATH }]}
        line={`${orderStatusLabel[order.status]} · placed ${momentText(order.placedAt, timeZone)}`}
        done={DONE[textOf(query, "done")]}
      >
        <OrderNeighbours {...neighbours} list={order.list} />
      </PageHead>
      <OrderTrouble
        isDisputed={order.isDisputed}
        around={around}
        currency={order.currency}
        timeZone={timeZone}
      />
      {order.cancelReason && (
        <Notice className="mb-6" title="Cancelled">
          {order.cancelNote ?? CANCELLED[order.cancelReason] ?? "It ended before it was shipped."}
        </Notice>
      )}
      <div className="grid grid-cols-1 gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_20rem] print:[&_form]:hidden print:[&_summary]:hidden">
        <div className="grid grid-cols-1 content-start gap-8">
          {order.parts.map((part) => (
            <OrderPart
              key={part.id}
              part={part}
              order={order}
              isOnly={order.parts.length === 1}
              timeZone={timeZone}
            />
          ))}
          <RefundPanel order={order} refunds={refunds} refundable={refundable} timeZone={timeZone} />
          <EventsPanel events={order.events} timeZone={timeZone} />
          <MailPanel order={order} around={around} timeZone={timeZone} />
        </div>
        <div className="grid grid-cols-1 content-start gap-8 max-lg:order-last">
          <DeliveryPanel order={order} />
          <PaymentPanel order={order} timeZone={timeZone} />
          <CustomerPanel order={order} customerKey={around?.customerKey ?? null} />
          <PapersPanel order={order} around={around} />
          <NotesPanel order={order} notes={notes} timeZone={timeZone} />
          <CancelPanel order={order} />
        </div>
      </div>
    </>
  );
}

const CANCELLED: Readonly<Record<string, string>> = {
  shopper: "The shopper changed their mind.",
  expired: "It was not paid in time.",
  payment_failed: "The payment failed for good.",
  refused: "Its parcel was refused or not collected.",
  lost: "Its parcel was lost on the way.",
};
