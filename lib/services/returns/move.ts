/** Finds a return for whoever may touch it, and moves it along its machine: conditional UPDATE, event, what it held. */
import { and, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { returns } from "@/db/schema/returns";
import type { Actor } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { transitionFor } from "@/lib/domain/machine";
import { ENDED_RETURN, type ReturnVerb, returnMachine } from "@/lib/domain/returns";
import { boughtBy, lockOrder, type Order } from "@/lib/services/orders/access";
import { planCompletion } from "@/lib/services/orders/deliver";
import { record } from "@/lib/services/orders/transition";

export type Return = typeof returns.$inferSelect;

/** Returns of goods that somebody sells: an owner's own, all for an admin and the shop itself, none for others. */
export function soldBy(actor: Actor): SQL {
  if (actor.kind === "owner") return sql`${returns.ownerId} = ${actor.ownerId}`;
  return actor.kind === "admin" || actor.kind === "system" ? sql`true` : sql`false`;
}

/** Returns of orders that somebody bought, or opened by their link; an admin acts for everybody. */
export function askedBy(actor: Actor): SQL {
  if (actor.kind === "system") return sql`false`;
  return actor.kind === "admin" ? sql`true` : boughtBy(actor);
}

/** Locks the order, then the return. @throws ShopError not_found for unknown ones and other people's alike */
export async function lockReturn(
  tx: Tx,
  actor: Actor,
  returnId: string,
  allowed: SQL,
): Promise<{ order: Order; found: Return }> {
  const [visible] = await tx
    .select({ orderId: returns.orderId })
    .from(returns)
    .innerJoin(orders, eq(orders.id, returns.orderId))
    .where(and(eq(returns.id, returnId), allowed));
  if (!visible) throw new ShopError("not_found", { what: "return" });
  const order = await lockOrder(tx, actor, visible.orderId);
  const [found] = await tx.select().from(returns).where(eq(returns.id, returnId)).for("update");
  if (!found) throw new ShopError("not_found", { what: "return" });
  return { order, found };
}

/**
 * Uses `verb` on a locked return. Its end lets the order complete.
 * @throws ShopError forbidden for this kind of actor, illegal_transition from this status
 */
export async function moveReturn(
  tx: Tx,
  actor: Actor,
  found: Return,
  verb: ReturnVerb,
  {
    set = {},
    reason = null,
    data = {},
  }: {
    set?: Partial<Omit<typeof returns.$inferInsert, "expiresAt">> & { expiresAt?: SQL };
    reason?: string | null;
    data?: Record<string, unknown>;
  } = {},
): Promise<void> {
  const { from, to } = transitionFor(returnMachine, verb, actor.kind);
  const [moved] = await tx
    .update(returns)
    .set({ ...set, status: to })
    .where(and(eq(returns.id, found.id), inArray(returns.status, [...from])))
    .returning({ id: returns.id });
  if (!moved) throw new ShopError("illegal_transition", { machine: "return", from: found.status, to });
  await record(tx, actor, {
    orderId: found.orderId,
    kind: `return_${to}`,
    machine: "return",
    fromStatus: found.status,
    toStatus: to,
    ownerId: found.ownerId,
    reason,
    data: { ...data, returnId: found.id, number: found.number },
  });
  if (ENDED_RETURN.includes(to)) await planCompletion(tx, found.orderId);
}
