import type { InvoiceLink } from "@/lib/queries/order-after";
import { type OpenOrder, orderHref } from "./order-href";

const names: Record<InvoiceLink["kind"], string> = { invoice: "Invoice", credit_note: "Credit note" };

/** The invoice and its credit notes, to read or to keep; nothing before there is one. */
export function InvoiceLinks({ invoices, open }: { invoices: readonly InvoiceLink[]; open: OpenOrder }) {
  if (invoices.length === 0) return null;
  return (
    <section aria-labelledby="invoices" data-screen className="border-t pt-6">
      <h2 id="invoices" className="text-m font-semibold">
        {invoices.length > 1 ? "Invoice and credit notes" : "Invoice"}
      </h2>
      <ul className="mt-2 grid gap-1">
        {invoices.map(({ number, kind }) => (
          <li key={number} className="flex flex-wrap gap-x-5">
            <a
              href={orderHref(open, "invoice", { number })}
              className="link inline-flex min-h-6 items-center"
            >
              {names[kind]} <span className="num ml-1">{number}</span>
            </a>
            <a
              href={orderHref(open, "invoice.pdf", { number })}
              className="link inline-flex min-h-6 items-center text-quiet"
              download={`${number}.pdf`}
            >
              PDF<span className="sr-only"> of {number}</span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
