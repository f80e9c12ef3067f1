/** Money given back, as the payment provider is asked to and tells of it. */
import { ShopError } from "@/lib/domain/errors";
import { type RefundView, refundView } from "./gateway";
import { call } from "./stripe";

/**
 * Gives money back. `amount` in minor units; `idempotencyKey` is the refund row's id. May answer "pending".
 * @throws ShopError conflict (more than is left of the payment), gateway_unavailable
 */
export async function refund(input: {
  intentId: string;
  amount: number;
  idempotencyKey: string;
  metadata?: Record<string, string>;
}): Promise<RefundView> {
  const params = { payment_intent: input.intentId, amount: input.amount, metadata: input.metadata ?? {} };
  const options = { idempotencyKey: `refund:${input.idempotencyKey}` };
  try {
    return refundView(await call((api) => api.refunds.create(params, options)));
  } catch (error) {
    if (isOverRefund(error)) throw new ShopError("conflict", { what: "payment" });
    throw error;
  }
}

const isOverRefund = (error: unknown): boolean =>
  error instanceof Error && /already been refunded|greater than unrefunded/i.test(error.message);

/** @throws GatewayRefusal when there is no such refund; ShopError gateway_unavailable */
export async function retrieveRefund(id: string): Promise<RefundView> {
  return refundView(await call((api) => api.refunds.retrieve(id)));
}

/** Every refund of an intent, whoever made it. @throws GatewayRefusal when there is no such intent; ShopError gateway_unavailable */
export async function listRefunds(intentId: string): Promise<RefundView[]> {
  const found: RefundView[] = [];
  for (;;) {
    const after = found.at(-1)?.id;
    const page = await call((api) =>
      api.refunds.list({
        payment_intent: intentId,
        limit: 100,
        ...(after ? { starting_after: after } : {}),
      }),
    );
    found.push(...page.data.map(refundView));
    if (!page.has_more || page.data.length === 0) return found;
  }
}

/** Every refund made at or after `createdAfter`, of whatever intent, newest first; pages are fetched as they are read. */
export async function* listAllRefunds(input: { createdAfter: Date }): AsyncGenerator<RefundView> {
  const created = { gte: Math.floor(input.createdAfter.getTime() / 1000) };
  let after: string | undefined;
  for (;;) {
    const cursor = after ? { starting_after: after } : {};
    const page = await call((api) => api.refunds.list({ limit: 100, created, ...cursor }));
    for (const refund of page.data) yield refundView(refund);
    after = page.data.at(-1)?.id;
    if (!page.has_more || !after) return;
  }
}
