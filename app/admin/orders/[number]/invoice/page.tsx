import type { Metadata } from "next";
import { NothingHere } from "@/components/admin/nothing-here";
import { PageHead } from "@/components/admin/page-head";
import { PrintButton } from "@/components/admin/print-button";
import { NotHere } from "@/components/layout/not-here";
import { InvoiceSheet } from "@/components/orders/invoice-sheet";
import { type Query, textOf } from "@/lib/domain/back-office";
import { invoiceTitle } from "@/lib/domain/invoices";
import { ORDERS_PATH, orderPageHref } from "@/lib/domain/order-list";
import { getStaffInvoice } from "@/lib/queries/admin/invoice";
import { getStore } from "@/lib/queries/settings";
import { enter, NoEntry } from "../../../staff";

export const instant = false;
export const metadata: Metadata = { title: "Invoice" };

type Props = { params: Promise<{ number: string }>; searchParams: Promise<Query> };

export default async function StaffInvoice({ params, searchParams }: Props) {
  const [{ number }, query, { timeZone }] = await Promise.all([params, searchParams, getStore()]);
  const staff = await enter();
  if (!staff) return <NoEntry from={orderPageHref(number)} />;
  if (staff.kind !== "admin") return <NotHere title="No line crosses here." />;
  const invoice = await getStaffInvoice(staff, number, textOf(query, "number") || undefined);
  if (!invoice) return <NothingHere back={ORDERS_PATH} backLabel="To the orders" />;
  const { orderNumber } = invoice;
  return (
    <>
      <div data-screen>
        <PageHead
          title={`${invoiceTitle[invoice.kind]} ${invoice.number}`}
          steps={[
            { label: "Orders", href: ORDERS_PATH },
            { label: orderNumber, href: orderPageHref(orderNumber) },
          ]}
        >
          <div className="flex flex-wrap gap-3">
            <PrintButton />
            <a
              href={`${orderPageHref(orderNumber)}/invoice.pdf?number=${invoice.number}`}
              className="button button-line button-small"
            >
              PDF
            </a>
          </div>
        </PageHead>
      </div>
      <div className="max-w-[48rem]">
        <InvoiceSheet invoice={invoice} timeZone={timeZone} />
      </div>
    </>
  );
}
