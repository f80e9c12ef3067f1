import type { NextRequest } from "next/server";
import { telling } from "@/lib/failures";
import { drawInvoice } from "@/lib/paper/invoice-pdf";
import { getStaffInvoice } from "@/lib/queries/admin/invoice";
import { getStore } from "@/lib/queries/settings";
import { getShopper } from "@/lib/session";

const PRIVATE = { "cache-control": "private, no-store", "x-robots-tag": "noindex" };

type Props = { params: Promise<{ number: string }> };

/** An order's invoice or credit note as a file, for admins; for everybody else there is nothing here. */
export const GET = telling(async (request: NextRequest, { params }: Props): Promise<Response> => {
  const [{ number }, shopper] = [await params, await getShopper()];
  const wanted = new URL(request.url).searchParams.get("number") ?? undefined;
  const invoice = shopper.kind === "admin" ? await getStaffInvoice(shopper, number, wanted) : null;
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
});
