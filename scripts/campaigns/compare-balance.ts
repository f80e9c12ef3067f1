/** Compares what the gateway holds for the shop, and what it sent to owners, with the ledger. */
import { sql as query } from "drizzle-orm";
import { db } from "@/db/client";
import { clearingFromLedger } from "@/db/testing/rebuilt";
import { call } from "@/lib/gateway/stripe";

/** The gateway's balance must be the ledger's clearing account: every charge, fee, refund, dispute and transfer. */
export async function compareBalance(): Promise<string[]> {
  const { pending, available } = await call((api) => api.balance.retrieve());
  const there = [...pending, ...available].reduce((sum, { amount }) => sum + amount, 0);
  const here = await clearingFromLedger();
  return there === here ? [] : [`gateway: holds ${there}, the ledger's clearing account says ${here}`];
}

/** One transfer a paid payout, of its sum, and none without one. */
export async function compareTransfers(): Promise<string[]> {
  const payouts = await db.execute<{ id: string; status: string; amount: number }>(
    query`SELECT id, status, amount::float8 AS amount FROM payouts WHERE method = 'stripe'`,
  );
  const sent = new Map<string, number[]>();
  for (let after: string | undefined, more = true; more; ) {
    const page = await call((api) =>
      api.transfers.list({ limit: 100, ...(after ? { starting_after: after } : {}) }),
    );
    for (const { transfer_group: group, amount } of page.data)
      sent.set(group ?? "", [...(sent.get(group ?? "") ?? []), amount]);
    after = page.data.at(-1)?.id;
    more = page.has_more && after !== undefined;
  }
  const wrong: string[] = [];
  for (const { id, status, amount } of payouts) {
    const found = (sent.get(id) ?? []).join(" + ") || "nothing";
    const due = status === "failed" ? "nothing" : String(amount);
    if (status === "pending") wrong.push(`gateway: payout ${id} is still pending`);
    else if (found !== due) wrong.push(`gateway: ${status} payout ${id} of ${amount} was sent as ${found}`);
    sent.delete(id);
  }
  for (const [group, amounts] of sent)
    wrong.push(`gateway: ${amounts.join(" + ")} was sent for no payout (${group})`);
  return wrong;
}
