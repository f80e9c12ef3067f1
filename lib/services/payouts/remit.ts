/** Cash on delivery on its last way: what couriers collected reaches the bank, and each order's cash once. */
import { inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { orders } from "@/db/schema/orders";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { write } from "@/lib/services/audit";
import { cashRemitted } from "@/lib/services/ledger/cash";
import { post } from "@/lib/services/ledger/post";
import { once, type RequestKey } from "@/lib/services/once";

export type Remittance = {
  /** What the bank statement says. */
  readonly reference: string;
  readonly key?: RequestKey;
  /** How many remittances there were when the form was drawn: more of them mean that somebody else booked one since. */
  readonly seen?: number | undefined;
} & (
  | { readonly orderIds: readonly string[]; readonly amount?: undefined }
  /** A sum that nobody listed by order, in minor units. */
  | {
      readonly amount: number;
      /** The store's where it is left out. */
      readonly currency?: string | undefined;
      readonly orderIds?: undefined;
    }
);

/**
 * Books collected cash as arrived. Answers the sum in minor units.
 * @throws ShopError not_found (no cash of that order is with the courier: none collected, or remitted before),
 * invalid_input (more than couriers hold in that currency, orders of several currencies, or other cash was booked since the form was drawn)
 */
export async function remitCash(admin: Admin, remittance: Remittance): Promise<{ amount: number }> {
  return withTx((tx) =>
    once(tx, admin, `cash.remit:${remittance.reference.trim().slice(0, 200)}`, remittance.key, async () => {
      // One at a time: what couriers hold is a sum over all orders, and no row stands for it.
      await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('cash.remit'))`);
      if (remittance.seen !== undefined && remittance.seen !== (await booked(tx))) bookedMeanwhile();
      const parts = remittance.orderIds
        ? await ofOrders(tx, [...new Set(remittance.orderIds)])
        : [await ofSum(tx, remittance.amount, remittance.currency)];
      const amount = parts.reduce((sum, part) => sum + part.amount, 0);
      const [currency = "", other] = new Set(parts.map((part) => part.currency));
      // A transfer is in one currency, and sums of two add up to nothing.
      if (other) tooMuch();
      if (amount <= 0 || amount > (await withCouriers(tx, currency))) tooMuch();
      for (const part of parts) {
        // Each order's cash comes once.
        if (!(await post(tx, cashRemitted(part)))) throw new ShopError("not_found", { what: "cash" });
      }
      await write(tx, admin, {
        action: "cash.remit",
        subject: "ledger_transactions",
        subjectId: parts[0]?.sourceId ?? "",
        before: {},
        after: { amount, currency, reference: remittance.reference, orderIds: remittance.orderIds ?? null },
      });
      return { amount };
    }),
  );
}

/** What each order's courier holds. */
async function ofOrders(tx: Tx, orderIds: readonly string[]) {
  if (orderIds.length === 0) tooMuch();
  const found = await tx
    .select({
      orderId: orders.id,
      sourceId: orders.id,
      currency: orders.currency,
      amount: sql<string>`(SELECT COALESCE(sum(e.amount), 0) FROM ledger_entries e
        JOIN ledger_transactions t ON t.id = e.transaction_id
        WHERE t.order_id = ${sql.raw("orders.id")} AND e.account = 'cod_receivable')`.mapWith(Number),
    })
    .from(orders)
    .where(inArray(orders.id, [...orderIds]));
  const held = found.filter((order) => order.amount > 0);
  if (held.length < orderIds.length) throw new ShopError("not_found", { what: "cash" });
  return held;
}

async function ofSum(tx: Tx, amount: number, currency?: string) {
  if (!Number.isSafeInteger(amount)) tooMuch();
  const [store] = currency ? [{ currency }] : await tx.select({ currency: settings.currency }).from(settings);
  return { orderId: null, sourceId: newId(), amount, currency: store?.currency ?? "" };
}

async function withCouriers(tx: Tx, currency: string): Promise<number> {
  const [row] = await tx.execute<{ sum: string | null }>(
    sql`SELECT sum(e.amount) AS sum FROM ledger_entries e JOIN ledger_transactions t ON t.id = e.transaction_id
      WHERE e.account = 'cod_receivable' AND t.currency = ${currency}`,
  );
  return Number(row?.sum ?? 0);
}

async function booked(tx: Tx): Promise<number> {
  const [row] = await tx.execute<{ count: number }>(
    sql`SELECT count(*)::int AS count FROM ledger_transactions WHERE kind = 'cash_remitted'`,
  );
  return row?.count ?? 0;
}

function bookedMeanwhile(): never {
  const amount =
    "Other cash was booked meanwhile. Open the page again: what was booked last stands below the form.";
  throw new ShopError("invalid_input", { fields: { amount } });
}

function tooMuch(): never {
  throw new ShopError("invalid_input", { fields: { amount: "That is not what couriers hold." } });
}
