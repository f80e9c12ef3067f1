/** Inventory by hand: restock, adjust and count, by the owner of the goods or an admin, always with a reason. */
import { and, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { audit as log } from "@/db/schema/audit";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderLines, orders } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Staff, System } from "@/lib/domain/actors";
import { isShopError, ShopError } from "@/lib/domain/errors";
import { HAND_ACTIONS } from "@/lib/domain/inventory";
import * as audit from "@/lib/services/audit";
import { conflictWith } from "@/lib/services/conflicts";
import { once, type RequestKey } from "@/lib/services/once";
import { noticeLevels } from "./band";
import { type Counters, levelOf, lockCounters, ownedBy, type Shift, shift } from "./counters";

interface ByHand {
  readonly variantId: string;
  /** Of the form, so that sending it twice changes the count once. */
  readonly key?: RequestKey;
}

/** New goods came in. `quantity` counts items, at least one. @throws ShopError not_found for goods of another owner. */
export function restock(
  actor: Staff | System,
  { variantId, key, quantity, reason = null }: ByHand & { quantity: number; reason?: string | null },
  on?: Tx,
): Promise<{ available: number }> {
  return byHand(actor, { variantId, key, on, action: "inventory.restock" }, async () => ({
    kind: "restock",
    delta: quantity,
    reason,
  }));
}

/**
 * Corrects the count by ±`delta` items.
 * @throws ShopError not_found for goods of another owner, invalid_input where fewer items are free than are taken away.
 */
export function adjust(
  actor: Staff | System,
  { variantId, key, delta, reason }: ByHand & { delta: number; reason: string },
  on?: Tx,
): Promise<{ available: number }> {
  return byHand(actor, { variantId, key, on, action: "inventory.adjust" }, async () => ({
    kind: "adjustment",
    delta,
    reason,
  }));
}

/**
 * Sets the count to what lies on the shelf: sold but unshipped items lie there too and are not for sale (decisions).
 * `version` is how often people had changed the count when the form was opened: goods that somebody else put on the
 * shelf meanwhile are not counted away unseen. What was sold meanwhile is no conflict.
 * @throws ShopError as `adjust` does, and conflict.
 */
export function setOnHand(
  actor: Staff | System,
  {
    variantId,
    key,
    version,
    counted,
    reason,
  }: ByHand & { counted: number; reason: string; version?: number | undefined },
  on?: Tx,
): Promise<{ available: number }> {
  return byHand(actor, { variantId, key, on, action: "inventory.count" }, async (tx, rows) => {
    if (version !== undefined) await refuseIfChanged(tx, variantId, version);
    const onHand = rows.reduce((sum, row) => sum + row.onHand, 0);
    return { kind: "adjustment", delta: counted - (await toPack(tx, variantId)) - onHand, reason };
  });
}

/** Under the lock of the variant's counters. */
async function refuseIfChanged(tx: Tx, variantId: string, version: number): Promise<void> {
  const row = { subject: "inventory", subjectId: variantId };
  const byPeople = and(
    eq(log.subject, row.subject),
    eq(log.subjectId, row.subjectId),
    inArray(log.action, [...HAND_ACTIONS]),
  );
  const now = await tx.$count(log, byPeople);
  if (now !== version)
    throw await conflictWith(
      tx,
      { ...row, actions: HAND_ACTIONS, what: "stock", version: now },
      { onHand: "what is on hand" },
    );
}

/**
 * Makes `available` items be for sale, where still as many are as the list showed (`was`). Answers by how many the count
 * changed, which `adjust` takes back.
 * @throws ShopError not_found for goods of another owner, invalid_input naming how many there are now
 */
export async function setAvailable(
  actor: Staff,
  { variantId, key, available, was, reason }: ByHand & { available: number; was: number; reason: string },
): Promise<{ available: number; delta: number }> {
  const refuse = (sentence: string) => new ShopError("invalid_input", { fields: { available: sentence } });
  const answer = await byHand(
    actor,
    { variantId, key, on: undefined, action: "inventory.set" },
    async (_tx, rows) => {
      const now = levelOf(rows).available;
      if (now !== was) throw refuse(`Meanwhile ${now} are available, no longer ${was}. Please look again.`);
      return { kind: "adjustment", delta: available - was, reason };
    },
  ).catch((error: unknown) => {
    throw isShopError(error, "invalid_input") && error.data.fields.delta
      ? refuse(error.data.fields.delta)
      : error;
  });
  return { ...answer, delta: available - was };
}

