/** Owners' money: balances, payouts and statements, all from the ledger. Owners see their own, admins everybody's. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { ownedBy } from "./scope";

/** All sums in minor units. */
export interface Balance {
  readonly ownerId: string;
  readonly name: string;
  /** What the shop owes them; negative where returns took more than was earned since. */
  readonly balance: number;
  /** The part of it that an open dispute may still take back: no payout takes it. */
  readonly held: number;
  /** In payouts that have not arrived. */
  readonly onTheWay: number;
  /** By transfer, where they have an account at the gateway. */
  readonly byTransfer: boolean;
}

export async function listBalances(staff: Staff): Promise<Balance[]> {
  return sql<Balance[]>`
    with by_order as (
      select e.owner_id, t.order_id, -sum(e.amount) as due
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where e.account = 'owner_payable' and ${ownedBy(staff, "e")} group by 1, 2
    ), held as (
      select e.owner_id, t.order_id, -sum(e.amount) as due
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where e.account = 'owner_payable' and ${ownedBy(staff, "e")}
        and exists (select from disputes d where d.order_id = t.order_id and d.status = 'open')
        and not exists (select from payout_lines l where l.ledger_entry_id = e.id and not l.is_released)
      group by 1, 2 having -sum(e.amount) > 0
    )
    select w.id as "ownerId", w.name, w.stripe_account_id is not null as "byTransfer",
      coalesce((select sum(due) from by_order b where b.owner_id = w.id), 0)::float8 as balance,
      coalesce((select sum(due) from held h where h.owner_id = w.id), 0)::float8 as held,
      coalesce((select sum(p.amount) from payouts p where p.owner_id = w.id and p.status = 'pending'), 0)::float8 as "onTheWay"
    from owners w where ${staff.kind === "owner" ? sql`w.id = ${staff.ownerId}` : sql`true`} order by w.name, w.id`;
}

export interface StatementLine {
  readonly at: Date;
  readonly kind: string;
  readonly what: "earned" | "given back" | "paid out" | "other";
  /** The order it is about; null for payouts. */
  readonly orderNumber: string | null;
  /** In the owner's favour positive. */
  readonly amount: number;
}

export interface Statement {
  readonly ownerId: string;
  readonly name: string;
  readonly currency: string;
  readonly opening: number;
  readonly lines: readonly StatementLine[];
  readonly earned: number;
  readonly givenBack: number;
  readonly paidOut: number;
  readonly other: number;
  /** opening + earned + given back + paid out + other, to the last minor unit. */
  readonly closing: number;
}

/** What happened to an owner's balance from `from` until just before `until`; null for other people's owners. */
export async function getStatement(
  staff: Staff,
  { ownerId, from, until }: { ownerId: string; from: Date; until: Date },
): Promise<Statement | null> {
  const mine = staff.kind === "owner" ? sql`w.id = ${staff.ownerId}` : sql`true`;
  const [start, end] = [from.toISOString(), until.toISOString()];
  const [[owner], rows] = await Promise.all([
    sql<{ name: string; currency: string; opening: number }[]>`
      select w.name, s.currency, coalesce((select -sum(e.amount) from ledger_entries e
        where e.owner_id = w.id and e.account = 'owner_payable' and e.created_at < ${start}::timestamptz), 0)::float8 as opening
      from owners w cross join settings s where w.id = ${ownerId} and ${mine}`,
    sql<(Omit<StatementLine, "at"> & { at: string })[]>`
      select e.created_at::text as at, t.kind, o.number as "orderNumber", (-e.amount)::float8 as amount,
        case when t.kind = 'line_completed' then 'earned' when t.kind like 'refund%' then 'given back'
          when t.kind like 'payout%' then 'paid out' else 'other' end as what
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id left join orders o on o.id = t.order_id
      where e.owner_id = ${ownerId} and ${ownedBy(staff, "e")} and e.account = 'owner_payable'
        and e.created_at >= ${start}::timestamptz and e.created_at < ${end}::timestamptz
      order by e.created_at, e.id`,
  ]);
  if (!owner) return null;
  const lines = rows.map((row) => ({ ...row, at: new Date(row.at) }));
  const sumOf = (what: StatementLine["what"]) =>
    lines.reduce((sum, line) => sum + (line.what === what ? line.amount : 0), 0);
  const earned = sumOf("earned");
  const givenBack = sumOf("given back");
  const paidOut = sumOf("paid out");
  const other = sumOf("other");
  const closing = owner.opening + earned + givenBack + paidOut + other;
  return { ownerId, ...owner, lines, earned, givenBack, paidOut, other, closing };
}
