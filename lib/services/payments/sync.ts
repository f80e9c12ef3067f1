/** Asks the gateway how a payment stands and settles the answer: for lost webhooks, and for whoever cannot wait. */
import { eq, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { payments } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import * as gateway from "@/lib/gateway/stripe";
import { lockToSettle } from "./lock";
import { type Settled, settleIntent } from "./settle";

/** Settles an order's payment as the gateway tells it now. @throws ShopError gateway_unavailable */
export async function sync(system: System, orderId: string): Promise<Settled> {
  const [known] = await db
    .select({ id: payments.id, intentId: payments.providerIntentId, sessionId: payments.providerSessionId })
    .from(payments)
    .where(sql`${payments.orderId} = ${orderId} AND ${payments.provider} = 'stripe'`)
    .orderBy(sql`${payments.createdAt} DESC`)
    .limit(1);
  const intentId = known?.intentId ?? (known?.sessionId ? await intentOf(known.sessionId) : null);
  if (!known || !intentId) return "ignored";
  const intent = await gateway.retrieveIntent(intentId);
  return withTx(async (tx) => {
    const order = await lockToSettle(tx, system, orderId, intent);
    const [payment] = await tx.select().from(payments).where(eq(payments.id, known.id)).for("update");
    if (!payment) return "ignored";
    await tx
      .update(payments)
      .set({ checkedAt: sql`shop_now()` as unknown as Date })
      .where(eq(payments.id, known.id));
    return settleIntent(tx, system, order, payment, intent);
  });
}

async function intentOf(sessionId: string): Promise<string | null> {
  return (await gateway.retrieveCheckoutSession(sessionId)).intentId;
}
