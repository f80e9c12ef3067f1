// Tells the page of an order whether it is out of date.
import { telling } from "@/lib/failures";
import { getOrderPulse } from "@/lib/queries/orders";
import { getShopper } from "@/lib/session";

const PRIVATE = { "cache-control": "private, no-store" };

export const GET = telling(async (request: Request): Promise<Response> => {
  const query = new URL(request.url).searchParams;
  const number = query.get("number");
  const key = query.get("key");
  if (!number) return Response.json({ error: "no number" }, { status: 400, headers: PRIVATE });
  const shopper = await getShopper(key ? { orderNumber: number, key } : {});
  const pulse = await getOrderPulse(shopper, number);
  if (!pulse) return Response.json({ error: "no such order" }, { status: 404, headers: PRIVATE });
  return Response.json(pulse, { headers: PRIVATE });
});
