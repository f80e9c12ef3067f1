/** Runs of payouts: what is due to all owners at once, and what came of a run. For admins only. */
import { sql } from "@/db/client";
import type { Admin } from "@/lib/domain/actors";
import type { PayoutStatus, RunRefusal } from "@/lib/domain/payouts";
import { type Balance, listBalances } from "./books";

/** Why an owner is left out of a run; null: they are paid. */
export type LeftOut = "blocked" | "in debt" | "held" | "below" | "even" | null;

export interface DueRow extends Balance {
  /** What a run would pay now, in minor units. */
  readonly due: number;
  readonly leftOut: LeftOut;
}

/** What a run over all owners would pay now; nothing below `least`. */
export async function listDue(admin: Admin, least: number): Promise<DueRow[]> {
  return (await listBalances(admin)).map((row) => {
    const due = row.balance - row.held;
    return { ...row, due, leftOut: leftOutOf(row, due, least) };
  });
}

function leftOutOf({ balance, held, isActive }: Balance, due: number, least: number): LeftOut {
  if (balance < 0) return "in debt";
  if (due <= 0) return held > 0 ? "held" : "even";
  if (!isActive) return "blocked";
  return due < least ? "below" : null;
}

export interface RunRow {
  readonly ownerId: string;
  readonly ownerName: string;
  /** Null: nothing was paid, for the reason of `refusal`. */
  readonly payout: {
    readonly id: string;
    readonly status: PayoutStatus;
    /** Minor units. */
    readonly amount: number;
    readonly currency: string;
    readonly method: "stripe" | "manual";
    readonly reference: string | null;
  } | null;
  readonly refusal: RunRefusal | null;
}

/** What came of each owner in a run, and when it began; null: there is none. */
export async function getRun(_admin: Admin, runId: string): Promise<{ at: Date; rows: RunRow[] } | null> {
  const rows = await sql<(RunRow & { at: string })[]>`
    select r.owner_id as "ownerId", w.name as "ownerName", r.refusal, min(r.created_at) over ()::text as at,
      case when p.id is not null then json_build_object('id', p.id, 'status', p.status, 'amount', p.amount,
        'currency', p.currency, 'method', p.method, 'reference', p.reference) end as payout
    from payout_runs r join owners w on w.id = r.owner_id left join payouts p on p.id = r.payout_id
    where r.run_id = ${runId} order by w.name, w.id`;
  const [first] = rows;
  return first ? { at: new Date(first.at), rows: rows.map(({ at: _, ...row }) => row) } : null;
}

export interface RunCard {
  readonly runId: string;
  readonly at: Date;
  /** Payouts that are paid or on their way, those that failed, and owners who got none. */
  readonly paid: number;
  readonly failed: number;
  readonly refused: number;
  /** Minor units of the store's currency: what is paid or on its way, and what came back. */
  readonly total: number;
  readonly failedTotal: number;
}

/** The newest runs. */
export async function listRuns(_admin: Admin, most: number): Promise<RunCard[]> {
  const rows = await sql<(Omit<RunCard, "at"> & { at: string })[]>`
    select r.run_id as "runId", min(r.created_at)::text as at,
      count(p.id) filter (where p.status <> 'failed')::int as paid,
      count(p.id) filter (where p.status = 'failed')::int as failed, count(r.refusal)::int as refused,
      coalesce(sum(p.amount) filter (where p.status <> 'failed'), 0)::float8 as total,
      coalesce(sum(p.amount) filter (where p.status = 'failed'), 0)::float8 as "failedTotal"
    from payout_runs r left join payouts p on p.id = r.payout_id
    group by r.run_id order by min(r.created_at) desc, r.run_id limit ${most}`;
  return rows.map(({ at, ...row }) => ({ ...row, at: new Date(at) }));
}
