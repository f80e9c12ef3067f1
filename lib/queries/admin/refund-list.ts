/** The list of refunds in the back office. Owners see those of their own goods, and of each what their goods were. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import type { Direction } from "@/lib/domain/back-office";
import type { RefundStatus } from "@/lib/domain/payments";
import { type RefundFilter, type RefundSort, type RefundView, refundViews } from "@/lib/domain/refund-list";
import { startOf, ZONE } from "./calendar";
import { findOrders } from "./order-search";
import { canTryAgain, isByHand, waitsForPerson } from "./refunds";
import { countText, type Fragment, limited, MOST, type Page, pagesOf } from "./scope";

export interface RefundRow {
  readonly id: string;
  readonly status: RefundStatus;
  /** Minor units; of an owner's own goods, the whole refund for an admin. */
  readonly amount: number;
  readonly currency: string;
  readonly orderId: string;
  readonly orderNumber: string;
  /** The state of the order, for forms. */
  readonly seen: number;
  /** Of the delivery address. */
  readonly customer: string;
  /** For admins, as all that follows: e-mail address, whose goods, why it failed, and who asked. */
  readonly email: string | null;
  readonly sellers: string | null;
  readonly failure: string | null;
  /** Null where the shop did by itself. */
  readonly by: string | null;
  readonly reason: string;
  readonly at: Date;
  /** Cash goes back by hand, and a person records that it did. */
  readonly byHand: boolean;
  readonly canTryAgain: boolean;
}

export interface RefundChoice {
  /** Of the order: part of a number, a name, a SKU or, for admins, an e-mail address or phone number. */
  readonly search: string;
  readonly view: RefundView;
  readonly filter?: RefundFilter;
  readonly sort: RefundSort;
  readonly dir?: Direction | "";
  /** Those that come after this one where the newest comes first: the next piece of an export. */
  readonly after?: string;
}

/** One page of refunds, with how many each view holds: "10,000+" where there are more. */
export async function listAllRefunds(staff: Staff, query: RefundChoice & Page) {
  const { where } = await findOrders(staff, query.search);
  const [rows, { counts, isCut }] = await Promise.all([
    read(staff, query, query, where),
    countViews(staff, query, where),
  ]);
  const last = pagesOf(Math.min(counts[query.view], MOST), query);
  // What is not counted to its end has a next page as long as this one is full.
  const next = rows.length === query.pageSize ? query.page + 1 : query.page;
  return {
    rows,
    counts: Object.fromEntries(
      refundViews.map((view) => [view, countText(counts[view], isCut || counts[view] > MOST)]),
    ) as Record<RefundView, string>,
    pages: isCut ? Math.max(last, next) : last,
  };
}

/** The refunds of a list in its order. */
export async function readRefunds(staff: Staff, query: RefundChoice, page: Page): Promise<RefundRow[]> {
  return read(staff, query, page, (await findOrders(staff, query.search)).where);
}

/** `isCut`: of a list that is cut down the newest were looked at alone, and every view holds at least so many. */
async function countViews(staff: Staff, query: RefundChoice, found: Fragment) {
  const isWhole = !query.search && !query.filter?.from && !query.filter?.to && !sellerOf(staff, query);
  const counted = refundViews
    .map((view) => sql`count(*) filter (where ${inView(staff, view)})::int as ${sql(view)}`)
    .reduce((all, one) => sql`${all}, ${one}`);
  const [counts] = await sql<Record<RefundView, number>[]>`
    select ${counted} from (select f.* ${matching(staff, { ...query, view: "all" }, found)}
      ${isWhole ? sql`` : sql`order by f.created_at desc, f.id desc limit ${MOST + 1}`}) f`;
  const none = { all: 0, "to-do": 0, reserved: 0, pending: 0, succeeded: 0, failed: 0 };
  return { counts: counts ?? none, isCut: !isWhole && (counts?.all ?? 0) > MOST };
}

