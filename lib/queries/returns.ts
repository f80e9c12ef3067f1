/** What people see of the returns of all their orders. Never cached. */
import { sql } from "@/db/client";
import type { User } from "@/lib/domain/actors";
import type { ReturnStatus } from "@/lib/domain/returns";

export interface OwnReturn {
  readonly number: string;
  readonly orderNumber: string;
  readonly status: ReturnStatus;
  readonly createdAt: Date;
  readonly pieces: number;
  /** Of the first line. */
  readonly name: string;
  readonly currency: string;
  /** Minor units; null while nothing is given back. */
  readonly amount: number | null;
}

/** One's own returns, the newest first. */
export async function listOwnReturns(user: User): Promise<OwnReturn[]> {
  const rows = await sql<(Omit<OwnReturn, "createdAt"> & { createdAt: string })[]>`
    select r.number, o.number as "orderNumber", r.status, r.created_at as "createdAt", o.currency, goods.pieces, goods.name,
      (select f.amount::float8 from refunds f where f.id = r.refund_id) as amount
    from returns r join orders o on o.id = r.order_id
    cross join lateral (select sum(b.quantity)::int as pieces, (array_agg(l.product_name order by l.position))[1] as name
      from return_lines b join order_lines l on l.id = b.order_line_id where b.return_id = r.id) goods
    where o.user_id = ${user.userId} order by r.created_at desc, r.id limit 200`;
  return rows.map((row) => ({ ...row, createdAt: new Date(row.createdAt) }));
}
