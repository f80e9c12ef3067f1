import { csvFile, noFile } from "@/lib/csv-file";
import { env } from "@/lib/env";
import { telling } from "@/lib/failures";
import { exportProducts } from "@/lib/queries/admin/product-export";
import { getStore } from "@/lib/queries/settings";
import { getShopper } from "@/lib/session";

/** All products that the member of staff may see, as a CSV file that can be imported again. */
export const GET = telling(async (): Promise<Response> => {
  const shopper = await getShopper();
  if (shopper.kind !== "owner" && shopper.kind !== "admin") return noFile();
  const { currency } = await getStore();
  const pieces = exportProducts({
    ownerId: shopper.kind === "owner" ? shopper.ownerId : null,
    currency,
    mediaUrl: `${env.SITE_URL}/media`,
  });
  return csvFile(pieces, "products.csv");
});
