/** Starts a payout: takes what is due to an owner, each ledger entry once, and sends it on its way. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import { payoutLines, payouts } from "@/db/schema/payouts";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { write } from "@/lib/services/audit";
import { lockBalances, ownerBalance } from "@/lib/services/ledger/balance";
import { PAYOUT_KINDS, payoutStarted } from "@/lib/services/ledger/payouts";
import { post } from "@/lib/services/ledger/post";
import { once, type RequestKey } from "@/lib/services/once";
import { enqueueTransfer } from "./transfer";

export interface Payout {
  readonly payoutId: string;
  /** Minor units. */
  readonly amount: number;
  readonly method: "stripe" | "manual";
}

/**
 * Pays out all that is due to an owner: by transfer where they have an account at Stripe, else by hand.
 * `byHand` chooses the second although there is an account.
 * @throws ShopError not_found, payout_refused (nothing due, in debt, blocked)
 */
export async function createPayout(
  admin: Admin,
  { ownerId, byHand = false, key }: { ownerId: string; byHand?: boolean; key?: RequestKey },
): Promise<Payout> {
  return withTx((tx) =>
    once(tx, admin, `payout:${ownerId}`, key, () => startPayout(tx, admin, { ownerId, byHand })),
  );
}

/** The same within the caller's transaction. */
export async function startPayout(
  tx: Tx,
  admin: Admin,
  { ownerId, byHand = false }: { ownerId: string; byHand?: boolean },
): Promise<Payout> {
  // Two payouts, or a payout and a refund, of one owner follow each other from here on.
  await lockBalances(tx, [ownerId]);
  const owner = await payee(tx, ownerId);
  if ((await ownerBalance(tx, ownerId)) < 0) throw new ShopError("payout_refused", { reason: "in_debt" });
  const due = await dueTo(tx, ownerId);
  const amount = due.reduce((sum, entry) => sum + entry.amount, 0);
  if (amount <= 0) throw new ShopError("payout_refused", { reason: "nothing_due" });
  const method = owner.accountId && !byHand ? "stripe" : "manual";
  const payoutId = newId();
  await tx.insert(payouts).values({
    id: payoutId,
    ownerId,
    amount,
    currency: owner.currency,
    method,
    // The account as it is now: a transfer that is tried again goes where the first try went.
    reference: method === "stripe" ? owner.accountId : null,
    createdBy: admin.userId,
  });
  // The unique index over live lines refuses an entry that another payout holds.
  await tx
    .insert(payoutLines)
    .values(due.map((entry) => ({ id: newId(), payoutId, ledgerEntryId: entry.id, amount: entry.amount })));
  await post(tx, payoutStarted({ id: payoutId, ownerId, amount, currency: owner.currency }));
  await write(tx, admin, {
    action: "payout.create",
    subject: "payouts",
    subjectId: payoutId,
    before: {},
    after: { ownerId, amount, method },
  });
  if (method === "stripe") await enqueueTransfer(tx, payoutId);
  return { payoutId, amount, method };
}

async function payee(tx: Tx, ownerId: string): Promise<{ accountId: string | null; currency: string }> {
  const [owner] = await tx
    .select({
      accountId: owners.stripeAccountId,
      currency: settings.currency,
      isActive: sql<boolean>`${owners.isActive} AND ${users.isActive}`,
    })
    .from(owners)
    .innerJoin(users, eq(users.id, owners.userId))
    .innerJoin(settings, eq(settings.id, 1))
    .where(and(eq(owners.id, ownerId)));
  if (!owner) throw new ShopError("not_found", { what: "owner" });
  if (!owner.isActive) throw new ShopError("payout_refused", { reason: "blocked" });
  return owner;
}

/**
 * The entries that no live payout holds, in the owner's favour positive. What an open dispute may still take back
 * waits: an order's entries are left out while it is disputed and they add up in the owner's favour, so that the rest
 * never comes to more than the balance.
 */
async function dueTo(tx: Tx, ownerId: string): Promise<{ id: string; amount: number }[]> {
  const rows = await tx.execute<{ id: string; amount: string }>(sql`
    SELECT id, amount FROM (
      SELECT e.id, -e.amount AS amount, t.order_id, sum(-e.amount) OVER (PARTITION BY t.order_id) AS net
      FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE e.owner_id = ${ownerId} AND e.account = 'owner_payable'
        AND t.kind NOT IN (${sql.join(
          PAYOUT_KINDS.map((kind) => sql`${kind}`),
          sql`, `,
        )})
        AND NOT EXISTS (SELECT FROM payout_lines l WHERE l.ledger_entry_id = e.id AND NOT l.is_released)
    ) due
    WHERE net <= 0 OR NOT EXISTS (SELECT FROM disputes d WHERE d.order_id = due.order_id AND d.status = 'open')`);
  return rows.map(({ id, amount }) => ({ id, amount: Number(amount) }));
}