async function read(staff: Staff, query: RefundChoice, page: Page, found: Fragment): Promise<RefundRow[]> {
  const own = staff.kind === "owner";
  const mine = own ? sql`(${goodsOf(staff.ownerId)})` : sql`f.amount`;
  const way = query.dir === "asc" ? sql`asc` : sql`desc`;
  // An owner's part of each would have to be added up first.
  const order =
    query.sort === "amount" && !own
      ? sql`f.amount ${way}, f.created_at desc, f.id desc`
      : sql`f.created_at ${way}, f.id ${way}`;
  const admins = (column: Fragment) => (own ? sql`null::text` : column);
  const rows = await sql<(Omit<RefundRow, "at"> & { at: string })[]>`
    with listed as (select f.id, row_number() over (order by ${order}) as at
      ${matching(staff, query, found)} order by ${order} ${limited(page)})
    select f.id, f.status, ${mine}::float8 as amount, o.currency, o.id as "orderId", o.number as "orderNumber", o.version as seen,
      coalesce(a.name, ${own ? sql`''` : sql`o.email`}) as customer, f.reason, f.created_at::text as at,
      ${admins(sql`o.email`)} as email, ${admins(sql`f.failure_code`)} as failure,
      ${admins(sql`coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username)`)} as by,
      ${admins(sql`(select string_agg(distinct w.name, ', ') from refund_lines b join order_lines l on l.id = b.order_line_id
        join owners w on w.id = l.owner_id where b.refund_id = f.id)`)} as sellers,
      ${own ? sql`false` : sql`(${isByHand()})`} as "byHand", ${own ? sql`false` : sql`(${canTryAgain()})`} as "canTryAgain"
    from listed join refunds f on f.id = listed.id join orders o on o.id = f.order_id
    left join users u on u.id = f.requested_by
    left join order_addresses a on a.order_id = o.id and a.kind = 'shipping' and a.replaced_at is null
    order by listed.at`;
  return rows.map((row) => ({ ...row, at: new Date(row.at) }));
}

const sellerOf = (staff: Staff, { filter }: RefundChoice): string | undefined =>
  staff.kind === "owner" ? staff.ownerId : filter?.owner;

/** Refunds as `f`, their orders as `o`. */
function matching(staff: Staff, query: RefundChoice, found: Fragment): Fragment {
  const { view, filter = {}, after } = query;
  const seller = sellerOf(staff, query);
  // A left join of what is there for certain: PostgreSQL leaves it out where nothing asks.
  return sql`from refunds f left join orders o on o.id = f.order_id
    where ${inView(staff, view)} and ${found}
      ${
        seller
          ? // The order has to be theirs before it is asked whose goods the money was for.
            sql`and exists (select from owner_orders m where m.order_id = f.order_id and m.owner_id = ${seller})
              and exists (select from refund_lines b join order_lines l on l.id = b.order_line_id
                where b.refund_id = f.id and l.owner_id = ${seller})`
          : sql``
      }
      ${filter.from ? sql`and f.created_at >= ${startOf(filter.from)}` : sql``}
      ${filter.to ? sql`and f.created_at < ((${filter.to}::date + 1)::timestamp at time zone ${ZONE})` : sql``}
      ${after ? sql`and (f.created_at, f.id) < (select l.created_at, l.id from refunds l where l.id = ${after})` : sql``}`;
}

/** What of a refund was for one seller's goods. */
const goodsOf = (seller: string): Fragment => sql`select coalesce(sum(b.amount), 0) from refund_lines b
  join order_lines l on l.id = b.order_line_id where b.refund_id = f.id and l.owner_id = ${seller}`;

function inView(staff: Staff, view: RefundView): Fragment {
  if (view === "all") return sql`true`;
  if (view === "to-do") return staff.kind === "admin" ? waitsForPerson() : sql`false`;
  return sql`f.status = ${view}`;
}
