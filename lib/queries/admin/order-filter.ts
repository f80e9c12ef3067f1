/** Which orders a list of the back office holds, as conditions on `orders o`: one place for list, export, and neighbours. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import type { Direction, OrderSort, OrderView } from "@/lib/domain/back-office";
import type { OrderFilter, OrderPayment } from "@/lib/domain/order-list";
import { startOf, ZONE } from "./calendar";
import { type Fragment, ownedBy } from "./scope";

export interface OrderChoice {
  /** Part of a number, a name, a SKU or, for admins, an e-mail address or phone number: see `findOrders`. */
  readonly search: string;
  readonly view: OrderView;
  readonly filter?: OrderFilter;
  /** These alone, whatever the list says. */
  readonly ids?: readonly string[];
  /** Those that come after this order where the newest comes first: the next piece of an export. */
  readonly after?: string;
}

/** Along which rows a list is read, as what they are called in it: everybody's orders, or one seller's own rows. */
export interface Way {
  /** Whose list it is: an owner's own, or the seller's that an admin chose. */
  readonly seller: string | null;
  /** Behind FROM; its WHERE is begun. */
  readonly from: Fragment;
  readonly id: Fragment;
  readonly placed: Fragment;
  readonly status: Fragment;
  /** Of the seller's part; nothing where it is everybody's list. */
  readonly part: Fragment;
  readonly total: Fragment;
}

/** The way of an owner's list is always their own rows: `mine`, beside the orders as `o`. */
export function wayOf(
  staff: Staff,
  { filter = {}, sort = "placed" }: { readonly filter?: OrderFilter | undefined; readonly sort?: OrderSort },
): Way {
  const seller = staff.kind === "owner" ? staff.ownerId : (filter.owner ?? null);
  const orders = {
    id: sql`o.id`,
    placed: sql`o.placed_at`,
    status: sql`o.status`,
    part: sql`null`,
    total: sql`o.total`,
  };
  if (!seller) return { ...orders, seller, from: sql`orders o where true` };
  // Whole sums, and the few orders that were refunded or are disputed, are found along indexes of the orders.
  if (staff.kind === "admin" && (sort === "total" || ALONG_ORDERS.has(filter.payment)))
    return {
      ...orders,
      seller: null,
      from: sql`orders o where exists (select from owner_orders m where m.order_id = o.id and m.owner_id = ${seller})`,
    };
  return {
    seller,
    // A left join of what is there for certain: PostgreSQL leaves it out where nothing asks.
    from: sql`owner_orders mine left join orders o on o.id = mine.order_id where mine.owner_id = ${seller}`,
    id: sql`mine.order_id`,
    placed: sql`mine.placed_at`,
    status: sql`mine.status`,
    part: sql`mine.part`,
    total: sql`mine.total`,
  };
}

const ALONG_ORDERS = new Set<OrderPayment | undefined>(["part-refunded", "refunded", "disputed"]);

/** The orders of a list that this member of staff sees, behind FROM; `found` is what its search says of them. */
export function matching(
  staff: Staff,
  way: Way,
  { view, filter = {}, ids, after }: Omit<OrderChoice, "search">,
  found: Fragment,
): Fragment {
  return sql`${way.from} and ${inView(staff, view, way)} and ${filtered(staff, way, filter)}
    and ${found} and ${ids ? sql`o.id in ${sql(ids)}` : sql`true`}
    and ${
      after
        ? // The bound alone is one that the index understands.
          sql`${way.placed} <= (select placed_at from orders where id = ${after}) and exists (select from orders last where last.id = ${after}
            and (o.placed_at < last.placed_at or (o.placed_at = last.placed_at and o.id > last.id)))`
        : sql`true`
    }`;
}

