/** Compares the gateway's list with our payments (I12), both ways: what came, how much of it, and what went back. */
import type postgres from "postgres";
import type { Broken } from "@/db/books/check";
import { isShopError } from "@/lib/domain/errors";
import type { PaymentIntentView, RefundView } from "@/lib/gateway/gateway";
import { listAllRefunds } from "@/lib/gateway/refunds";
import { listIntents } from "@/lib/gateway/stripe";

/** What came of comparing; `why` where it was not done. */
export interface Compared {
  readonly compared: boolean;
  readonly why: string | null;
  readonly intents: number;
  readonly rows: readonly Broken[];
  readonly ms: number;
}

/** A payment of ours with what was given back of it, in minor units. */
export interface Ours {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly intentId: string | null;
  /** Known to have left the gateway. */
  readonly sent: number;
  /** Asked for; the gateway may know of it or not. */
  readonly asked: number;
}

/** A webhook may be on its way while we read: what is wrong must still be wrong after this. */
const PAUSE_MS = 3_000;

/** Not compared, and why. */
export const notCompared = (why: string): Compared => ({ compared: false, why, intents: 0, rows: [], ms: 0 });

/** Asks the gateway for all since our first payment. What looks wrong is read once more a little later. */
export async function compareWithGateway(sql: postgres.Sql, pauseMs = PAUSE_MS): Promise<Compared> {
  const begun = performance.now();
  try {
    const first = await look(sql);
    if (first.rows.length === 0) return done(first);
    await new Promise((later) => setTimeout(later, pauseMs));
    const again = await look(sql);
    const seen = new Set(first.rows.map(({ subject, id }) => `${subject} ${id}`));
    return done({ ...again, rows: again.rows.filter(({ subject, id }) => seen.has(`${subject} ${id}`)) });
  } catch (error) {
    if (!isShopError(error, "gateway_unavailable")) throw error;
    return notCompared("the gateway cannot be reached");
  }
  function done({ intents, rows }: { intents: number; rows: Broken[] }): Compared {
    return { compared: true, why: null, intents, rows, ms: Math.round(performance.now() - begun) };
  }
}

async function look(sql: postgres.Sql): Promise<{ intents: number; rows: Broken[] }> {
  const since = await sinceOf(sql);
  if (!since) return { intents: 0, rows: [] };
  const intents: PaymentIntentView[] = [];
  for await (const intent of listIntents({ createdAfter: since })) intents.push(intent);
  const refunds: RefundView[] = [];
  for await (const refund of listAllRefunds({ createdAfter: since })) refunds.push(refund);
  return { intents: intents.length, rows: compare(intents, refunds, await oursOf(sql)) };
}

/** Every difference between the two lists. Intents of others that use the same account are none of our business. */
export function compare(
  intents: readonly PaymentIntentView[],
  refunds: readonly RefundView[],
  ours: readonly Ours[],
): Broken[] {
  const byIntent = new Map(ours.flatMap((row) => (row.intentId ? [[row.intentId, row] as const] : [])));
  const byId = new Map(ours.map((row) => [row.id, row]));
  const back = new Map<string, number>();
  for (const { status, intentId, amount } of refunds) {
    if (!intentId || status === "failed" || status === "canceled") continue;
    back.set(intentId, (back.get(intentId) ?? 0) + amount);
  }
  const listed = new Set(intents.map(({ id }) => id));
  return [
    ...intents.flatMap((intent) => {
      const row = byIntent.get(intent.id);
      if (row) return wrongOf(intent, row, back.get(intent.id) ?? 0);
      const claimed = byId.get(intent.metadata.payment_id ?? "");
      return claimed && intent.status === "succeeded"
        ? [
            broken(
              intent.id,
              `took ${intent.amountReceived} for order ${claimed.number} and no payment knows it`,
            ),
          ]
        : [];
    }),
    ...ours
      .filter(({ status, intentId }) => status === "paid" && intentId !== null && !listed.has(intentId))
      .map(({ id, number, intentId }) =>
        broken(id, `order ${number} is paid by ${intentId}, which the gateway does not list`, "payments"),
      ),
  ];
}

function wrongOf(intent: PaymentIntentView, row: Ours, back: number): Broken[] {
  const wrong: string[] = [];
  const took = intent.status === "succeeded";
  if (took !== (row.status === "paid"))
    wrong.push(`is ${row.status} here and ${intent.status} at the gateway`);
  else if (took && intent.amountReceived !== row.amount)
    wrong.push(`is ${row.amount} here and ${intent.amountReceived} at the gateway`);
  if (intent.currency !== row.currency)
    wrong.push(`is in ${row.currency} here and in ${intent.currency} at the gateway`);
  if (back < row.sent || back > row.sent + row.asked)
    wrong.push(`gave back ${row.sent} here (${row.asked} more asked for) and ${back} at the gateway`);
  return wrong.map((what) => broken(row.id, `order ${row.number}, ${intent.id}: ${what}`, "payments"));
}

const broken = (id: string, message: string, subject = "gateway"): Broken => ({ subject, id, message });

/** A day before our first card payment: the two clocks may differ. */
async function sinceOf(sql: postgres.Sql): Promise<Date | null> {
  const [row] = await sql<{ since: Date | null }[]>`
    SELECT min(created_at) - interval '1 day' AS since FROM payments WHERE provider = 'stripe'`;
  return row?.since ?? null;
}

async function oursOf(sql: postgres.Sql): Promise<Ours[]> {
  const rows = await sql`
    SELECT p.id, o.number, p.status, p.amount, p.currency, p.provider_intent_id, COALESCE(r.sent, 0) AS sent, COALESCE(r.asked, 0) AS asked
    FROM payments p JOIN orders o ON o.id = p.order_id
    LEFT JOIN (SELECT payment_id, sum(amount) FILTER (WHERE status IN ('pending', 'succeeded')) AS sent,
      sum(amount) FILTER (WHERE status = 'reserved') AS asked FROM refunds GROUP BY 1) r ON r.payment_id = p.id
    WHERE p.provider = 'stripe'`;
  return rows.map((row) => ({
    id: String(row.id),
    number: String(row.number),
    status: String(row.status),
    amount: Number(row.amount),
    currency: String(row.currency),
    intentId: row.provider_intent_id === null ? null : String(row.provider_intent_id),
    sent: Number(row.sent),
    asked: Number(row.asked),
  }));
}
