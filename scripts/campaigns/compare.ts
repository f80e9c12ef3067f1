/** Compares the gateway's own list with our books: each side must know the other's money, to the last refund and transfer. */
import { sql as query } from "drizzle-orm";
import { db } from "@/db/client";
import type { PaymentIntentView } from "@/lib/gateway/gateway";
import { listAllRefunds } from "@/lib/gateway/refunds";
import { listIntents } from "@/lib/gateway/stripe";
import { compareBalance, compareTransfers } from "./compare-balance";

interface Known extends Record<string, unknown> {
  id: string;
  number: string;
  order: string;
  intent: string | null;
  status: string;
  amount: number;
  refunded: number;
}

const EVER = { createdAfter: new Date(0) };
/** In which an intent can still take money. */
const OPEN = new Set(["requires_payment_method", "requires_confirmation", "requires_action", "processing"]);

/** Every difference, a sentence each; for a shop in which nothing is on its way any more. */
export async function compareWithGateway(): Promise<string[]> {
  const rows = await db.execute<Known>(query`
    SELECT p.id, o.number, o.status AS "order", p.provider_intent_id AS intent, p.status, p.amount::float8 AS amount,
      COALESCE((SELECT sum(r.amount) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'succeeded'), 0)::float8
        AS refunded
    FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.provider = 'stripe'`);
  const given = await givenByIntent();
  const byIntent = new Map([...rows].map((row) => [row.intent, row]));
  const byId = new Map([...rows].map((row) => [row.id, row]));
  const wrong: string[] = [...given.unknown];
  const paidAtGateway = new Set<string>();
  for await (const intent of listIntents(EVER)) {
    const known = byIntent.get(intent.id);
    if (intent.status === "succeeded") {
      paidAtGateway.add(intent.id);
      wrong.push(...wrongOfPaid(intent, known, given.sums.get(intent.id) ?? 0));
    } else if (OPEN.has(intent.status)) {
      wrong.push(...wrongOfOpen(known, byId.get(intent.metadata.payment_id ?? "")));
    }
  }
  for (const { status, intent, number } of rows)
    if (status === "paid" && intent && !paidAtGateway.has(intent))
      wrong.push(`gateway: order ${number} is paid here and not there`);
  return [...wrong, ...(await compareTransfers()), ...(await compareBalance())];
}

function wrongOfPaid(intent: PaymentIntentView, known: Known | undefined, given: number): string[] {
  // Money for an intent that we gave up: it may only have gone back.
  if (!known)
    return given === intent.amountReceived
      ? []
      : [`gateway: ${intent.id} was paid and no payment of ours is it`];
  const wrong: string[] = [];
  const name = `gateway: order ${known.number}`;
  if (known.status !== "paid" && given !== intent.amountReceived)
    wrong.push(`${name}: paid there, ${known.status} here`);
  if (known.status === "paid" && known.amount !== intent.amountReceived)
    wrong.push(`${name}: ${intent.amountReceived} came, ${known.amount} was asked`);
  if (given !== known.refunded) wrong.push(`${name}: gave back ${given} there, ${known.refunded} here`);
  return wrong;
}

/** Whoever holds the secret of an open intent can pay it: that must be an order that waits for money. */
function wrongOfOpen(known: Known | undefined, named: Known | undefined): string[] {
  if (known)
    return known.order === "pending"
      ? []
      : [`gateway: ${known.order} order ${known.number} can still be paid`];
  // Made, and its answer lost: the same key gives it again, as long as its payment knows no other.
  if (named && named.intent === null && named.order === "pending") return [];
  return named?.intent ? [`gateway: order ${named.number} has a second open intent`] : [];
}

/** What really went back by intent, and what the gateway gave back without any row of ours. */
async function givenByIntent(): Promise<{ sums: Map<string, number>; unknown: string[] }> {
  const rows = await db.execute<{ id: string; amount: number }>(
    query`SELECT provider_refund_id AS id, amount::float8 AS amount FROM refunds WHERE provider_refund_id IS NOT NULL`,
  );
  const ours = new Map([...rows].map(({ id, amount }) => [id, amount]));
  const sums = new Map<string, number>();
  const unknown: string[] = [];
  for await (const refund of listAllRefunds(EVER)) {
    const { id, intentId, amount, status } = refund;
    if (status === "succeeded" && intentId) sums.set(intentId, (sums.get(intentId) ?? 0) + amount);
    if (ours.get(id) !== amount)
      unknown.push(`gateway: refund ${id} of ${amount} is ${ours.get(id) ?? "unknown"} here`);
  }
  return { sums, unknown };
}
