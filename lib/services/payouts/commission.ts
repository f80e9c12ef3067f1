/** Commission: what the shop keeps of an owner's sales from now on; orders that stand keep the rate of their day. */
import { and, eq, sql } from "drizzle-orm";
import { owners } from "@/db/schema/accounts";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { RATE_OF_SHOP } from "@/lib/domain/payouts";
import { write } from "@/lib/services/audit";
import { conflictWith } from "@/lib/services/conflicts";

/**
 * Sets an owner's rate in parts per million; null follows the shop's own. `version` is the rate that the form showed
 * (`RATE_OF_SHOP` for none): who saves over a change of somebody else is told.
 * @throws ShopError not_found, conflict
 */
export async function setCommission(
  admin: Admin,
  { ownerId, rate, version }: { ownerId: string; rate: number | null; version: number },
): Promise<void> {
  await withTx(async (tx) => {
    const [owner] = await tx
      .select({ rate: owners.commission })
      .from(owners)
      .where(eq(owners.id, ownerId))
      .for("no key update");
    if (!owner) throw new ShopError("not_found", { what: "owner" });
    const stored = owner.rate ?? RATE_OF_SHOP;
    if (stored !== version)
      throw await conflictWith(
        tx,
        { what: "owner", subject: "owners", subjectId: ownerId, version: stored },
        { commission: { label: "the commission", text: percentOf } },
      );
    await tx
      .update(owners)
      .set({ commission: rate })
      .where(and(eq(owners.id, ownerId), sql`${owners.commission} IS NOT DISTINCT FROM ${owner.rate}`));
    await write(tx, admin, {
      action: "owner.commission",
      subject: "owners",
      subjectId: ownerId,
      before: { commission: owner.rate },
      after: { commission: rate },
    });
  });
}

const percentOf = (rate: unknown): string =>
  typeof rate === "number" ? `${rate / 10_000} %` : "the shop’s own rate";
