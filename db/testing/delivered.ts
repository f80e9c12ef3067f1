/** For tests of what comes after delivery: an order that was bought, paid, sent and has arrived. */
import { eq } from "drizzle-orm";
import type { Admin, Shopper } from "@/lib/domain/actors";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { order, type Wish } from "../cast-orders";
import { db } from "../client";
import { fulfilments } from "../schema/fulfilments";
import { orderLines } from "../schema/orders";
import type { TestGateway } from "./gateway";
import { runJobs } from "./orders";

export interface Delivered {
  readonly orderId: string;
  readonly number: string;
  /** Minor units. */
  readonly total: number;
  readonly lines: readonly (typeof orderLines.$inferSelect)[];
}

type How = { method?: "card" | "cash_on_delivery"; email?: string; code?: string; card?: string };

/** Paid, nothing sent yet. */
export async function paidOrder(
  gateway: TestGateway,
  shopper: Shopper,
  wishes: readonly Wish[],
  { card, ...how }: How = {},
): Promise<Delivered> {
  const { orderId, number, total } = await order(shopper, wishes, how);
  if (how.method !== "cash_on_delivery") {
    await gateway.pay(shopper, orderId, card);
    await gateway.settled();
  }
  return { orderId, number, total, lines: await linesOf(orderId) };
}

/** All parts sent and arrived; cash is collected. */
export async function deliveredOrder(
  gateway: TestGateway,
  admin: Admin,
  shopper: Shopper,
  wishes: readonly Wish[],
  how: How = {},
): Promise<Delivered> {
  const paid = await paidOrder(gateway, shopper, wishes, how);
  for (const { id: fulfilmentId } of await db
    .select({ id: fulfilments.id })
    .from(fulfilments)
    .where(eq(fulfilments.orderId, paid.orderId))) {
    const { shipmentId } = await ship(admin, paid.orderId, { carrier: "DHL", fulfilmentId });
    await deliver(admin, { orderId: paid.orderId, shipmentId });
  }
  if (how.method === "cash_on_delivery") await runJobs();
  return { ...paid, lines: await linesOf(paid.orderId) };
}

export async function linesOf(orderId: string) {
  return db.select().from(orderLines).where(eq(orderLines.orderId, orderId)).orderBy(orderLines.position);
}
