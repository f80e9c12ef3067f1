/** Taking back from how many items on a variant counts as low, and whether it is sold below zero. */
import type { Tx } from "@/db/client";
import { withTx } from "@/db/tx";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { type Counters, levelOf, lockCounters, ownedBy } from "@/lib/services/inventory/counters";
import { setBackorder, setThreshold } from "@/lib/services/inventory/policy";
import type { Fields, Reversible } from "./reversible";

const fieldsOf = (rows: readonly Counters[]): Fields => ({
  threshold: levelOf(rows).threshold,
  backorder: rows[0]?.backorder,
  limit: rows[0]?.backorderLimit ?? null,
});

async function read(tx: Tx, variantId: string) {
  const rows = await lockCounters(tx, variantId);
  return rows.length > 0 ? { version: 0, fields: fieldsOf(rows) } : undefined;
}

/** Locks the counters, which have no version, and looks again whether they are what the change made of them. */
async function requireStill(tx: Tx, staff: Staff, variantId: string, from: Fields): Promise<void> {
  const now = fieldsOf(await lockCounters(tx, variantId, ownedBy(staff)));
  if (Object.keys(from).some((name) => now[name] !== from[name]))
    throw new ShopError("conflict", { what: "stock" });
}

export const thresholdReverts: Reversible<Staff> = {
  read,
  async apply(staff, { id: variantId, fields, from }) {
    await withTx(async (tx) => {
      await requireStill(tx, staff, variantId, from);
      await setThreshold(staff, { variantId, threshold: Number(fields.threshold) }, tx);
    });
    return [];
  },
};

export const backorderReverts: Reversible<Staff> = {
  read,
  async apply(staff, { id: variantId, fields, from }) {
    const limit = typeof fields.limit === "number" ? fields.limit : null;
    await withTx(async (tx) => {
      await requireStill(tx, staff, variantId, from);
      await setBackorder(staff, { variantId, backorder: fields.backorder === true, limit }, tx);
    });
    return [];
  },
};
