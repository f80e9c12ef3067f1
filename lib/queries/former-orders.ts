/** What people see of their orders in the former shop: by their address, once they have proved that it is theirs. */
import { sql } from "@/db/client";
import type { User } from "@/lib/domain/actors";

const SHOWN = 50;

export interface OwnFormerOrder {
  readonly id: string;
  readonly number: string;
  readonly placedAt: Date;
  readonly currency: string;
  /** Minor units of its own currency. */
  readonly total: number;
  readonly refunded: number;
  readonly financialStatus: string;
  readonly fulfilmentStatus: string;
  readonly cancelledAt: Date | null;
  readonly lines: readonly { readonly title: string; readonly quantity: number; readonly price: number }[];
}

/**
 * The newest fifty, with how many there are. None for an account whose address is not proved: anybody can open one on
 * anybody's address.
 */
export async function listOwnFormerOrders({
  userId,
}: Pick<User, "userId">): Promise<{ orders: OwnFormerOrder[]; count: number }> {
  const mine = sql`f.email = (select lower(u.email) from users u where u.id = ${userId}
    and u.email_verified_at is not null and u.erased_at is null)`;
  const [rows, [all]] = await Promise.all([
    sql<
      (Omit<OwnFormerOrder, "placedAt" | "cancelledAt"> & { placedAt: string; cancelledAt: string | null })[]
    >`
      select f.id, f.number, f.placed_at::text as "placedAt", f.currency, f.total::float8 as total,
        f.refunded::float8 as refunded, f.financial_status as "financialStatus", f.fulfilment_status as "fulfilmentStatus",
        f.cancelled_at::text as "cancelledAt", coalesce((
          select json_agg(json_build_object('title', l.title, 'quantity', l.quantity, 'price', l.price) order by l.position)
          from former_order_lines l where l.order_id = f.id), '[]') as lines
      from former_orders f where ${mine} order by f.placed_at desc, f.id limit ${SHOWN}`,
    sql<{ n: number }[]>`select count(*)::int as n from former_orders f where ${mine}`,
  ]);
  return {
    orders: rows.map((row) => ({
      ...row,
      placedAt: new Date(row.placedAt),
      cancelledAt: row.cancelledAt === null ? null : new Date(row.cancelledAt),
    })),
    count: all?.n ?? 0,
  };
}
