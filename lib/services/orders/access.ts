/** Who may touch which order: written once, as the WHERE clause of every look-up. */
import { eq, or, type SQL, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { fulfilments } from "@/db/schema/fulfilments";
import { orders } from "@/db/schema/orders";
import type { Actor, Shopper } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { noteOrder } from "@/lib/running/notes.mjs";

export type Order = typeof orders.$inferSelect;

/** The orders an actor may see at all. Owners: those that hold their goods, and their own purchases. */
export function visibleTo(actor: Actor): SQL {
  switch (actor.kind) {
    case "admin":
    case "system":
      return sql`true`;
    case "guest":
      return either(
        actor.orderId ? eq(orders.id, actor.orderId) : undefined,
        actor.tokenHash ? eq(orders.guestTokenHash, actor.tokenHash) : undefined,
      );
    case "customer":
      return either(
        eq(orders.userId, actor.userId),
        actor.orderId ? eq(orders.id, actor.orderId) : undefined,
      );
    case "owner":
      return either(
        eq(orders.userId, actor.userId),
        actor.orderId ? eq(orders.id, actor.orderId) : undefined,
        sql`EXISTS (SELECT FROM ${fulfilments} WHERE ${fulfilments.orderId} = ${orders.id} AND ${fulfilments.ownerId} = ${actor.ownerId})`,
      );
  }
}

/** The orders that a shopper bought, or opened by its signed link. Selling a part of an order gives no right to pay it. */
export function boughtBy(shopper: Shopper): SQL {
  const link = shopper.orderId ? eq(orders.id, shopper.orderId) : undefined;
  if (shopper.kind !== "guest") return either(eq(orders.userId, shopper.userId), link);
  return either(shopper.tokenHash ? eq(orders.guestTokenHash, shopper.tokenHash) : undefined, link);
}

/** Locks an order for the transaction. @throws ShopError not_found for unknown ones and other people's alike. */
export async function lockOrder(
  tx: Tx,
  actor: Actor,
  orderId: string,
  allowed: SQL = visibleTo(actor),
): Promise<Order> {
  const [order] = await tx
    .select()
    .from(orders)
    .where(sql`${orders.id} = ${orderId} AND ${allowed}`)
    .for("update");
  if (!order) throw new ShopError("not_found", { what: "order" });
  noteOrder(order.id);
  return order;
}

/** Reads an order without a lock. @throws ShopError not_found */
export async function findOrder(on: Db | Tx, actor: Actor, orderId: string): Promise<Order> {
  const [order] = await on
    .select()
    .from(orders)
    .where(sql`${orders.id} = ${orderId} AND ${visibleTo(actor)}`);
  if (!order) throw new ShopError("not_found", { what: "order" });
  noteOrder(order.id);
  return order;
}

function either(...conditions: (SQL | undefined)[]): SQL {
  return or(...conditions) ?? sql`false`;
}
