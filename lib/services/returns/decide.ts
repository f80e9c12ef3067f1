/** Decides about a return before the goods are on their way, and gives it up when they never come. */
import { sql } from "drizzle-orm";
import { withTx } from "@/db/tx";
import type { Shopper, Staff, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { RETURN_TRAVEL_DAYS } from "@/lib/domain/returns";
import { enqueue } from "@/lib/queue";
import { write } from "@/lib/services/audit";
import { askedBy, lockReturn, moveReturn, soldBy } from "./move";

declare module "@/lib/queue" {
  interface Jobs {
    "returns.expire": { returnId: string };
  }
}

/** The shopper may send it; it expires where nothing arrives. @throws ShopError not_found, illegal_transition */
export async function approve(
  staff: Staff | System,
  { returnId, note }: { returnId: string; note?: string | null | undefined },
): Promise<void> {
  await withTx(async (tx) => {
    const { found } = await lockReturn(tx, staff, returnId, soldBy(staff));
    const decisionNote = note?.trim() || null;
    await moveReturn(tx, staff, found, "approve", {
      set: {
        decisionNote,
        expiresAt: sql`shop_now() + make_interval(days => ${RETURN_TRAVEL_DAYS})`,
      },
      reason: decisionNote,
    });
    await planExpiry(tx, returnId);
    await write(tx, staff, {
      action: "return.approve",
      subject: "returns",
      subjectId: returnId,
      before: { status: found.status },
      after: { status: "approved", decisionNote },
    });
  });
}

/** Says no, and why. @throws ShopError not_found, invalid_input, illegal_transition */
export async function reject(
  staff: Staff,
  { returnId, note }: { returnId: string; note: string },
): Promise<void> {
  const decisionNote = note.trim();
  if (!decisionNote) throw new ShopError("invalid_input", { fields: { note: "Please say why." } });
  await withTx(async (tx) => {
    const { found } = await lockReturn(tx, staff, returnId, soldBy(staff));
    await moveReturn(tx, staff, found, "reject", { set: { decisionNote }, reason: decisionNote });
    await write(tx, staff, {
      action: "return.reject",
      subject: "returns",
      subjectId: returnId,
      before: { status: found.status },
      after: { status: "rejected", decisionNote },
    });
  });
}

/** The shopper keeps it after all. @throws ShopError not_found, illegal_transition once it was decided */
export async function withdraw(shopper: Shopper, { returnId }: { returnId: string }): Promise<void> {
  await withTx(async (tx) => {
    const { found } = await lockReturn(tx, shopper, returnId, askedBy(shopper));
    await moveReturn(tx, shopper, found, "withdraw");
  });
}

/** The job: nothing came in time. One that ended otherwise, or whose time is not over, is left alone. */
export async function expireReturn(system: System, returnId: string): Promise<boolean> {
  return withTx(async (tx) => {
    const { found } = await lockReturn(tx, system, returnId, soldBy(system));
    if (found.status !== "approved" || !found.expiresAt) return false;
    const [clock] = await tx.execute<{ over: boolean }>(
      sql`SELECT expires_at <= shop_now() AS over FROM returns WHERE id = ${returnId}`,
    );
    if (!clock?.over) {
      await planExpiry(tx, returnId);
      return false;
    }
    await moveReturn(tx, system, found, "expire");
    return true;
  });
}

async function planExpiry(tx: Parameters<typeof enqueue>[0], returnId: string): Promise<void> {
  const [row] = await tx.execute<{ at: string }>(
    sql`SELECT expires_at::text AS at FROM returns WHERE id = ${returnId}`,
  );
  if (!row) return;
  const key = `returns.expire:${returnId}`;
  await enqueue(tx, "returns.expire", { returnId }, { key, runAt: new Date(row.at) });
}
