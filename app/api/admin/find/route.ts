import { telling } from "@/lib/failures";
import { find } from "@/lib/queries/admin/find";
import { getShopper } from "@/lib/session";

const NEVER_KEPT = { "cache-control": "private, no-store" };

/** `?q=TEXT`: what the palette of the back office shows; to everybody else there is nothing here. */
export const GET = telling(async (request: Request): Promise<Response> => {
  const shopper = await getShopper();
  if (shopper.kind !== "owner" && shopper.kind !== "admin")
    return Response.json({ error: "not found" }, { status: 404, headers: NEVER_KEPT });
  const text = (new URL(request.url).searchParams.get("q") ?? "").replaceAll("\0", "").toWellFormed();
  return Response.json({ found: await find(shopper, text.trim().slice(0, 100)) }, { headers: NEVER_KEPT });
});
