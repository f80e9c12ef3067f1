// Tells the list of orders in the back office whether it is out of date.
import { isId } from "@/lib/domain/back-office";
import { telling } from "@/lib/failures";
import { countOrdersAfter } from "@/lib/queries/admin/orders";
import { getShopper } from "@/lib/session";

const PRIVATE = { "cache-control": "private, no-store" };

export const GET = telling(async (request: Request): Promise<Response> => {
  const after = new URL(request.url).searchParams.get("after") ?? "";
  const shopper = await getShopper();
  const isStaff = shopper.kind === "owner" || shopper.kind === "admin";
  if (!isStaff || (after && !isId(after)))
    return Response.json({ error: "nothing here" }, { status: 404, headers: PRIVATE });
  return Response.json({ count: await countOrdersAfter(shopper, after) }, { headers: PRIVATE });
});
