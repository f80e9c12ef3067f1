import { streamed } from "@/lib/machines/stream";
import { countSheet } from "@/lib/queries/admin/stocktake";
import { getShopper } from "@/lib/session";

/** The sheet that a member of staff counts their goods with. */
export async function GET(): Promise<Response> {
  const shopper = await getShopper();
  const missing = new Response(null, { status: 404, headers: { "cache-control": "no-store" } });
  if (shopper.kind !== "owner" && shopper.kind !== "admin") return missing;
  const answer = (await streamed(countSheet(shopper), "text/csv; charset=utf-8")) ?? missing;
  answer.headers.set("content-disposition", 'attachment; filename="count-sheet.csv"');
  answer.headers.set("cache-control", "private, no-store");
  return answer;
}
