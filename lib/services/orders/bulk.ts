/** One thing done to many orders, each in a transaction of its own: one that cannot be does not hold up the others. */
import { and, eq, inArray, sql } from "drizzle-orm";
import { db } from "@/db/client";
import { fulfilments } from "@/db/schema/fulfilments";
import { orders } from "@/db/schema/orders";
import type { Staff } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { startProcessing } from "./ship";

export interface BulkResult {
  readonly number: string;
  /** What became of it: packing began, or why it did not. */
  readonly outcome: "done" | "nothing" | "refused";
}

/**
 * Begins to pack what is open of each order: an owner's own part, all parts for an admin. Answers each order's result,
 * and says nothing of orders that are unknown or hold nothing of this owner's.
 */
export async function processMany(staff: Staff, orderIds: readonly string[]): Promise<BulkResult[]> {
  const rows = await db
    .select({ orderId: orders.id, number: orders.number, partId: fulfilments.id, status: fulfilments.status })
    .from(orders)
    .innerJoin(fulfilments, eq(fulfilments.orderId, orders.id))
    .where(
      and(
        inArray(orders.id, [...orderIds]),
        staff.kind === "owner" ? eq(fulfilments.ownerId, staff.ownerId) : sql`true`,
      ),
    );
  const results: BulkResult[] = [];
  for (const orderId of new Set(orderIds)) {
    const parts = rows.filter((row) => row.orderId === orderId);
    const [first] = parts;
    if (!first) continue;
    const open = parts.filter(({ status }) => status === "open");
    results.push({
      number: first.number,
      outcome: open.length === 0 ? "nothing" : await begin(staff, orderId, open),
    });
  }
  return results;
}

async function begin(
  staff: Staff,
  orderId: string,
  parts: readonly { partId: string }[],
): Promise<BulkResult["outcome"]> {
  try {
    for (const { partId } of parts) await startProcessing(staff, orderId, partId);
    return "done";
  } catch (error) {
    // Not paid yet, cancelled, or somebody else was quicker.
    if (isShopError(error)) return "refused";
    throw error;
  }
}
