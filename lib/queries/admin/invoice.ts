/** An order's invoice and credit notes in the back office, by the same document as the shopper's. For admins. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";
import type { InvoiceDocument } from "@/lib/domain/invoices";
import { getInvoice } from "@/lib/queries/invoices";
import { getStaffOrder } from "./order";

/** The document of that number, the invoice where none is named; null where there is none. */
export async function getStaffInvoice(
  admin: Admin,
  orderNumber: string,
  number?: string,
): Promise<InvoiceDocument | null> {
  const order = await getStaffOrder(admin, orderNumber);
  const whole = order?.whole;
  if (!order || !whole) return null;
  const [row] = await sql<
    { at: string | null }[]
  >`select delivered_at as at from orders where id = ${order.id}`;
  const { email, shipping, billing } = whole;
  const deliveredAt = row?.at ? new Date(row.at) : null;
  return getInvoice({ ...order, email, shipping, billingAddress: billing, deliveredAt }, number);
}
