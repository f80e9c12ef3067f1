/** What stands around an order in the back office: disputes, failed events, mail, papers, its customer. For admins. */
import { sql } from "@/db/client";
import type { MailStatus } from "@/db/mail-parts";
import type { Staff } from "@/lib/domain/actors";
import type { DisputeStatus } from "@/lib/domain/payments";
import { env } from "@/lib/env";

export interface OrderDispute {
  readonly id: string;
  readonly status: DisputeStatus;
  /** Minor units. */
  readonly amount: number;
  readonly reason: string | null;
  /** Until when the bank takes evidence. */
  readonly dueBy: Date | null;
  /** The gateway's own name for it. */
  readonly providerId: string;
  /** Its page in Stripe's dashboard; null in the payment sandbox, which has none. */
  readonly href: string | null;
}

export interface OrderMail {
  readonly id: string;
  readonly subject: string;
  readonly toEmail: string;
  readonly status: MailStatus;
  readonly at: Date;
}

export interface OrderAround {
  readonly disputes: readonly OrderDispute[];
  /** Events of the payment service about this order that took no effect. */
  readonly failedEvents: readonly { id: string; type: string; error: string | null; at: Date }[];
  readonly mails: readonly OrderMail[];
  readonly invoices: readonly { number: string; kind: "invoice" | "credit_note" }[];
  /** Names the customer's page; null for those who were erased. */
  readonly customerKey: string | null;
}

const dated = <R extends { at: string }>(rows: readonly R[]) =>
  rows.map(({ at, ...row }) => ({ ...row, at: new Date(at) }));

/** Null for owners, whose business it is not. */
export async function getOrderAround(staff: Staff, orderId: string): Promise<OrderAround | null> {
  if (staff.kind !== "admin") return null;
  const [disputes, events, mails, invoices, [customer]] = await Promise.all([
    sql<(Omit<OrderDispute, "dueBy" | "href"> & { dueBy: string | null; isLive: boolean })[]>`
      select d.id, d.status, d.amount::float8 as amount, d.reason, d.due_by as "dueBy",
        d.provider_dispute_id as "providerId", p.is_live as "isLive"
      from disputes d join payments p on p.id = d.payment_id where d.order_id = ${orderId} order by d.created_at desc`,
    // A failed event names what it is about only by the gateway's ids: those of this order's payments and refunds.
    sql<{ id: string; type: string; error: string | null; at: string }[]>`
      select w.id, w.type, w.error, w.created_at as at from webhook_events w
      where w.processed_at is null and (w.order_id = ${orderId}
        or w.payload #>> '{data,object,metadata,order_id}' = ${orderId}
        or coalesce(w.object_id, w.payload #>> '{data,object,id}') in (${gatewayIds(orderId)})
        or w.payload #>> '{data,object,payment_intent}' in (${gatewayIds(orderId)}))
      order by w.created_at desc limit 20`,
    sql<(Omit<OrderMail, "at"> & { at: string })[]>`
      select id, subject, to_email as "toEmail", status, created_at as at from mail
      where order_id = ${orderId} order by created_at desc, id desc limit 50`,
    sql<{ number: string; kind: "invoice" | "credit_note" }[]>`
      select number, kind from invoices where order_id = ${orderId} order by created_at, number`,
    sql<{ key: string | null }[]>`
      select coalesce(o.user_id, (select f.id from orders f where lower(f.email) = lower(o.email)
        and f.user_id is null order by f.placed_at, f.id limit 1)) as key from orders o where o.id = ${orderId}`,
  ]);
  return {
    disputes: disputes.map(({ dueBy, isLive, ...one }) => ({
      ...one,
      href: env.SANDBOX_URL
        ? null
        : `https://dashboard.stripe.com/${isLive ? "" : "test/"}disputes/${one.providerId}`,
      dueBy: dueBy === null ? null : new Date(dueBy),
    })),
    failedEvents: dated(events),
    mails: dated(mails),
    invoices,
    customerKey: customer?.key ?? null,
  };
}

const gatewayIds = (orderId: string) => sql`
  select provider_intent_id from payments where order_id = ${orderId} and provider_intent_id is not null
  union all select provider_charge_id from payments where order_id = ${orderId} and provider_charge_id is not null
  union all select provider_refund_id from refunds where order_id = ${orderId} and provider_refund_id is not null
  union all select provider_dispute_id from disputes where order_id = ${orderId}`;
