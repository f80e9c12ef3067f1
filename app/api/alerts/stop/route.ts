import { z } from "zod";
import { isShopError } from "@/lib/domain/errors";
import { telling } from "@/lib/failures";
import { withdrawByLink } from "@/lib/services/alerts";
import { getShopper } from "@/lib/session";

const linkInput = z.object({ alert: z.uuid(), key: z.string().max(100) });
const NEVER_KEPT = { "cache-control": "no-store" };

const linkOf = (request: Request) =>
  linkInput.safeParse(Object.fromEntries(new URL(request.url).searchParams));

/** A person who follows the link of a mail gets the page with the button: programs that look through mail follow links, too. */
export const GET = (request: Request): Response => {
  const link = linkOf(request);
  const { alert = "unknown", key = "" } = link.data ?? {};
  return new Response(null, {
    status: 303,
    headers: { ...NEVER_KEPT, location: `/alerts/${alert}?key=${encodeURIComponent(key)}` },
  });
};

/** A mail program's "unsubscribe" (RFC 8058): all that the address waits for is forgotten. */
export const POST = telling(async (request: Request): Promise<Response> => {
  const link = linkOf(request);
  if (!link.success) return new Response("No such link.", { status: 404, headers: NEVER_KEPT });
  try {
    await withdrawByLink(await getShopper(), { alertId: link.data.alert, key: link.data.key });
  } catch (error) {
    if (!isShopError(error, "not_found")) throw error;
    return new Response("No such link.", { status: 404, headers: NEVER_KEPT });
  }
  return new Response("You get no more of these.", { headers: NEVER_KEPT });
});