/** Which orders a view holds: an owner's stand where their own part does. */
export function inView(
  staff: Staff,
  view: OrderView,
  { id, status, part }: Pick<Way, "id" | "status" | "part">,
): Fragment {
  const own = staff.kind === "owner";
  // An order stands where its least advanced part does, so that for admins its own status tells, which is indexed.
  switch (view) {
    case "all":
      return sql`true`;
    case "to-ship":
      return sql`(${status} in ('confirmed', 'processing') and ${own ? sql`${part} in ('open', 'processing')` : sql`true`})`;
    case "unpaid":
      return sql`${status} = 'pending'`;
    case "shipped":
      return own
        ? sql`(${status} in ('processing', 'shipped') and ${part} = 'shipped')`
        : sql`(${status} = 'shipped' or (${status} = 'processing' and exists (
            select from fulfilments p where p.order_id = ${id} and p.status = 'shipped')))`;
    case "delivered":
      return own
        ? sql`(${status} <> 'cancelled' and ${part} = 'delivered')`
        : sql`${status} in ('delivered', 'completed')`;
    case "cancelled":
      return sql`${status} = 'cancelled'`;
  }
}

// By the same rules as `paymentState` tells them; of refunds an owner learns those of their own lines.
function paid(staff: Staff, payment: OrderPayment): Fragment {
  switch (payment) {
    case "paid":
      return sql`(o.captured > 0 and not ${refunded(staff, "some")})`;
    case "unpaid":
      return sql`(o.captured = 0 and o.status <> 'cancelled' and o.total > 0 and (o.status = 'pending'
        or o.payment_method <> 'cash_on_delivery'))`;
    case "on-delivery":
      return sql`(o.captured = 0 and o.status <> 'cancelled' and o.payment_method = 'cash_on_delivery' and o.status <> 'pending')`;
    case "part-refunded":
      return sql`(o.captured > 0 and ${refunded(staff, "part")})`;
    case "refunded":
      return sql`(o.captured > 0 and ${refunded(staff, "all")})`;
    case "disputed":
      return sql`o.is_disputed`;
  }
}

/** Whether anything, a part or all was given back: of an owner's goods by their lines that are known to be refunded. */
function refunded(staff: Staff, much: "some" | "part" | "all"): Fragment {
  if (staff.kind === "admin") {
    const many = { some: sql`true`, part: sql`o.refunded < o.captured`, all: sql`o.refunded >= o.captured` };
    return sql`(o.refunded > 0 and ${many[much]})`;
  }
  if (much === "some")
    return sql`exists (select from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")} and l.refunded_amount > 0)`;
  const sums = sql`(select sum(l.total - l.refunded_amount) from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")})`;
  return sql`(o.id = any(array(select l.order_id from order_lines l where ${ownedBy(staff, "l")} and l.refunded_amount > 0))
    and ${sums} ${much === "all" ? sql`<=` : sql`>`} 0)`;
}

function filtered(staff: Staff, way: Way, { status, payment, from, to, country }: OrderFilter): Fragment {
  return sql`(${status ? sql`${way.status} = ${status}` : sql`true`}
    and ${payment ? paid(staff, payment) : sql`true`}
    and ${way.seller && (payment === "unpaid" || payment === "on-delivery") ? sql`${way.id} = any(array(${UNCHARGED}))` : sql`true`}
    and ${from ? sql`${way.placed} >= ${startOf(from)}` : sql`true`}
    and ${to ? sql`${way.placed} < ((${to}::date + 1)::timestamp at time zone ${ZONE})` : sql`true`}
    and ${country ? goingTo(way, country) : sql`true`})`;
}

/** Few at any time: gathered before a seller's rows are walked along, which do not tell it. */
const UNCHARGED = sql`select u.id from orders u where u.captured = 0 and u.status <> 'cancelled'`;

const goingTo = ({ seller }: Way, country: string): Fragment =>
  seller
    ? sql`mine.country = ${country}`
    : sql`exists (select from order_addresses a where a.order_id = o.id and a.kind = 'shipping'
        and a.replaced_at is null and a.country = ${country})`;

/** The order of a list in both directions; the second sort makes it total, along the index. */
export function inOrder({ id, placed, total }: Way, sort: OrderSort, dir: Direction): Fragment {
  const key = sort === "placed" ? placed : total;
  return dir === "desc" ? sql`${key} desc, ${id}` : sql`${key} asc, ${id} desc`;
}
