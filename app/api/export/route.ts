import { Readable } from "node:stream";
import { env } from "@/lib/env";
import { exportProducts } from "@/lib/queries/admin/product-export";
import { getStore } from "@/lib/queries/settings";
import { getShopper } from "@/lib/session";

/** All products that the member of staff may see, as a CSV file that can be imported again. */
export async function GET(): Promise<Response> {
  const shopper = await getShopper();
  if (shopper.kind !== "owner" && shopper.kind !== "admin")
    return new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  const { currency } = await getStore();
  const pieces = exportProducts({
    ownerId: shopper.kind === "owner" ? shopper.ownerId : null,
    currency,
    mediaUrl: `${env.SITE_URL}/media`,
  });
  return new Response(Readable.toWeb(Readable.from(pieces)) as ReadableStream, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": 'attachment; filename="products.csv"',
      "cache-control": "private, no-store",
      "x-content-type-options": "nosniff",
    },
  });
}
