/** What the payment provider tells of the past when it is asked: its fees, and everything it could not tell by itself. */
import type Stripe from "stripe";
import {
  type DisputeView,
  disputeView,
  eventView,
  type GatewayEvent,
  type RefundView,
  refundView,
} from "./gateway";
import { call } from "./stripe";

/**
 * What the provider kept of a succeeded intent, in minor units of the intent's currency; null while it does not know.
 * @throws GatewayRefusal when there is no such intent; ShopError gateway_unavailable
 */
export async function feeOf(intentId: string): Promise<number | null> {
  const expand = ["latest_charge.balance_transaction"];
  const intent = await call((api) => api.paymentIntents.retrieve(intentId, { expand }));
  const charge = typeof intent.latest_charge === "object" ? intent.latest_charge : null;
  const booked = typeof charge?.balance_transaction === "object" ? charge.balance_transaction : null;
  if (!charge || !booked) return null;
  // Settled in another currency: the fee has the charge's share of it, whatever decimals the two have.
  if (booked.currency === charge.currency || booked.amount === 0) return booked.fee;
  return Math.round((booked.fee * charge.amount) / booked.amount);
}

/** The events that the shop's webhook has not acknowledged, oldest first. @throws ShopError gateway_unavailable */
export async function undeliveredEvents(input: { createdAfter: Date }): Promise<GatewayEvent[]> {
  const events = await all(input, (api, page) => api.events.list({ ...page, delivery_success: false }));
  return events.reverse().map(eventView);
}

/** Every refund made at or after `createdAfter`, by whomever, newest first. @throws ShopError gateway_unavailable */
export async function listRefunds(input: { createdAfter: Date }): Promise<RefundView[]> {
  return (await all(input, (api, page) => api.refunds.list(page))).map(refundView);
}

/** Every dispute opened at or after `createdAfter`, newest first. @throws ShopError gateway_unavailable */
export async function listDisputes(input: { createdAfter: Date }): Promise<DisputeView[]> {
  return (await all(input, (api, page) => api.disputes.list(page))).map(disputeView);
}

interface Page {
  limit: number;
  created: { gte: number };
  starting_after?: string;
}

async function all<T extends { id: string }>(
  { createdAfter }: { createdAfter: Date },
  list: (api: Stripe, page: Page) => PromiseLike<{ data: T[]; has_more: boolean }>,
): Promise<T[]> {
  const created = { gte: Math.floor(createdAfter.getTime() / 1000) };
  const found: T[] = [];
  for (;;) {
    const after = found.at(-1)?.id;
    const page = await call(async (api) =>
      list(api, { limit: 100, created, ...(after ? { starting_after: after } : {}) }),
    );
    found.push(...page.data);
    if (!page.has_more || page.data.length === 0) return found;
  }
}
