/** Inventory rules of a variant: when it counts as low, whether it sells below zero, over how many rows it is spread. */
import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inventory } from "@/db/schema/inventory";
import { withTx } from "@/db/tx";
import type { Staff, System } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { availableIn, MOST_BUCKETS, spreadOver, takeFrom } from "@/lib/domain/inventory-buckets";
import * as audit from "@/lib/services/audit";
import { conflictWith } from "@/lib/services/conflicts";
import { noticeLevels } from "./band";
import { type Counters, levelOf, lockCounters, move, ownedBy } from "./counters";

/**
 * Sets from how many items on the variant counts as low. Moved over what is available, it is a crossing like any other.
 * `version` is the mark that the form showed, where there was one: who saves over a change of somebody else is told.
 * @throws ShopError not_found for goods of another owner, conflict
 */
export async function setThreshold(
  staff: Staff | System,
  { variantId, threshold, version }: { variantId: string; threshold: number; version?: number },
  on?: Tx,
): Promise<void> {
  const work = async (tx: Tx) => {
    const rows = await lockCounters(tx, variantId, ownedBy(staff));
    if (rows.length === 0) throw new ShopError("not_found", { what: "variant" });
    const was = levelOf(rows);
    const row = { action: "inventory.threshold", subject: "inventory", subjectId: variantId };
    if (version !== undefined && version !== was.threshold)
      throw await conflictWith(
        tx,
        { ...row, actions: [row.action], what: "mark for low stock", version: was.threshold },
        { threshold: "the mark for low stock" },
      );
    await tx
      .update(inventory)
      .set({ lowStockThreshold: threshold })
      .where(eq(inventory.variantId, variantId));
    await audit.write(tx, staff, { ...row, before: { threshold: was.threshold }, after: { threshold } });
    await noticeLevels(tx, [{ variantId, was, is: { ...was, threshold } }]);
  };
  await withTx(work, { tx: on });
}

/**
 * Lets the variant be sold below zero, down to `limit` items (null: no limit), or no longer.
 * @throws ShopError not_found for goods of another owner, invalid_input where more is promised already than would be
 * allowed
 */
export async function setBackorder(
  staff: Staff | System,
  { variantId, backorder, limit = null }: { variantId: string; backorder: boolean; limit?: number | null },
  on?: Tx,
): Promise<void> {
  const work = async (tx: Tx) => {
    const rows = await payDebt(tx, staff, variantId, await lockCounters(tx, variantId, ownedBy(staff)));
    const [first] = rows;
    if (!first) throw new ShopError("not_found", { what: "variant" });
    const backorderLimit = backorder ? limit : null;
    const owed = Math.max(0, -availableIn(rows));
    const allowed = backorder ? (limit ?? Number.POSITIVE_INFINITY) : 0;
    if (owed > allowed) throw promised(backorder ? "limit" : "backorder", owed);
    await tx
      .update(inventory)
      .set({ backorder, backorderLimit })
      .where(and(eq(inventory.variantId, variantId), eq(inventory.bucket, 0)));
    const others = rows.slice(1).map(({ bucket }) => bucket);
    if (others.length > 0) {
      await tx
        .update(inventory)
        .set({ backorder, backorderLimit: backorder ? 0 : null })
        .where(and(eq(inventory.variantId, variantId), inArray(inventory.bucket, others)));
    }
    await audit.write(tx, staff, {
      action: "inventory.backorder",
      subject: "inventory",
      subjectId: variantId,
      before: { backorder: first.backorder, limit: first.backorderLimit },
      after: { backorder, limit: backorderLimit },
    });
    const was = levelOf(rows);
    await noticeLevels(tx, [{ variantId, was, is: { ...was, backorder, backorderLimit } }]);
  };
  await withTx(work, { tx: on });
}

/**
 * Spreads a hot variant over `buckets` rows of counters (1 to 64; 1 gathers it again), so that shoppers wait for each
 * other less. What is available moves; what orders hold stays where they hold it, so a row goes only once it is empty.
 * Answers how many rows there are now: ask again later where that is more than were wanted.
 * @throws ShopError not_found for goods of another owner, invalid_input
 */
export async function spread(
  staff: Staff,
  { variantId, buckets }: { variantId: string; buckets: number },
): Promise<{ buckets: number }> {
  if (!Number.isInteger(buckets) || buckets < 1 || buckets > MOST_BUCKETS) {
    throw new ShopError("invalid_input", { fields: { buckets: `From 1 to ${MOST_BUCKETS}.` } });
  }
  return withTx(async (tx) => {
    const rows = await lockCounters(tx, variantId, ownedBy(staff));
    const [first] = rows;
    if (!first) throw new ShopError("not_found", { what: "variant" });
    const there = new Set(rows.map((row) => row.bucket));
    const fresh = Array.from({ length: buckets }, (_, bucket) => bucket).filter((each) => !there.has(each));
    if (fresh.length > 0) {
      const { lowStockThreshold, backorder } = first;
      const backorderLimit = backorder ? 0 : null;
      await tx
        .insert(inventory)
        .values(fresh.map((bucket) => ({ variantId, bucket, lowStockThreshold, backorder, backorderLimit })));
    }
    await move(tx, staff, variantId, spreadOver(rows, buckets), {
      kind: "adjustment",
      reason: `Shared out over ${buckets === 1 ? "one row" : `${buckets} rows`}`,
    });
    const empty = rows.filter((row) => row.bucket >= buckets && row.reserved === 0).map((row) => row.bucket);
    if (empty.length > 0) {
      await tx
        .delete(inventory)
        .where(and(eq(inventory.variantId, variantId), inArray(inventory.bucket, empty)));
    }
    const left = rows.length + fresh.length - empty.length;
    await tx.update(inventory).set({ buckets: left }).where(eq(inventory.variantId, variantId));
    await audit.write(tx, staff, {
      action: "inventory.spread",
      subject: "inventory",
      subjectId: variantId,
      before: { buckets: rows.length },
      after: { buckets: left, available: availableIn(rows) },
    });
    return { buckets: left };
  });
}

/** The first row alone may owe; what meanwhile came back to the others pays for it. */
async function payDebt(
  tx: Tx,
  actor: Staff | System,
  variantId: string,
  rows: Counters[],
): Promise<Counters[]> {
  const [first, ...others] = rows;
  if (!first) return rows;
  const payable = Math.min(first.reserved - first.onHand, availableIn(others));
  const given = payable > 0 ? takeFrom(others, payable) : null;
  if (!given) return rows;
  const shares = [
    { bucket: first.bucket, quantity: payable },
    ...given.map(({ bucket, quantity }) => ({ bucket, quantity: -quantity })),
  ];
  await move(tx, actor, variantId, shares, { kind: "adjustment", reason: "Moved to the row that owes" });
  return lockCounters(tx, variantId);
}

const promised = (field: string, owed: number) =>
  new ShopError("invalid_input", {
    fields: { [field]: `${owed} more are promised already than there are. Restock first, or allow as many.` },
  });
