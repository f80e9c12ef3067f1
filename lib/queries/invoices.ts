/** One invoice or credit note with all that stands on it, from the figures of the order and its refund. */
import { sql } from "@/db/client";
import { addressLines } from "@/lib/domain/addresses";
import type { InvoiceDocument, InvoiceLine } from "@/lib/domain/invoices";
import type { OrderView } from "./orders";

interface Head {
  readonly kind: "invoice" | "credit_note";
  readonly number: string;
  readonly refundId: string | null;
  readonly ofInvoice: string | null;
  readonly issuedAt: string;
  readonly amount: number;
  readonly tax: number;
  readonly seller: InvoiceDocument["seller"];
  readonly shippingTax: number;
  readonly shippingTaxRate: number;
  readonly refundShipping: number | null;
}

type InvoicedOrder = Pick<
  OrderView,
  | "id"
  | "number"
  | "email"
  | "placedAt"
  | "deliveredAt"
  | "currency"
  | "pricesIncludeTax"
  | "shipping"
  | "shippingRateName"
  | "shippingAddress"
  | "billingAddress"
  | "paymentMethod"
>;

/**
 * The document of that number; the invoice where none is named; null where there is none (of this order). The order
 * was found by `getOrder` or, for an admin, by `getStaffOrder`, so whoever asks may see it.
 */
export async function getInvoice(order: InvoicedOrder, number?: string): Promise<InvoiceDocument | null> {
  const [head] = await sql<Head[]>`
    select i.kind, i.number, i.refund_id as "refundId", i.created_at as "issuedAt", i.amount::float8 as amount,
      i.tax::float8 as tax, i.seller, o.shipping_tax::float8 as "shippingTax", o.shipping_tax_rate as "shippingTaxRate",
      (select f.shipping::float8 from refunds f where f.id = i.refund_id) as "refundShipping",
      (select v.number from invoices v where i.kind = 'credit_note' and v.order_id = o.id and v.kind = 'invoice') as "ofInvoice"
    from invoices i join orders o on o.id = i.order_id
    where i.order_id = ${order.id} and ${number ? sql`i.number = ${number}` : sql`i.kind = 'invoice'`}`;
  if (!head) return null;
  const lines = head.refundId ? await refundedLines(head.refundId) : await orderedLines(order.id);
  const { refundId, amount, tax, shippingTax, shippingTaxRate, refundShipping, issuedAt, ...rest } = head;
  const taxOfLines = lines.reduce((sum, line) => sum + line.tax, 0);
  const taxOfShipping = refundId ? tax - taxOfLines : shippingTax;
  // Without tax in the prices the shipping has none in it either: the document states what is paid.
  const shipping = (refundShipping ?? order.shipping) + (order.pricesIncludeTax ? 0 : taxOfShipping);
  const address = order.billingAddress ?? order.shippingAddress;
  return {
    ...rest,
    orderNumber: order.number,
    issuedAt: new Date(issuedAt),
    orderedAt: order.placedAt,
    deliveredAt: order.deliveredAt,
    currency: order.currency,
    buyer: address ? addressLines(address) : [order.email],
    paymentMethod: order.paymentMethod,
    lines,
    shipping:
      refundId && shipping === 0
        ? null
        : { name: order.shippingRateName, total: shipping, taxRate: shippingTaxRate, tax: taxOfShipping },
    discount: lines.reduce((sum, line) => sum + line.discount, 0),
    total: amount,
    tax,
  };
}

const orderedLines = (orderId: string) => sql<InvoiceLine[]>`
  select product_name as name, variant_title as title, sku, quantity, unit_price::float8 as "unitPrice",
    discount::float8 as discount, total::float8 as total, tax_rate as "taxRate", tax::float8 as tax
  from order_lines where order_id = ${orderId} order by position`;

const refundedLines = (refundId: string) => sql<InvoiceLine[]>`
  select l.product_name as name, l.variant_title as title, l.sku, f.quantity, l.unit_price::float8 as "unitPrice",
    0 as discount, f.amount::float8 as total, l.tax_rate as "taxRate", f.tax::float8 as tax
  from refund_lines f join order_lines l on l.id = f.order_line_id where f.refund_id = ${refundId} order by l.position`;
