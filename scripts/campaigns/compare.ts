/** Compares the gateway's own list with our payments: each side must know the other's money. */
import { sql as query } from "drizzle-orm";
import { db } from "@/db/client";
import * as gateway from "@/lib/gateway/stripe";

interface Known extends Record<string, unknown> {
  id: string;
  number: string;
  intent: string | null;
  status: string;
  amount: number;
  refunded: number;
}

/** Every difference, a sentence each. Refunds are compared by what the gateway really gave back. */
export async function compareWithGateway(): Promise<string[]> {
  const rows = await db.execute<Known>(query`
    SELECT p.id, o.number, p.provider_intent_id AS intent, p.status, p.amount::float8 AS amount,
      COALESCE((SELECT sum(r.amount) FROM refunds r WHERE r.payment_id = p.id AND r.status = 'succeeded'), 0)::float8
        AS refunded
    FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.provider = 'stripe'`);
  const byIntent = new Map([...rows].map((row) => [row.intent, row]));
  const wrong: string[] = [];
  const paidAtGateway = new Set<string>();
  for await (const intent of gateway.listIntents({ createdAfter: new Date(0) })) {
    const known = byIntent.get(intent.id);
    if (intent.status !== "succeeded") continue;
    paidAtGateway.add(intent.id);
    const given = (await gateway.listRefunds(intent.id))
      .filter((refund) => refund.status === "succeeded")
      .reduce((sum, refund) => sum + refund.amount, 0);
    if (!known) {
      // Money for an intent that we gave up: it may only have gone back.
      if (given !== intent.amountReceived)
        wrong.push(`gateway: ${intent.id} was paid and no payment of ours is it`);
      continue;
    }
    const name = `gateway: order ${known.number}`;
    if (known.status !== "paid" && given !== intent.amountReceived)
      wrong.push(`${name}: paid there, ${known.status} here`);
    if (known.status === "paid" && known.amount !== intent.amountReceived)
      wrong.push(`${name}: ${intent.amountReceived} came, ${known.amount} was asked`);
    if (given !== known.refunded) wrong.push(`${name}: gave back ${given} there, ${known.refunded} here`);
  }
  for (const { status, intent, number } of rows)
    if (status === "paid" && intent && !paidAtGateway.has(intent))
      wrong.push(`gateway: order ${number} is paid here and not there`);
  return wrong;
}
