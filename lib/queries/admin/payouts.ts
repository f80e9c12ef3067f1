/** Payouts in the back office: a list, and one with the lines that it pays. Owners see their own. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { type Direction, type PayoutSort, type PayoutView, payoutDirection } from "@/lib/domain/back-office";
import type { PayoutStatus } from "@/lib/domain/payouts";
import { type Fragment, limited, ownedBy, type Page, pagesOf, wayOf } from "./scope";

export interface PayoutRow {
  readonly id: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly status: PayoutStatus;
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  readonly method: "stripe" | "manual";
  /** The bank's reference, or the account at the gateway. */
  readonly reference: string | null;
  readonly failureReason: string | null;
  readonly createdAt: Date;
  readonly paidAt: Date | null;
}

type Raw<R> = Omit<R, "createdAt" | "paidAt"> & { createdAt: string; paidAt: string | null };

const FIELDS = sql`p.id, p.owner_id as "ownerId", w.name as "ownerName", p.status, p.amount::float8, p.currency, p.method,
  p.reference, p.failure_reason as "failureReason", p.created_at::text as "createdAt", p.paid_at::text as "paidAt"`;

const dated = <R extends Raw<PayoutRow>>(row: R) => ({
  ...row,
  createdAt: new Date(row.createdAt),
  paidAt: row.paidAt === null ? null : new Date(row.paidAt),
});

export interface PayoutQuery extends Page {
  readonly view: PayoutView;
  readonly sort: PayoutSort;
  readonly dir?: Direction | "";
  /** Part of an owner's name or of a reference. */
  readonly search: string;
}

const orderBy: Record<PayoutSort, () => Fragment> = {
  when: () => sql`p.created_at`,
  owner: () => sql`lower(w.name)`,
  amount: () => sql`p.amount`,
};

/** One page of payouts, with how many each view holds. */
export async function listPayouts(staff: Staff, { view, sort, dir, search, ...page }: PayoutQuery) {
  const found = search
    ? sql`strpos(lower(w.name || ' ' || coalesce(p.reference, '')), ${search.toLowerCase()}) > 0`
    : sql`true`;
  const from = sql`from payouts p join owners w on w.id = p.owner_id where ${ownedBy(staff, "p")} and ${found}`;
  const [rows, [counts]] = await Promise.all([
    sql<Raw<PayoutRow>[]>`
      select ${FIELDS} ${from} and ${view === "all" ? sql`true` : sql`p.status = ${view}`}
      order by ${orderBy[sort]()} ${wayOf({ sort, dir }, payoutDirection)}, p.created_at desc, p.id desc ${limited(page)}`,
    sql<Record<PayoutView, number>[]>`
      select count(*)::int as "all", count(*) filter (where p.status = 'pending')::int as pending,
        count(*) filter (where p.status = 'paid')::int as paid, count(*) filter (where p.status = 'failed')::int as failed
      ${from}`,
  ]);
  const views = counts ?? { all: 0, pending: 0, paid: 0, failed: 0 };
  return { rows: rows.map((row): PayoutRow => dated(row)), counts: views, pages: pagesOf(views[view], page) };
}

export interface PaidLine {
  readonly id: string;
  readonly at: Date;
  readonly orderNumber: string | null;
  readonly goods: string | null;
  /** Minor units; what was given back is negative. */
  readonly amount: number;
}

export interface PayoutPage extends PayoutRow {
  readonly lines: readonly PaidLine[];
  readonly lineCount: number;
  /** The run that began it; null for one begun by itself, and for owners. */
  readonly runId: string | null;
}

/** How many lines a payout's page shows; the statement has them all. */
const SHOWN = 200;

/** A payout with what it pays; null for unknown ones and for other owners' alike. */
export async function getPayout(staff: Staff, id: string): Promise<PayoutPage | null> {
  const [[row], lines] = await Promise.all([
    sql<(Raw<PayoutRow> & { lineCount: number; runId: string | null })[]>`
      select ${FIELDS}, (select count(*) from payout_lines l where l.payout_id = p.id)::int as "lineCount",
        (select r.run_id from payout_runs r where r.payout_id = p.id and ${staff.kind === "admin"}) as "runId"
      from payouts p join owners w on w.id = p.owner_id where p.id = ${id} and ${ownedBy(staff, "p")}`,
    sql<(Omit<PaidLine, "at"> & { at: string })[]>`
      select b.id, e.created_at::text as at, o.number as "orderNumber",
        trim(l.product_name || ' ' || l.variant_title) as goods, b.amount::float8
      from payout_lines b join payouts p on p.id = b.payout_id join ledger_entries e on e.id = b.ledger_entry_id
      join ledger_transactions t on t.id = e.transaction_id left join orders o on o.id = t.order_id
      left join order_lines l on l.order_id = t.order_id and l.id::text = right(t.source_id, 36)
      where b.payout_id = ${id} and ${ownedBy(staff, "p")} order by e.created_at, b.id limit ${SHOWN}`,
  ]);
  if (!row) return null;
  return { ...dated(row), lines: lines.map((line) => ({ ...line, at: new Date(line.at) })) };
}
