import { z } from "zod";
import { telling } from "@/lib/failures";
import { readLive } from "@/lib/queries/catalog/live";
import { getShopper } from "@/lib/session";

const NEVER_KEPT = { "cache-control": "no-store" };

/** `?product=ID`: exact stock where it is low, and what this visitor has saved and put into the cart. */
export const GET = telling(async (request: Request): Promise<Response> => {
  const product = z.uuid().safeParse(new URL(request.url).searchParams.get("product"));
  if (!product.success)
    return Response.json({ error: "product: an id" }, { status: 400, headers: NEVER_KEPT });
  const live = await readLive(product.data, await getShopper());
  return Response.json(live, { headers: NEVER_KEPT });
});