/**
 * Takes back a change by hand, once, by a movement the other way round, whatever was sold meanwhile.
 * @throws ShopError not_found for goods of another owner, revert_refused where it was taken back already or the shelf
 * was counted since, invalid_input where fewer items are free than would go
 */
export function takeBack(
  actor: Staff,
  { variantId, entryId, delta }: { variantId: string; entryId: string; delta: number },
): Promise<{ available: number }> {
  const change = { variantId, key: undefined, on: undefined, action: "inventory.take_back" };
  return byHand(actor, change, async (tx) => {
    const refusal = await whyNotBack(tx, { variantId, entryId });
    if (refusal) throw new ShopError("revert_refused", { reason: refusal });
    return { kind: "adjustment", delta: -delta, reason: "A change by hand, taken back", takenBack: entryId };
  });
}

/** Under the lock of the variant's counters: nobody changes them by hand meanwhile. */
async function whyNotBack(
  tx: Tx,
  { variantId, entryId }: { variantId: string; entryId: string },
): Promise<string | undefined> {
  const [found] = await tx.execute<{ is_back: boolean; is_counted: boolean }>(sql`
    WITH later AS (SELECT a.id::text, a.action, a.after->>'takenBack' AS back FROM audit a
      WHERE a.subject = 'inventory' AND a.subject_id = ${variantId} AND a.id > ${entryId}::uuid)
    SELECT EXISTS (SELECT FROM later WHERE back = ${entryId}) AS is_back,
      EXISTS (SELECT FROM later WHERE action IN ('inventory.count', 'inventory.set')
        AND NOT EXISTS (SELECT FROM later b WHERE b.back = later.id)) AS is_counted`);
  if (found?.is_back) return "It is taken back already.";
  return found?.is_counted
    ? "It was counted since, and what was counted stands. Please correct the stock instead."
    : undefined;
}

/** Items that are sold and wait to be sent: neither shipped nor taken off their order. */
export async function toPack(tx: Tx, variantId: string): Promise<number> {
  const { quantity, shippedQuantity, cancelledQuantity } = orderLines;
  const [row] = await tx
    .select({
      items: sql<number>`coalesce(sum(${quantity} - ${shippedQuantity} - ${cancelledQuantity}), 0)`.mapWith(
        Number,
      ),
    })
    .from(orderLines)
    .innerJoin(orders, eq(orders.id, orderLines.orderId))
    .innerJoin(
      fulfilments,
      and(eq(fulfilments.orderId, orderLines.orderId), eq(fulfilments.ownerId, orderLines.ownerId)),
    )
    .where(
      and(
        eq(orderLines.variantId, variantId),
        inArray(orders.status, ["confirmed", "processing"]),
        // What a cancelled part held went back to the unsold stock at once.
        inArray(fulfilments.status, ["open", "processing"]),
      ),
    );
  return row?.items ?? 0;
}

/** One change by hand: under the lock of all counters of the variant, once per key, with its movement and audit row. */
function byHand(
  actor: Staff | System,
  { variantId, key, on, action }: ByHand & { on?: Tx | undefined; action: string },
  change: (tx: Tx, rows: readonly Counters[]) => Promise<Shift & { readonly takenBack?: string }>,
): Promise<{ available: number }> {
  return withTx(
    (tx) =>
      once(tx, actor, `${action}:${variantId}`, key, async () => {
        const rows = await lockCounters(tx, variantId, ownedBy(actor));
        if (rows.length === 0) throw new ShopError("not_found", { what: "variant" });
        const was = levelOf(rows);
        const wanted = await change(tx, rows);
        if (wanted.delta === 0) return { available: was.available };
        const after = await shift(tx, actor, { variantId, rows }, wanted);
        if (!after) throw tooFew(was.available);
        const is = levelOf(after);
        if (actor.kind !== "system") {
          await audit.write(tx, actor, {
            action,
            subject: "inventory",
            subjectId: variantId,
            before: { onHand: onHandOf(rows) },
            after: {
              onHand: onHandOf(after),
              reason: wanted.reason ?? null,
              ...(wanted.takenBack && { takenBack: wanted.takenBack }),
            },
          });
        }
        await noticeLevels(tx, [{ variantId, was, is }]);
        return { available: is.available };
      }),
    { tx: on },
  );
}

const onHandOf = (rows: readonly Counters[]): number => rows.reduce((sum, row) => sum + row.onHand, 0);

const tooFew = (available: number) =>
  new ShopError("invalid_input", {
    fields: { delta: `Only ${Math.max(0, available)} are unsold and free; the others are held for orders.` },
  });
