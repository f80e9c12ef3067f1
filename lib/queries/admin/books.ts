/** Owners' money: balances, payouts and statements, all from the ledger. Owners see their own, admins everybody's. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { limited, ownedBy, type Page } from "./scope";

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
  /** Blocked owners are paid nothing. */
  readonly isActive: boolean;
  /** By transfer, where they have an account at the gateway. */
  readonly byTransfer: boolean;
  /** Parts per million of a sale that the shop keeps; null where the shop's own rate holds. */
  readonly commission: number | null;
  readonly shopCommission: number;
}

/** What the shop owes its owners, each a row; with `ownerId` that one alone. */
export async function listBalances(staff: Staff, ownerId?: string): Promise<Balance[]> {
  const of = ownerId ? sql`e.owner_id = ${ownerId}` : sql`true`;
  return sql<Balance[]>`
    with by_order as (
      select e.owner_id, t.order_id, -sum(e.amount) as due
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where e.account = 'owner_payable' and ${ownedBy(staff, "e")} and ${of} group by 1, 2
    ), held as (
      select e.owner_id, t.order_id, -sum(e.amount) as due
      from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
      where e.account = 'owner_payable' and ${ownedBy(staff, "e")} and ${of}
        and exists (select from disputes d where d.order_id = t.order_id and d.status = 'open')
        and not exists (select from payout_lines l where l.ledger_entry_id = e.id and not l.is_released)
      group by 1, 2 having -sum(e.amount) > 0
    )
    select w.id as "ownerId", w.name, w.stripe_account_id is not null as "byTransfer",
      w.is_active and (select u.is_active from users u where u.id = w.user_id) as "isActive",
      w.commission, (select commission from settings where id = 1) as "shopCommission",
      coalesce((select sum(due) from by_order b where b.owner_id = w.id), 0)::float8 as balance,
      coalesce((select sum(due) from held h where h.owner_id = w.id), 0)::float8 as held,
      coalesce((select sum(p.amount) from payouts p where p.owner_id = w.id and p.status = 'pending'), 0)::float8 as "onTheWay"
    from owners w where ${staff.kind === "owner" ? sql`w.id = ${staff.ownerId}` : sql`true`}
      and ${ownerId ? sql`w.id = ${ownerId}` : sql`true`} order by w.name, w.id`;
}

export type StatementKind = "earned" | "given back" | "paid out" | "payout failed" | "other";

export interface StatementLine {
  readonly id: string;
  readonly at: Date;
  readonly kind: string;
  readonly what: StatementKind;
  /** The order it is about; null for payouts. */
  readonly orderNumber: string | null;
  /** The order line it is about, as it was bought; null for payouts. */
  readonly goods: string | null;
  readonly pieces: number | null;
  /** Of that line, what it brought after discount, without tax, and what the shop keeps of it; given back: negative. */
  readonly net: number | null;
  readonly commission: number | null;
  /** In the owner's favour positive. */
  readonly amount: number;
}

export interface Statement {
  readonly ownerId: string;
  readonly name: string;
  readonly currency: string;
  readonly opening: number;
  /** Those of the page that was asked for, the oldest first. */
  readonly lines: readonly StatementLine[];
  /** How many there are in the period. */
  readonly count: number;
  readonly earned: number;
  readonly givenBack: number;
  readonly paidOut: number;
  readonly other: number;
  /** opening + earned + given back + paid out + other, to the last minor unit. */
  readonly closing: number;
}

export interface StatementQuery extends Partial<Page> {
  readonly ownerId: string;
  readonly from: Date;
  readonly until: Date;
}

const WHAT = sql`case when t.kind = 'line_completed' then 'earned' when t.kind like 'refund%' then 'given back'
  when t.kind = 'payout_failed' then 'payout failed' when t.kind like 'payout%' then 'paid out' else 'other' end`;

/** What happened to an owner's balance from `from` until just before `until`; null for other people's owners. */
export async function getStatement(
  staff: Staff,
  { ownerId, from, until, page = 1, pageSize = 1_000 }: StatementQuery,
): Promise<Statement | null> {
  const mine = staff.kind === "owner" ? sql`w.id = ${staff.ownerId}` : sql`true`;
  const [start, end] = [from.toISOString(), until.toISOString()];
  const within = sql`
    from ledger_entries e join ledger_transactions t on t.id = e.transaction_id
    where e.owner_id = ${ownerId} and ${ownedBy(staff, "e")} and e.account = 'owner_payable'
      and e.created_at >= ${start}::timestamptz and e.created_at < ${end}::timestamptz`;
  const [[owner], sums, rows] = await Promise.all([
    sql<{ name: string; currency: string; opening: number }[]>`
      select w.name, s.currency, coalesce((select -sum(e.amount) from ledger_entries e
        where e.owner_id = w.id and e.account = 'owner_payable' and e.created_at < ${start}::timestamptz), 0)::float8 as opening
      from owners w cross join settings s where w.id = ${ownerId} and ${mine}`,
    sql<{ what: StatementKind; sum: number; count: number }[]>`
      select ${WHAT} as what, -sum(e.amount)::float8 as sum, count(*)::int as count ${within} group by 1`,
    sql<(Omit<StatementLine, "at"> & { at: string })[]>`
      with shown as (
        select e.id, e.transaction_id, e.created_at, t.kind, t.source_id, t.order_id, -e.amount as amount, ${WHAT} as what
        ${within} order by e.created_at, e.id ${limited({ page, pageSize })})
      select e.id, e.created_at::text as at, e.kind, e.what, o.number as "orderNumber", e.amount::float8,
        trim(l.product_name || ' ' || l.variant_title) as goods, l.quantity as pieces,
        case when l.id is not null then coalesce(x.net, 0)::float8 end as net,
        case when l.id is not null then coalesce(x.commission, 0)::float8 end as commission
      from shown e left join orders o on o.id = e.order_id
      left join order_lines l on l.order_id = e.order_id and l.id::text = right(e.source_id, 36)
      left join lateral (
        select sum(y.amount) filter (where y.account = 'owner_share') as net,
          -sum(y.amount) filter (where y.account = 'commission') as commission
        from ledger_entries y where y.transaction_id = e.transaction_id and y.created_at = e.created_at) x on true
      order by e.created_at, e.id`,
  ]);
  if (!owner) return null;
  const sumOf = (what: StatementKind) => sums.find((each) => each.what === what)?.sum ?? 0;
  const earned = sumOf("earned");
  const givenBack = sumOf("given back");
  // What did not arrive was not paid out.
  const paidOut = sumOf("paid out") + sumOf("payout failed");
  const other = sumOf("other");
  return {
    ownerId,
    ...owner,
    lines: rows.map((row) => ({ ...row, at: new Date(row.at) })),
    count: sums.reduce((sum, { count }) => sum + count, 0),
    earned,
    givenBack,
    paidOut,
    other,
    closing: owner.opening + earned + givenBack + paidOut + other,
  };
}
