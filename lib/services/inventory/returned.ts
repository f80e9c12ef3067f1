/** Inventory of returns: what came back goes on the shelf again, or is written off. */
import type { Tx } from "@/db/client";
import type { Actor } from "@/lib/domain/actors";
import { type LevelChange, noticeLevels } from "./band";
import { levelOf, lockCounters, shift } from "./counters";
import { byVariant } from "./reserve";

/** Items of one variant that came back. */
export interface Returned {
  readonly variantId: string;
  /** Fit to be sold again. */
  readonly restock: number;
  /** Not fit: booked as returned and taken off the count again. */
  readonly writeOff: number;
  /** Why they are written off; "Written off: returned damaged" when left out. */
  readonly reason?: string;
}

/** Takes returned items of an order in. A write-off is a return and an adjustment of as many, so the ledger shows both. */
export async function takeIn(
  tx: Tx,
  actor: Actor,
  orderId: string,
  lines: readonly Returned[],
): Promise<void> {
  const changes: LevelChange[] = [];
  const returned = lines.map((line) => ({ ...line, quantity: line.restock + line.writeOff }));
  for (const { variantId, quantity } of byVariant(returned)) {
    if (quantity === 0) continue;
    const before = await lockCounters(tx, variantId);
    let rows = await shift(
      tx,
      actor,
      { variantId, rows: before },
      { kind: "return", delta: quantity, orderId },
    );
    for (const { writeOff, reason = "Written off: returned damaged" } of returned.filter(
      (line) => line.variantId === variantId && line.writeOff > 0,
    )) {
      const loss = { kind: "adjustment", delta: -writeOff, orderId, reason } as const;
      rows = rows && (await shift(tx, actor, { variantId, rows }, loss));
    }
    if (!rows) throw new Error(`variant ${variantId} has no counters to take returned items into`);
    changes.push({ variantId, was: levelOf(before), is: levelOf(rows) });
  }
  await noticeLevels(tx, changes);
}
