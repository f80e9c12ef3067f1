/** Which orders a list of the back office holds, as conditions on `orders o`: one place for list, export, and neighbours. */
import { sql } from "@/db/client";
import type { Owner, Staff } from "@/lib/domain/actors";
import type { Direction, OrderSort, OrderView } from "@/lib/domain/back-office";
import type { OrderFilter, OrderPayment } from "@/lib/domain/order-list";
import { startOf, ZONE } from "./calendar";
import { type Fragment, ownedBy, toShip } from "./scope";

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

/** The orders of a list that this member of staff sees; `found` is what its search says of them. */
export function matching(
  staff: Staff,
  { view, filter = {}, ids, after }: Omit<OrderChoice, "search">,
  found: Fragment,
): Fragment {
  return sql`${seenBy(staff)} and ${inView(staff, view)} and ${filtered(staff, filter)}
    and ${found} and ${ids ? sql`o.id in ${sql(ids)}` : sql`true`}
    and ${
      after
        ? // The bound alone is one that the index understands.
          sql`o.placed_at <= (select placed_at from orders where id = ${after}) and exists (select from orders last where last.id = ${after}
            and (o.placed_at < last.placed_at or (o.placed_at = last.placed_at and o.id > last.id)))`
        : sql`true`
    }`;
}

const parts = (staff: Staff, condition: Fragment): Fragment =>
  sql`exists (select from fulfilments f where f.order_id = o.id and ${ownedBy(staff, "f")} and ${condition})`;

const seenBy = (staff: Staff): Fragment => (staff.kind === "owner" ? parts(staff, sql`true`) : sql`true`);

/** Which orders a view holds. */
export function inView(staff: Staff, view: OrderView): Fragment {
  const own = staff.kind === "owner";
  // An order stands where its least advanced part does, so that for admins its own status tells, which is indexed.
  switch (view) {
    case "all":
      return sql`true`;
    case "to-ship":
      return own
        ? sql`(o.status in ('confirmed', 'processing') and ${parts(staff, sql`f.status in ('open', 'processing')`)})`
        : sql`o.status in ('confirmed', 'processing')`;
    case "unpaid":
      return sql`o.status = 'pending'`;
    case "shipped":
      return own
        ? sql`(o.status not in ('pending', 'confirmed', 'cancelled') and ${parts(staff, sql`f.status = 'shipped'`)})`
        : sql`(o.status = 'shipped' or (o.status = 'processing' and ${parts(staff, sql`f.status = 'shipped'`)}))`;
    case "delivered":
      return own
        ? sql`(o.status not in ('pending', 'confirmed', 'cancelled') and ${parts(staff, sql`f.status = 'delivered'`)}
            and not ${parts(staff, sql`f.status <> 'delivered'`)})`
        : sql`o.status in ('delivered', 'completed')`;
    case "cancelled":
      return sql`o.status = 'cancelled'`;
  }
}

/**
 * The orders of a view as an owner's own parts, of which an order has one: read along the index of their status. Says of
 * each view what `inView` does; what was sent or came is that of an order that goes on.
 */
export function partsIn(owner: Owner, view: OrderView): Fragment {
  const mine = sql`select from fulfilments f where ${ownedBy(owner, "f")}`;
  const withOrder = sql`select from fulfilments f join orders o on o.id = f.order_id where ${ownedBy(owner, "f")}`;
  switch (view) {
    case "all":
      return mine;
    case "to-ship":
      return sql`${withOrder} and ${toShip()}`;
    case "unpaid":
      return sql`select from orders o where o.status = 'pending' and ${parts(owner, sql`true`)}`;
    case "shipped":
    case "delivered":
      return sql`${mine} and f.status = ${view}`;
    case "cancelled":
      return sql`${withOrder} and f.status = 'cancelled' and o.status = 'cancelled'`;
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

function filtered(staff: Staff, { status, payment, from, to, country, owner }: OrderFilter): Fragment {
  return sql`(${status ? sql`o.status = ${status}` : sql`true`}
    and ${payment ? paid(staff, payment) : sql`true`}
    and ${from ? sql`o.placed_at >= ${startOf(from)}` : sql`true`}
    and ${to ? sql`o.placed_at < ((${to}::date + 1)::timestamp at time zone ${ZONE})` : sql`true`}
    and ${
      country
        ? sql`exists (select from order_addresses a where a.order_id = o.id and a.kind = 'shipping'
            and a.replaced_at is null and a.country = ${country})`
        : sql`true`
    }
    and ${
      owner && staff.kind === "admin"
        ? sql`exists (select from fulfilments f where f.order_id = o.id and f.owner_id = ${owner})`
        : sql`true`
    })`;
}

/** What a list is sorted by: an owner's sums are those of their own lines. */
export const sortedBy = (staff: Staff, sort: OrderSort): Fragment =>
  sort === "placed"
    ? sql`o.placed_at`
    : staff.kind === "owner"
      ? sql`(select sum(l.total)::float8 from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")})`
      : sql`o.total`;

/** The order of a list in both directions; the second sort makes it total, along the index. */
export function inOrder(staff: Staff, sort: OrderSort, dir: Direction, turned = false): Fragment {
  const isDown = (dir === "desc") !== turned;
  const key = sortedBy(staff, sort);
  return isDown ? sql`${key} desc, o.id` : sql`${key} asc, o.id desc`;
}
