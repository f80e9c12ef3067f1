/** Tells everybody whom an event on an order's timeline concerns: mails and notifications, each once. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { owners, users } from "@/db/schema/accounts";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderEvents, orders } from "@/db/schema/orders";
import { refundLines, refunds } from "@/db/schema/payments";
import { returns } from "@/db/schema/returns";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { type Message, messagesOf, type OrderFacts, type RefundFacts } from "./of-order";
import { mailTo, notify } from "./tell";

declare module "@/lib/queue" {
  interface Jobs {
    "notifications.order": { orderId: string; eventId: string };
  }
}

interface Reader {
  readonly email: string;
  /** Null for a guest, who has no list of notifications. */
  readonly userId: string | null;
  readonly ownerId: string | null;
  readonly link: string;
  /** The owner whose part an admin hears of; one who stands for two hears of both. */
  readonly standsFor?: string;
}

/** Repeating it tells nobody twice. */
export async function tellOrder(
  _system: System,
  { orderId, eventId }: { orderId: string; eventId: string },
): Promise<void> {
  await withTx(async (tx) => {
    const [found] = await tx
      .select({ event: orderEvents, order: orders })
      .from(orderEvents)
      .innerJoin(orders, eq(orders.id, orderEvents.orderId))
      .where(and(eq(orderEvents.orderId, orderId), eq(orderEvents.id, eventId)));
    if (!found) return;
    const { event, order } = found;
    const facts: OrderFacts = { ...order, refund: await refundOf(tx, event.data?.refundId) };
    for (const message of messagesOf(event, facts)) {
      const dedupe = message.oncePerOrder ? order.id : event.id;
      for (const reader of await readersOf(tx, message, order, event))
        await tell(tx, message, reader, { dedupe, orderId });
    }
  });
}

async function tell(
  tx: Tx,
  message: Message,
  reader: Reader,
  { dedupe: event, orderId }: { dedupe: string; orderId: string },
): Promise<void> {
  const dedupe = reader.standsFor ? `${event}:${reader.standsFor}` : event;
  const mail = typeof message.mail === "function" ? message.mail(reader.ownerId ?? "") : message.mail;
  if (mail) await mailTo(tx, { ...mail, dedupe, email: reader.email, orderId });
  const { note } = message;
  if (note && reader.userId)
    await notify(tx, {
      ...note,
      userId: reader.userId,
      link: reader.link,
      dedupe: `${note.type}:${message.to}:${note.title}:${dedupe}`,
    });
}

async function readersOf(
  tx: Tx,
  { to }: Message,
  order: typeof orders.$inferSelect,
  event: typeof orderEvents.$inferSelect,
): Promise<readonly Reader[]> {
  if (to === "shopper")
    return [{ email: order.email, userId: order.userId, ownerId: null, link: `/orders/${order.number}` }];
  const link = `/admin/orders/${order.number}`;
  if (to === "admins") return (await admins(tx)).map((admin) => ({ ...admin, ownerId: null, link }));
  const parts = await tx
    .select({
      ownerId: owners.id,
      userId: users.id,
      email: users.email,
      isActive: sql<boolean>`${owners.isActive} AND ${users.isActive}`,
    })
    .from(fulfilments)
    .innerJoin(owners, eq(owners.id, fulfilments.ownerId))
    .innerJoin(users, eq(users.id, owners.userId))
    .where(
      and(
        eq(fulfilments.orderId, order.id),
        event.ownerId ? eq(owners.id, event.ownerId) : undefined,
        // Nobody needs to be told what they just did themselves.
        event.actorId ? sql`${users.id} <> ${event.actorId}` : undefined,
      ),
    );
  const off = parts.filter(({ isActive }) => !isActive);
  // Who is switched off must not learn who bought; but somebody must pack it.
  const instead = off.length > 0 ? await admins(tx) : [];
  return [
    ...parts.filter(({ isActive }) => isActive).map((part) => ({ ...part, link })),
    ...off.flatMap(({ ownerId }) =>
      instead.map((admin) => ({ ...admin, ownerId, link, standsFor: ownerId })),
    ),
  ];
}

const admins = (tx: Tx) =>
  tx
    .select({ userId: users.id, email: users.email })
    .from(users)
    .where(and(eq(users.role, "admin"), eq(users.isActive, true)));

async function refundOf(tx: Tx, refundId: unknown): Promise<RefundFacts | null> {
  if (typeof refundId !== "string") return null;
  const [refund] = await tx
    .select({
      id: refunds.id,
      amount: refunds.amount,
      reason: refunds.reason,
      automatic: refunds.automatic,
    })
    .from(refunds)
    .where(eq(refunds.id, refundId));
  if (!refund) return null;
  const lines = await tx
    .select({ orderLineId: refundLines.orderLineId, quantity: refundLines.quantity })
    .from(refundLines)
    .where(eq(refundLines.refundId, refund.id));
  const [paidFor] = await tx.select({ id: returns.id }).from(returns).where(eq(returns.refundId, refund.id));
  return { ...refund, lines, isOfReturn: Boolean(paidFor) };
}
