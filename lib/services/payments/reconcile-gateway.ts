/** From the gateway's lists to the shop's books: what its webhooks could not tell, and what we never heard of. */
import { eq, inArray, or } from "drizzle-orm";
import { db } from "@/db/client";
import { orders } from "@/db/schema/orders";
import { disputes, payments, refunds } from "@/db/schema/payments";
import { withTx } from "@/db/tx";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import { listDisputes, listRefunds, undeliveredEvents } from "@/lib/gateway/reports";
import * as gateway from "@/lib/gateway/stripe";
import { closeLeft } from "./cancel";
import { disputeChanged } from "./disputes";
import { receive } from "./receive";
import type { Answer, Round } from "./reconcile-round";
import { refundReported } from "./reported-refund";
import { settleAsked } from "./sync";

export async function reportedByGateway(round: Round): Promise<void> {
  const createdAfter = new Date(Date.now() - round.scope.sinceMinutes * 60_000);
  await undelivered(round, createdAfter);
  await intents(round, createdAfter);
  await unknownRefunds(round, createdAfter);
  await unknownDisputes(round, createdAfter);
}

/** Events that failed at our door, or never reached it, go through it now; the inbox keeps each to one effect. */
async function undelivered({ system, ask }: Round, createdAfter: Date): Promise<void> {
  for (const event of await undeliveredEvents({ createdAfter }))
    await ask({ what: "event", id: event.id }, async () => {
      const outcome = await receive(system, event);
      return outcome === "ignored" || outcome === "duplicate" ? null : `${event.type}: ${outcome}`;
    });
}

const PAGE = 100;

async function intents(round: Round, createdAfter: Date): Promise<void> {
  const page: PaymentIntentView[] = [];
  for await (const intent of gateway.listIntents({ createdAfter })) {
    page.push(intent);
    if (page.length === PAGE) await compare(round, page.splice(0));
  }
  await compare(round, page);
}

async function compare({ system, ask }: Round, page: readonly PaymentIntentView[]): Promise<void> {
  const ours = page.filter((intent) => isUuid(intent.metadata.payment_id));
  if (ours.length === 0) return;
  const rows = await db
    .select({ payment: payments, number: orders.number, orderStatus: orders.status })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .where(
      or(
        inArray(
          payments.providerIntentId,
          ours.map(({ id }) => id),
        ),
        inArray(
          payments.id,
          ours.map(({ metadata }) => metadata.payment_id ?? ""),
        ),
      ),
    );
  for (const intent of ours) {
    const row =
      rows.find(({ payment }) => payment.providerIntentId === intent.id) ??
      rows.find(({ payment }) => payment.id === intent.metadata.payment_id);
    await ask({ what: "intent", id: intent.id, order: row?.number ?? null }, async () => {
      if (row) return matchUp(system, row, intent);
      // Another shop may use the same account; money with our metadata and no row of ours is worth a look.
      return intent.status === "succeeded"
        ? { differs: "took money, and the shop has no such payment" }
        : null;
    });
  }
}

interface Row {
  readonly payment: typeof payments.$inferSelect;
  readonly orderStatus: string;
}

/** One intent beside our row: money is settled, and what can still take money for a closed order is closed. */
async function matchUp(
  system: Round["system"],
  { payment, orderStatus }: Row,
  intent: PaymentIntentView,
): Promise<Answer> {
  const isIts = payment.providerIntentId === intent.id;
  if (intent.status === "succeeded") {
    if (isIts && payment.status === "paid") return null;
    const settled = await settleAsked(system, payment, intent);
    return settled === "duplicate" || settled === "ignored" ? null : settled;
  }
  if (intent.status === "canceled") return null;
  if (intent.status === "processing") {
    const settled =
      isIts || !payment.providerIntentId ? await settleAsked(system, payment, intent) : "ignored";
    return settled === "ignored" ? null : settled;
  }
  // An order that waits may still be paid with it, unless it was given up for another.
  const mayBePaid =
    orderStatus === "pending" && (isIts || !payment.providerIntentId) && payment.status !== "paid";
  if (mayBePaid) return null;
  if (payment.providerSessionId) await closeLeft(system, payment.orderId);
  const closed = await gateway.cancelIntent(intent.id);
  if (closed.status === "canceled") return "closed";
  const settled = await settleAsked(system, payment, closed);
  return settled === "ignored" ? { differs: `cannot be closed: ${closed.status}` } : settled;
}

async function unknownRefunds({ system, ask }: Round, createdAfter: Date): Promise<void> {
  const told = await listRefunds({ createdAfter });
  const known = new Set(
    (told.length === 0
      ? []
      : await db
          .select({ id: refunds.providerRefundId })
          .from(refunds)
          .where(
            inArray(
              refunds.providerRefundId,
              told.map(({ id }) => id),
            ),
          )
    ).map(({ id }) => id),
  );
  for (const view of told.filter(({ id }) => !known.has(id)))
    await ask({ what: "refund", id: view.id }, async () => {
      const { outcome } = await withTx((tx) => refundReported(tx, system, view));
      return outcome === "ignored" ? null : outcome;
    });
}

async function unknownDisputes({ system, ask }: Round, createdAfter: Date): Promise<void> {
  const told = await listDisputes({ createdAfter });
  const known = new Map(
    (told.length === 0
      ? []
      : await db
          .select({ id: disputes.providerDisputeId, status: disputes.status })
          .from(disputes)
          .where(
            inArray(
              disputes.providerDisputeId,
              told.map(({ id }) => id),
            ),
          )
    ).map(({ id, status }) => [id, status]),
  );
  for (const view of told.filter(({ id }) => known.get(id) === undefined || known.get(id) === "open"))
    await ask({ what: "dispute", id: view.id }, async () => {
      const before = known.get(view.id);
      const { outcome } = await withTx((tx) => disputeChanged(tx, system, view));
      return outcome === "ignored" || (outcome === "disputed" && before === "open") ? null : outcome;
    });
}

const isUuid = (text: string | undefined): boolean =>
  /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text ?? "");
