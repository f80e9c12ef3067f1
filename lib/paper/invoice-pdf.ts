/** Draws an invoice or a credit note as a PDF, from the same document as the page in the browser. */
import {
  type InvoiceDocument,
  invoiceFacts,
  invoiceTitle,
  percentText,
  taxRows,
} from "@/lib/domain/invoices";
import { formatMoney } from "@/lib/domain/money";
import { paymentMethodLabel } from "@/lib/domain/payments";
import { UNKNOWN } from "./fonts";
import { Sheet } from "./sheet";

interface About {
  readonly storeName: string;
  readonly locale: string;
  readonly timeZone: string;
}

// Columns from the left margin: what, how many, price, rate, sum.
const AT = { what: 0, many: 258, price: 298, rate: 374, sum: 424 } as const;
const WIDE = { what: 248, many: 34, price: 68, rate: 44, sum: 75 } as const;

/** The file. Letters that no face has are marked, and a line at the end says where they can be read. */
export async function drawInvoice(invoice: InvoiceDocument, about: About): Promise<Buffer> {
  const title = `${invoiceTitle[invoice.kind]} ${invoice.number}`;
  const sheet = new Sheet({ title, author: about.storeName, language: "en" });
  head(sheet, invoice, about);
  goods(sheet, invoice, about);
  sums(sheet, invoice, about);
  const { seller } = invoice;
  if (!sheet.isWhole) {
    sheet.down(14);
    sheet.line(`${UNKNOWN} stands for letters that this file cannot show; the order's page shows them.`, {
      quiet: true,
    });
  }
  const foot = [seller.name, seller.address?.replaceAll("\n", ", "), seller.email, seller.taxNumber].filter(
    Boolean,
  );
  return sheet.end((page, pages) => `${foot.join(" · ")}\n${title}, page ${page} of ${pages}`);
}

function head(sheet: Sheet, invoice: InvoiceDocument, { storeName, timeZone }: About): void {
  const { seller } = invoice;
  sheet.line(storeName, { size: 22, weight: "display" });
  sheet.down(26);
  sheet.line([seller.name, ...(seller.address?.split("\n") ?? [])].join(", "), { size: 7.5, quiet: true });
  sheet.down(4);
  const top = sheet.y;
  const buyer = sheet.put(invoice.buyer.join("\n"), { size: 10.5, width: 260 });
  const facts = invoiceFacts(invoice, timeZone);
  for (const [label, value] of facts) {
    sheet.put(label, { x: 300, width: 80, quiet: true });
    sheet.line(value, { x: 380, width: sheet.width - 380, align: "right" });
  }
  sheet.y = Math.max(sheet.y, top + buyer) + 34;
  sheet.line(`${invoiceTitle[invoice.kind]} ${invoice.number}`, { size: 17, weight: "display" });
  sheet.down(12);
}

function goods(sheet: Sheet, invoice: InvoiceDocument, { locale }: About): void {
  const money = (amount: number) => formatMoney(amount, invoice.currency, { locale });
  tableHead(sheet);
  for (const { name, title, sku, quantity, unitPrice, discount, total, taxRate } of invoice.lines) {
    const what = title ? `${name}, ${title}` : name;
    const small = [sku, discount > 0 ? `less ${money(discount)} discount` : ""].filter(Boolean).join(" · ");
    const height =
      sheet.heightOf(what, { width: WIDE.what }) + sheet.heightOf(small, { size: 8, width: WIDE.what });
    if (sheet.need(height + 14)) tableHead(sheet);
    sheet.down(6);
    const top = sheet.y;
    sheet.put(quantity > 0 ? String(quantity) : "part", { x: AT.many, width: WIDE.many, align: "right" });
    sheet.put(quantity > 0 ? money(unitPrice) : "", { x: AT.price, width: WIDE.price, align: "right" });
    sheet.put(percentText(taxRate), { x: AT.rate, width: WIDE.rate, align: "right" });
    sheet.put(money(total), { x: AT.sum, width: WIDE.sum, align: "right" });
    sheet.line(what, { x: AT.what, width: WIDE.what });
    sheet.line(small, { x: AT.what, width: WIDE.what, size: 8, quiet: true });
    sheet.y = Math.max(sheet.y, top) + 6;
    sheet.rule();
  }
  if (!invoice.shipping) return;
  sheet.need(30);
  sheet.down(6);
  sheet.put(percentText(invoice.shipping.taxRate), { x: AT.rate, width: WIDE.rate, align: "right" });
  sheet.put(money(invoice.shipping.total), { x: AT.sum, width: WIDE.sum, align: "right" });
  sheet.line(`Delivery, ${invoice.shipping.name}`, { width: WIDE.what });
  sheet.down(6);
  sheet.rule();
}

function tableHead(sheet: Sheet): void {
  const look = { size: 8, quiet: true, align: "right" as const };
  sheet.put("Pieces", { ...look, x: AT.many, width: WIDE.many });
  sheet.put("Price", { ...look, x: AT.price, width: WIDE.price });
  sheet.put("Tax", { ...look, x: AT.rate, width: WIDE.rate });
  sheet.put("Sum", { ...look, x: AT.sum, width: WIDE.sum });
  sheet.line("What", { size: 8, quiet: true });
  sheet.down(3);
  sheet.rule();
}

function sums(sheet: Sheet, invoice: InvoiceDocument, { locale }: About): void {
  const money = (amount: number) => formatMoney(amount, invoice.currency, { locale });
  const rates = taxRows(invoice);
  sheet.need(60 + rates.length * 30);
  sheet.down(10);
  const row = (label: string, amount: number, strong = false) => {
    const look = strong ? ({ size: 12, weight: "strong" } as const) : {};
    sheet.put(label, { ...look, x: 240, width: 170 });
    sheet.line(money(amount), { ...look, x: 400, width: sheet.width - 400, align: "right" });
  };
  for (const { rate, net, tax } of rates) {
    row(`Net at ${percentText(rate)}`, net);
    row(`Tax ${percentText(rate)}`, tax);
  }
  sheet.down(4);
  row(invoice.kind === "invoice" ? "Total" : "Total credited", invoice.total, true);
  sheet.down(14);
  if (invoice.discount > 0)
    sheet.line(`Discounts of ${money(invoice.discount)} are taken off in the sums above.`, { quiet: true });
  sheet.line(
    invoice.kind === "invoice"
      ? `Payment: ${paymentMethodLabel[invoice.paymentMethod]}.`
      : "The sum goes back the way it was paid; what was not paid yet is not owed any more.",
    { quiet: true },
  );
}
