import { drawInvoice } from "@/lib/paper/invoice-pdf";
import { getInvoice } from "@/lib/queries/invoices";
import { getStore } from "@/lib/queries/settings";
import { openOrder } from "../open-order";

/** The invoice as a file, for whoever may see the order's page; for everybody else there is nothing here. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ number: string }> },
): Promise<Response> {
  const [{ number }, query] = [await params, new URL(request.url).searchParams];
  const opened = await openOrder(number, Object.fromEntries(query));
  const invoice = opened && (await getInvoice(opened.order, query.get("number") ?? undefined));
  if (!invoice) return new Response("Nothing here.", { status: 404, headers: PRIVATE });
  const { name, locale, timeZone } = await getStore();
  const file = await drawInvoice(invoice, { storeName: name, locale, timeZone });
  return new Response(new Uint8Array(file), {
    headers: {
      ...PRIVATE,
      "content-type": "application/pdf",
      "content-disposition": `inline; filename="${invoice.number}.pdf"`,
    },
  });
}

const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex" };
