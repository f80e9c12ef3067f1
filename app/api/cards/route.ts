import { z } from "zod";
import { telling } from "@/lib/failures";
import { readSeen } from "@/lib/queries/catalog/seen";

const NEVER_KEPT = { "cache-control": "no-store" };
const idsInput = z.array(z.uuid()).min(1).max(12);

/** `?ids=A,B`: what these products show in a list, now. Answers the same to everybody. */
export const GET = telling(async (request: Request): Promise<Response> => {
  const ids = idsInput.safeParse(new URL(request.url).searchParams.get("ids")?.split(","));
  if (!ids.success)
    return Response.json({ error: "ids: up to 12 ids of products" }, { status: 400, headers: NEVER_KEPT });
  return Response.json({ cards: await readSeen(ids.data) }, { headers: NEVER_KEPT });
});
