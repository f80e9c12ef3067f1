/** Issues invoices and credit notes: numbers in one unbroken row per kind, each document once, never changed. */
import { type SQL, sql } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { type invoiceKind, invoices, type Seller } from "@/db/schema/invoices";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";

declare module "@/lib/queue" {
  interface Jobs {
    "invoices.sweep": Record<string, never>;
  }
}

type Kind = (typeof invoiceKind.enumValues)[number];

const PREFIX: Record<Kind, string> = { invoice: "INV", credit_note: "CRN" };

/** An order is invoiced once it is confirmed: paid, or cash on delivery was accepted. Expects `o`. */
const NOT_INVOICED = sql`(o.confirmed_at IS NOT NULL AND NOT EXISTS (
  SELECT FROM invoices i WHERE i.order_id = o.id AND i.kind = 'invoice'))`;

/**
 * Refunds that arrived and have no credit note. Money that never was a sale (it came late or twice) has neither lines
 * nor shipping in its refund, and was on no invoice. Expects `r`.
 */
const NOT_CREDITED = sql`(r.status = 'succeeded' AND NOT EXISTS (SELECT FROM invoices i WHERE i.refund_id = r.id)
  AND (r.shipping > 0 OR EXISTS (SELECT FROM refund_lines l WHERE l.refund_id = r.id)))`;

/** An order that was invoiced and ended before its cash was handed over: nothing is refunded, all is taken back. */
const NOT_TAKEN_BACK = sql`(o.status = 'cancelled' AND o.confirmed_at IS NOT NULL AND o.total > 0 AND o.captured = 0
  AND NOT EXISTS (SELECT FROM invoices i WHERE i.order_id = o.id AND i.kind = 'credit_note' AND i.refund_id IS NULL))`;

/** What of an order is not on paper yet. Expects `o`. */
const MISSING = sql`(${NOT_INVOICED} OR ${NOT_TAKEN_BACK} OR (o.confirmed_at IS NOT NULL AND EXISTS (
  SELECT FROM refunds r WHERE r.order_id = o.id AND ${NOT_CREDITED})))`;

/** Issues what an order lacks; doing it again issues nothing. Answers the new numbers. */
export async function issueInvoices(_system: System, orderId: string): Promise<string[]> {
  const [lacks] = await db.execute(sql`SELECT FROM orders o WHERE o.id = ${orderId} AND ${MISSING}`);
  if (!lacks) return [];
  return withTx(async (tx) => {
    // One at a time: a number that is taken and given up again would leave a gap.
    await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtext('invoices'))`);
    const seller = await readSeller(tx);
    const issued = await issue(
      tx,
      seller,
      "invoice",
      sql`
      SELECT o.id AS "orderId", NULL::uuid AS "refundId", o.total::float8 AS amount, o.tax::float8 AS tax, o.currency
      FROM orders o WHERE o.id = ${orderId} AND ${NOT_INVOICED}`,
    );
    const credited = await issue(
      tx,
      seller,
      "credit_note",
      sql`
      SELECT r.order_id AS "orderId", r.id AS "refundId", r.amount::float8 AS amount, r.tax::float8 AS tax, o.currency
      FROM refunds r JOIN orders o ON o.id = r.order_id
      WHERE o.id = ${orderId} AND o.confirmed_at IS NOT NULL AND ${NOT_CREDITED} ORDER BY r.created_at, r.id`,
    );
    const takenBack = await issue(
      tx,
      seller,
      "credit_note",
      sql`
      SELECT o.id AS "orderId", NULL::uuid AS "refundId", o.total::float8 AS amount, o.tax::float8 AS tax, o.currency
      FROM orders o WHERE o.id = ${orderId} AND ${NOT_TAKEN_BACK}`,
    );
    return [...issued, ...credited, ...takenBack];
  });
}

/** Orders of the last two months; older ones were seen to, or are for a person. */
const BATCH = 500;

/** The regular job behind the one that tells of events: issues what was missed. Answers how many orders it saw to. */
export async function sweepInvoices(system: System): Promise<number> {
  const lacking = await db.execute<{ id: string }>(sql`
    SELECT o.id FROM orders o WHERE o.placed_at > shop_now() - interval '2 months' AND ${MISSING}
    ORDER BY o.confirmed_at LIMIT ${BATCH}`);
  for (const { id } of lacking) await issueInvoices(system, id);
  return lacking.length;
}

interface Due extends Record<string, unknown> {
  readonly orderId: string;
  readonly refundId: string | null;
  readonly amount: number;
  readonly tax: number;
  readonly currency: string;
}

async function issue(tx: Tx, seller: Seller, kind: Kind, due: SQL): Promise<string[]> {
  const numbers: string[] = [];
  for (const one of await tx.execute<Due>(due)) {
    const [last] = await tx.execute<{ seq: number }>(
      sql`SELECT COALESCE(max(seq), 0)::int AS seq FROM invoices WHERE kind = ${kind}`,
    );
    const seq = (last?.seq ?? 0) + 1;
    const number = `${PREFIX[kind]}-${String(seq).padStart(6, "0")}`;
    await tx.insert(invoices).values({ ...one, id: newId(), kind, seq, number, seller });
    numbers.push(number);
  }
  return numbers;
}

async function readSeller(tx: Tx): Promise<Seller> {
  const [seller] = await tx.execute<Seller & Record<string, unknown>>(sql`
    SELECT COALESCE(legal_name, store_name) AS name, seller_address AS address, tax_number AS "taxNumber",
      store_email AS email FROM settings WHERE id = 1`);
  if (!seller) throw new Error("a shop without settings sells nothing");
  return seller;
}
