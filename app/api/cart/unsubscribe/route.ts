import { cartLinkInput } from "@/lib/domain/cart";
import { isShopError } from "@/lib/domain/errors";
import { env } from "@/lib/env";
import { telling } from "@/lib/failures";
import { withdraw } from "@/lib/services/cart-reminder";
import { systemActor } from "@/lib/system";

const NEVER_KEPT = { "cache-control": "no-store" };

/** A person who follows the link: the page that asks once, because opening a link must change nothing. */
export function GET(request: Request): Response {
  const { search } = new URL(request.url);
  return Response.redirect(new URL(`/cart/reminders${search}`, env.SITE_URL), 303);
}

/**
 * One click in a mail program (RFC 8058). Comes from anywhere, without cookies; the key in the address proves that
 * whoever sends it got the mail.
 */
export const POST = telling(async (request: Request): Promise<Response> => {
  const query = new URL(request.url).searchParams;
  const link = cartLinkInput.safeParse({ cartId: query.get("cart"), key: query.get("key") });
  if (!link.success) return new Response("This link is not ours.\n", { status: 404, headers: NEVER_KEPT });
  try {
    await withdraw(systemActor("webhook"), link.data);
  } catch (error) {
    if (!isShopError(error, "not_found")) throw error;
    return new Response("This link is not ours.\n", { status: 404, headers: NEVER_KEPT });
  }
  return new Response("No more reminders of carts.\n", { headers: NEVER_KEPT });
});
