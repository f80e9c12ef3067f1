import {
  type InvoiceDocument,
  invoiceFacts,
  invoiceTitle,
  percentText,
  taxRows,
} from "@/lib/domain/invoices";
import { formatMoney } from "@/lib/domain/money";
import { paymentMethodLabel } from "@/lib/domain/payments";

/** An invoice to read and to print; the same document as the PDF. */
export function InvoiceSheet({ invoice, timeZone }: { invoice: InvoiceDocument; timeZone: string }) {
  const money = (amount: number) => formatMoney(amount, invoice.currency);
  const { seller, shipping } = invoice;
  const facts = invoiceFacts(invoice, timeZone);
  return (
    <article className="grid gap-8">
      <div className="grid gap-8 sm:grid-cols-[1fr_auto]">
        <div className="min-w-0">
          <p className="text-xs text-quiet">{[seller.name, seller.address].filter(Boolean).join(", ")}</p>
          <address className="mt-2 whitespace-pre-line not-italic wrap-anywhere">
            {invoice.buyer.join("\n")}
          </address>
        </div>
        <dl className="num grid grid-cols-[auto_auto] content-start gap-x-6 text-s">
          {facts.map(([label, value]) => (
            <div key={label} className="contents">
              <dt className="text-quiet">{label}</dt>
              <dd className="text-right">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
      <h1 className="text-xl">
        {invoiceTitle[invoice.kind]} <span className="num">{invoice.number}</span>
      </h1>
      <table className="w-full border-collapse text-left text-s">
        <caption className="sr-only">What it is for</caption>
        <thead>
          <tr className="border-b text-quiet">
            <th scope="col" className="py-2 font-normal">
              What
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-normal">
              Pieces
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-normal max-sm:hidden print:table-cell">
              Price
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-normal max-sm:hidden print:table-cell">
              Tax
            </th>
            <th scope="col" className="py-2 pl-3 text-right font-normal">
              Sum
            </th>
          </tr>
        </thead>
        <tbody className="num">
          {invoice.lines.map((line) => (
            <tr key={line.sku} className="break-inside-avoid border-b align-top">
              <td className="py-2 wrap-anywhere">
                {line.name}
                {line.title && <span className="text-quiet">, {line.title}</span>}
                <span className="block text-xs text-quiet">
                  {line.sku}
                  {line.discount > 0 && `, less ${money(line.discount)} discount`}
                </span>
              </td>
              <td className="py-2 pl-3 text-right">{line.quantity > 0 ? line.quantity : "part"}</td>
              <td className="py-2 pl-3 text-right max-sm:hidden print:table-cell">
                {line.quantity > 0 ? money(line.unitPrice) : ""}
              </td>
              <td className="py-2 pl-3 text-right whitespace-nowrap max-sm:hidden print:table-cell">
                {percentText(line.taxRate)}
              </td>
              <td className="py-2 pl-3 text-right">{money(line.total)}</td>
            </tr>
          ))}
          {shipping && (
            <tr className="border-b">
              <td className="py-2">Delivery, {shipping.name}</td>
              <td />
              <td className="max-sm:hidden print:table-cell" />
              <td className="py-2 pl-3 text-right whitespace-nowrap max-sm:hidden print:table-cell">
                {percentText(shipping.taxRate)}
              </td>
              <td className="py-2 pl-3 text-right">{money(shipping.total)}</td>
            </tr>
          )}
        </tbody>
      </table>
      <dl className="num ml-auto grid w-full max-w-80 grid-cols-[1fr_auto] gap-x-6 gap-y-1 break-inside-avoid text-s">
        {taxRows(invoice).map(({ rate, net, tax }) => (
          <div key={rate} className="contents">
            <dt>Net at {percentText(rate)}</dt>
            <dd className="text-right">{money(net)}</dd>
            <dt>Tax {percentText(rate)}</dt>
            <dd className="text-right">{money(tax)}</dd>
          </div>
        ))}
        <dt className="mt-1 border-t pt-2 text-m font-semibold">
          {invoice.kind === "invoice" ? "Total" : "Total credited"}
        </dt>
        <dd className="mt-1 border-t pt-2 text-right text-m font-semibold">{money(invoice.total)}</dd>
      </dl>
      <p className="text-s text-quiet">
        {invoice.kind === "invoice"
          ? `Payment: ${paymentMethodLabel[invoice.paymentMethod]}.`
          : "The sum goes back the way it was paid; what was not paid yet is not owed any more."}
      </p>
      <p className="border-t pt-3 text-xs text-quiet wrap-anywhere">
        {[seller.name, seller.address?.replaceAll("\n", ", "), seller.email, seller.taxNumber]
          .filter(Boolean)
          .join(" · ")}
      </p>
    </article>
  );
}
