import type { Metadata } from "next";
import { NotHere } from "@/components/layout/not-here";
import { FindOrder } from "@/components/orders/find-order";
import { InvoiceSheet } from "@/components/orders/invoice-sheet";
import { orderHref } from "@/components/orders/order-href";
import { LinkButton } from "@/components/ui/button";
import { getInvoice } from "@/lib/queries/invoices";
import { getStore } from "@/lib/queries/settings";
import { type OrderQuery, openOrder } from "../open-order";

export const instant = false;
export const metadata: Metadata = { title: "Invoice", robots: { index: false }, referrer: "same-origin" };

type Props = { params: Promise<{ number: string }>; searchParams: Promise<OrderQuery> };

export default async function InvoicePage({ params, searchParams }: Props) {
  const [{ number }, query] = await Promise.all([params, searchParams]);
  const opened = await openOrder(number, query);
  if (!opened) return <FindOrder number={number} />;
  const { order, orderKey } = opened;
  const wanted = typeof query.number === "string" ? query.number : undefined;
  const [invoice, { timeZone }] = await Promise.all([getInvoice(order, wanted), getStore()]);
  if (!invoice) return <NotHere title="There is no invoice yet." />;
  const open = { number: order.number, orderKey };
  return (
    <div className="page py-8 lg:py-12">
      <div className="mx-auto max-w-[48rem]">
        <div data-screen className="mb-10 flex flex-wrap gap-3">
          {/* A file, so no page is fetched ahead and none is drawn. */}
          <a
            href={orderHref(open, "invoice.pdf", { number: invoice.number })}
            className="button button-line button-small"
          >
            PDF
          </a>
          <LinkButton href={orderHref(open)} look="quiet" small>
            Back to the order
          </LinkButton>
        </div>
        <InvoiceSheet invoice={invoice} timeZone={timeZone} />
      </div>
    </div>
  );
}
