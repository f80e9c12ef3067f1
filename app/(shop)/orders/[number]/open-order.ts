import type { Shopper } from "@/lib/domain/actors";
import { getClaim } from "@/lib/queries/claim";
import { getOrder, type OrderView } from "@/lib/queries/orders";
import { getShopper } from "@/lib/session";

export type OrderQuery = Record<string, string | string[] | undefined>;

export interface OpenedOrder {
  readonly shopper: Shopper;
  readonly order: OrderView;
  readonly orderKey: string | null;
  /** The order's own page, with the key where it was opened by one. */
  readonly page: string;
  /** How the order can still become an account's. */
  readonly claim: "open" | "keep" | null;
}

/** The order of an address; null for a wrong number and a wrong key alike. */
export async function openOrder(number: string, query: OrderQuery): Promise<OpenedOrder | null> {
  const orderKey = typeof query.key === "string" ? query.key : null;
  const shopper = await getShopper(orderKey ? { orderNumber: number, key: orderKey } : {});
  const order = await getOrder(shopper, number);
  if (!order) return null;
  const page = `/orders/${order.number}${orderKey ? `?key=${encodeURIComponent(orderKey)}` : ""}`;
  return { shopper, order, orderKey, page, claim: await getClaim(shopper, order.id) };
}
