/** Ends a payout: it arrived, or it failed and frees its lines. By an admin's word or by the gateway's. */
import { and, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { owners, users } from "@/db/schema/accounts";
import { now } from "@/db/schema/columns";
import { payoutLines, payouts } from "@/db/schema/payouts";
import { withTx } from "@/db/tx";
import type { Actor, Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { transitionFor } from "@/lib/domain/machine";
import { payoutMachine } from "@/lib/domain/payouts";
import { write } from "@/lib/services/audit";
import { payoutFailed, payoutPaid } from "@/lib/services/ledger/payouts";
import { post } from "@/lib/services/ledger/post";
import { mailTo } from "@/lib/services/notifications/tell";

type Row = typeof payouts.$inferSelect;

/** The bank sent it. @throws ShopError not_found, illegal_transition, forbidden (a transfer settles by itself) */
export async function markPaid(
  admin: Admin,
  { payoutId, reference }: { payoutId: string; reference: string },
): Promise<void> {
  await withTx(async (tx) => {
    const payout = await byHand(tx, payoutId, "paid");
    await settlePaid(tx, admin, payout, { reference: reference.trim() });
  });
}

/** The bank did not send it; what it held is due again. @throws ShopError as markPaid */
export async function markFailed(
  admin: Admin,
  { payoutId, reason }: { payoutId: string; reason: string },
): Promise<void> {
  await withTx(async (tx) => {
    const payout = await byHand(tx, payoutId, "failed");
    await settleFailed(tx, admin, payout, reason.trim());
  });
}

/** Money left the bank, or with `transferId` the balance at the gateway. Settled before: changes nothing. */
export async function settlePaid(
  tx: Tx,
  actor: Actor,
  payout: Row,
  { reference, transferId }: { reference?: string; transferId?: string },
): Promise<boolean> {
  const { to } = transitionFor(payoutMachine, "pay", actor.kind);
  const moved = await tx
    .update(payouts)
    .set({
      status: to,
      paidAt: now as unknown as Date,
      ...(reference ? { reference } : {}),
      ...(transferId ? { providerTransferId: transferId } : {}),
    })
    .where(and(eq(payouts.id, payout.id), eq(payouts.status, "pending")))
    .returning({ id: payouts.id });
  if (moved.length === 0) return false;
  await post(tx, payoutPaid(payout, payout.method === "stripe" ? "clearing" : "bank"));
  await tell(tx, actor, payout, "paid", { reference: reference ?? transferId });
  return true;
}

/** It never left. Settled before: changes nothing. */
export async function settleFailed(tx: Tx, actor: Actor, payout: Row, reason: string): Promise<boolean> {
  const { to } = transitionFor(payoutMachine, "fail", actor.kind);
  const moved = await tx
    .update(payouts)
    .set({ status: to, failureReason: reason })
    .where(and(eq(payouts.id, payout.id), eq(payouts.status, "pending")))
    .returning({ id: payouts.id });
  if (moved.length === 0) return false;
  await tx.update(payoutLines).set({ isReleased: true }).where(eq(payoutLines.payoutId, payout.id));
  await post(tx, payoutFailed(payout));
  await tell(tx, actor, payout, "failed", { reason });
  return true;
}

async function byHand(tx: Tx, payoutId: string, to: "paid" | "failed"): Promise<Row> {
  const [payout] = await tx.select().from(payouts).where(eq(payouts.id, payoutId)).for("update");
  if (!payout) throw new ShopError("not_found", { what: "payout" });
  // What the gateway does with a transfer, only the gateway knows.
  if (payout.method !== "manual") throw new ShopError("forbidden", {});
  if (payout.status !== "pending")
    throw new ShopError("illegal_transition", { machine: "payout", from: payout.status, to });
  return payout;
}

async function tell(
  tx: Tx,
  actor: Actor,
  payout: Row,
  status: "paid" | "failed",
  after: Record<string, unknown>,
): Promise<void> {
  await write(tx, actor, {
    action: `payout.${status}`,
    subject: "payouts",
    subjectId: payout.id,
    before: { status: "pending" },
    after: { status, ...after },
  });
  const [owner] = await tx
    .select({ email: users.email, isErased: sql<boolean>`${users.erasedAt} IS NOT NULL` })
    .from(owners)
    .innerJoin(users, eq(users.id, owners.userId))
    .where(eq(owners.id, payout.ownerId));
  if (!owner || owner.isErased) return;
  const { id: dedupe, amount, currency } = payout;
  const { email } = owner;
  if (status === "paid")
    await mailTo(tx, { template: "payout_paid", dedupe, email, data: { amount, currency } });
  else
    await mailTo(tx, {
      template: "payout_failed",
      dedupe,
      email,
      data: { amount, currency, reason: String(after.reason ?? "") },
    });
}
