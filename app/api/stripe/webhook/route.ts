// The provider's door: checks the signature over the raw body and hands the event to the payments service.
import { newReference, tellFailure } from "@/lib/failures";
import { isSound, UnreadableEvent } from "@/lib/gateway/sound";
import { constructEvent } from "@/lib/gateway/stripe";
import { log } from "@/lib/log";
import { noteFailure } from "@/lib/services/payments/inbox";
import { receive } from "@/lib/services/payments/receive";
import { systemActor } from "@/lib/system";

const LARGEST_BODY = 1_048_576;

/** 400 bad signature or no event at all (a repeat cannot help), 200 known or ignored, 500 or 503 our failure (send again). */
export async function POST(request: Request): Promise<Response> {
  const body = await request.text();
  if (body.length > LARGEST_BODY) return new Response("Too large.", { status: 413 });
  const event = read(body, request.headers.get("stripe-signature"));
  if (event === "unreadable") return unreadable();
  if (!event) return new Response("The signature is not right.", { status: 400 });
  const system = systemActor("webhook");
  try {
    await receive(system, event);
    return Response.json({ received: true });
  } catch (error) {
    const reference = newReference();
    if (!isSound(event)) {
      log.warn("a signed webhook is no event", { reference, type: event.type });
      return unreadable();
    }
    // Where the database itself is away it cannot be kept either; the provider sends it again all the same.
    await noteFailure(system, event, error).catch(() => {});
    log.error("webhook failed", { reference, event: event.id, type: event.type, error });
    if (tellFailure(error, reference))
      return new Response("Not now; send it again.", { status: 503, headers: { "retry-after": "2" } });
    return new Response("Failed; send it again.", { status: 500 });
  }
}

function read(body: string, signature: string | null) {
  try {
    return constructEvent(body, signature);
  } catch (error) {
    if (!(error instanceof UnreadableEvent)) throw error;
    log.warn("a signed webhook is no event", { reference: newReference(), error });
    return "unreadable";
  }
}

const unreadable = () =>
  new Response("This is no event that can be read; sending it again cannot help.", { status: 400 });
