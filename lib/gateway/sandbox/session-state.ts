/** Keeps a checkout session in step with the intent it made. */
import type { Intent, Session } from "./model";
import type { World } from "./world";

/** Called whenever an intent may have become paid, processing or refused. */
export function followIntent(world: World, intent: Intent): void {
  const session = world.store.get("session", world.store.get("session_of", intent.id)?.session ?? "");
  if (!session) return;
  if (intent.status === "succeeded" && session.payment_status === "unpaid") {
    const paid = put(world, { ...session, status: "complete", payment_status: "paid", url: null });
    const late = session.status === "complete";
    world.emit(late ? "checkout.session.async_payment_succeeded" : "checkout.session.completed", paid);
  }
  if (intent.status === "processing" && session.status === "open") {
    world.emit("checkout.session.completed", put(world, { ...session, status: "complete", url: null }));
  }
  if (intent.status === "requires_payment_method" && session.status === "complete") {
    world.emit("checkout.session.async_payment_failed", session);
  }
}

function put(world: World, session: Session): Session {
  return world.store.put("session", session.id, session);
}
