import { csvFile, noFile } from "@/lib/csv-file";
import { telling } from "@/lib/failures";
import { countSheet } from "@/lib/queries/admin/stocktake";
import { getShopper } from "@/lib/session";

/** The sheet that a member of staff counts their goods with. */
export const GET = telling(async (): Promise<Response> => {
  const shopper = await getShopper();
  if (shopper.kind !== "owner" && shopper.kind !== "admin") return noFile();
  return csvFile(countSheet(shopper), "count-sheet.csv");
});
