// The provider's door: checks the signature over the raw body and hands the event to the payments service.
import { newReference, tellFailure } from "@/lib/failures";
import { constructEvent } from "@/lib/gateway/stripe";
import { log } from "@/lib/log";
import { noteFailure } from "@/lib/services/payments/inbox";
import { receive } from "@/lib/services/payments/receive";
import { systemActor } from "@/lib/system";

const LARGEST_BODY = 1_048_576;

/** 400 bad signature (do not send again), 200 known or ignored, 500 or 503 our failure (send again). */
export async function POST(request: Request): Promise<Response> {
  const body = await request.text();
  if (body.length > LARGEST_BODY) return new Response("Too large.", { status: 413 });
  const event = constructEvent(body, request.headers.get("stripe-signature"));
  if (!event) return new Response("The signature is not right.", { status: 400 });
  const system = systemActor("webhook");
  try {
    await receive(system, event);
    return Response.json({ received: true });
  } catch (error) {
    const reference = newReference();
    // Where the database itself is away it cannot be kept either; the provider sends it again all the same.
    await noteFailure(system, event, error).catch(() => {});
    log.error("webhook failed", { reference, event: event.id, type: event.type, error });
    if (tellFailure(error, reference))
      return new Response("Not now; send it again.", { status: 503, headers: { "retry-after": "2" } });
    return new Response("Failed; send it again.", { status: 500 });
  }
}
