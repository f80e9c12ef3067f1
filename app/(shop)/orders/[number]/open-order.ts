import type { Route } from "next";
import { redirect } from "next/navigation";
import { getOrder, type OrderView } from "@/lib/queries/orders";
import { getShopper } from "@/lib/session";

export type OrderQuery = Record<string, string | string[] | undefined>;

export interface OpenedOrder {
  readonly order: OrderView;
  readonly orderKey: string | null;
  /** The order's own page, with the key where it was opened by one. */
  readonly page: string;
}

/** The order of an address, or the form that finds it: a wrong number and a wrong key look alike. */
export async function openOrder(number: string, query: OrderQuery): Promise<OpenedOrder> {
  const orderKey = typeof query.key === "string" ? query.key : null;
  const shopper = await getShopper(orderKey ? { orderNumber: number, key: orderKey } : {});
  const order = await getOrder(shopper, number);
  if (!order) redirect(`/orders?number=${encodeURIComponent(number.slice(0, 20))}` as Route);
  const page = `/orders/${order.number}${orderKey ? `?key=${encodeURIComponent(orderKey)}` : ""}`;
  return { order, orderKey, page };
}
