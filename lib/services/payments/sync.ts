/** Asks the gateway how a payment stands and settles the answer: for lost webhooks, and for whoever cannot wait. */
import { and, eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { now } from "@/db/schema/columns";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import * as gateway from "@/lib/gateway/stripe";
import { unlessGone } from "./gone";
import { lockPayment, lockToSettle } from "./lock";
import { type Settled, settleIntent } from "./settle";

/** Settles an order's payment as the gateway tells it now. @throws ShopError gateway_unavailable */
export async function sync(system: System, orderId: string): Promise<Settled> {
  // A refunded stray may be younger than the row that is still open.
  const [known] = await db
    .select()
    .from(payments)
    .where(and(eq(payments.orderId, orderId), eq(payments.provider, "stripe")))
    .orderBy(sql`${payments.status} IN ('pending', 'processing', 'failed') DESC, ${payments.createdAt} DESC`)
    .limit(1);
  const settled = known ? await ask(system, known) : "ignored";
  return settled === "gone" ? "ignored" : settled;
}

/** The same for one payment. "gone": the gateway knows no such intent or page. @throws ShopError gateway_unavailable */
export async function ask(
  system: System,
  payment: Pick<typeof payments.$inferSelect, "id" | "orderId" | "providerIntentId" | "providerSessionId">,
): Promise<Settled | "gone"> {
  const intent = await intentOf(payment);
  const settled = intent && intent !== "gone" ? await settleAsked(system, payment, intent) : intent;
  await withTx((tx) =>
    tx
      .update(payments)
      .set({ checkedAt: now as unknown as Date })
      .where(eq(payments.id, payment.id)),
  );
  return settled ?? "ignored";
}

/** Settles what the gateway answered of a payment, in a transaction of its own. */
export async function settleAsked(
  system: System,
  { id, orderId }: { id: string; orderId: string },
  intent: PaymentIntentView,
): Promise<Settled> {
  return withTx(async (tx) => {
    const [order, [payment]] = await lockToSettle(tx, system, orderId, intent, { next: lockPayment(tx, id) });
    return payment ? settleIntent(tx, system, order, payment, intent) : "ignored";
  });
}

/** Null where nobody has tried to pay yet. */
async function intentOf({
  providerIntentId,
  providerSessionId,
}: {
  providerIntentId: string | null;
  providerSessionId: string | null;
}): Promise<PaymentIntentView | "gone" | null> {
  if (providerIntentId) return (await unlessGone(gateway.retrieveIntent(providerIntentId))) ?? "gone";
  if (!providerSessionId) return null;
  const session = await unlessGone(gateway.retrieveCheckoutSession(providerSessionId));
  if (!session) return "gone";
  return session.intentId ? gateway.retrieveIntent(session.intentId) : null;
}
