/** Invoices: the figures of a document and the tax in it by rate. Pure; all amounts in minor units. */

import { dateText } from "./moments";
import type { PaymentMethod } from "./payments";

export interface InvoiceLine {
  readonly name: string;
  readonly title: string;
  readonly sku: string;
  /** 0 where a credit note gives back a part of a price. */
  readonly quantity: number;
  readonly unitPrice: number;
  readonly discount: number;
  /** What the shopper pays or gets back for the line, its tax included. */
  readonly total: number;
  /** Parts per million. */
  readonly taxRate: number;
  readonly tax: number;
}

export interface InvoiceShipping {
  readonly name: string;
  /** Tax included. */
  readonly total: number;
  readonly taxRate: number;
  readonly tax: number;
}

export interface InvoiceDocument {
  readonly kind: "invoice" | "credit_note";
  readonly number: string;
  /** The invoice that a credit note belongs to; null for the invoice itself. */
  readonly ofInvoice: string | null;
  readonly orderNumber: string;
  readonly issuedAt: Date;
  /** The day of the order, and of its delivery where it has arrived. */
  readonly orderedAt: Date;
  readonly deliveredAt: Date | null;
  readonly currency: string;
  readonly seller: {
    readonly name: string;
    readonly address: string | null;
    readonly taxNumber: string | null;
    readonly email: string;
  };
  /** Lines of an address. */
  readonly buyer: readonly string[];
  readonly paymentMethod: PaymentMethod;
  readonly lines: readonly InvoiceLine[];
  readonly shipping: InvoiceShipping | null;
  readonly discount: number;
  readonly total: number;
  readonly tax: number;
}

/** What a document says about itself, as label and text, on paper and on the page alike. */
export function invoiceFacts(invoice: InvoiceDocument, timeZone: string): [string, string][] {
  const day = (at: Date) => dateText(at, timeZone);
  return [
    ["Number", invoice.number],
    ["Date", day(invoice.issuedAt)],
    ["Order", invoice.orderNumber],
    ["Ordered", day(invoice.orderedAt)],
    ...(invoice.deliveredAt ? [["Delivered", day(invoice.deliveredAt)] satisfies [string, string]] : []),
    ...(invoice.ofInvoice ? [["For invoice", invoice.ofInvoice] satisfies [string, string]] : []),
  ];
}

export interface TaxRow {
  /** Parts per million. */
  readonly rate: number;
  readonly net: number;
  readonly tax: number;
}

/** Net and tax by rate, the highest first; they sum to the document's total. */
export function taxRows({ lines, shipping }: Pick<InvoiceDocument, "lines" | "shipping">): TaxRow[] {
  const rows = new Map<number, { net: number; tax: number }>();
  for (const { taxRate, total, tax } of [...lines, ...(shipping && shipping.total > 0 ? [shipping] : [])]) {
    const row = rows.get(taxRate) ?? { net: 0, tax: 0 };
    rows.set(taxRate, { net: row.net + total - tax, tax: row.tax + tax });
  }
  return [...rows].map(([rate, row]) => ({ rate, ...row })).sort((a, b) => b.rate - a.rate);
}

/** "19 %", "8.1 %". */
export const percentText = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))} %`;

export const invoiceTitle: Record<InvoiceDocument["kind"], string> = {
  invoice: "Invoice",
  credit_note: "Credit note",
};
