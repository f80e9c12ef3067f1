/** One customer in the back office, with what they bought, sent back and said. */
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { isId } from "@/lib/domain/back-office";
import { NOWHERE } from "@/lib/domain/erased";
import type { OrderStatus } from "@/lib/domain/orders";
import type { ReturnStatus } from "@/lib/domain/returns";
import { type Fragment, ownedBy } from "./scope";

/** Who it is: an account, or everything a guest's address bought. */
type Holder = { userId: string } | { guestEmail: string };

export interface CustomerOrder {
  readonly number: string;
  readonly placedAt: Date;
  readonly status: OrderStatus;
  readonly currency: string;
  readonly pieces: number;
  /** Minor units; an owner's own goods, or the whole order. */
  readonly total: number;
  readonly refunded: number;
}

export interface Customer {
  readonly key: string;
  readonly name: string;
  /** Placed and not cancelled. */
  readonly orders: number;
  readonly cancelled: number;
  /** Minor units of the store's currency. */
  readonly value: number;
  readonly refunded: number;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
  /** The newest fifty. */
  readonly bought: readonly CustomerOrder[];
  readonly returns: readonly { number: string; status: ReturnStatus; at: Date }[];
  /** What admins alone see. */
  readonly own: CustomerOwn | null;
}

export interface CustomerOwn {
  readonly email: string;
  /** Null for guests. */
  readonly account: {
    readonly id: string;
    readonly username: string;
    readonly phone: string | null;
    readonly since: Date;
    readonly lastSignInAt: Date | null;
    readonly isVerified: boolean;
    readonly isActive: boolean;
    readonly tierId: string | null;
    readonly tier: string | null;
    readonly staffNote: string | null;
    readonly version: number;
    readonly marketing: boolean;
  } | null;
  /** Consent to be reminded of a cart, and alerts that wait. */
  readonly reminders: number;
  readonly alerts: number;
  readonly addresses: readonly string[];
  readonly reviews: readonly {
    product: string;
    slug: string;
    rating: number;
    title: string;
    status: string;
    at: Date;
  }[];
  /** What the staff keeps of the address, for orders without an account; version 0 where there is nothing. */
  readonly guestNote: { readonly note: string; readonly version: number };
  /** Orders by the same address without the account; they are a guest's until they are claimed. */
  readonly guestKey: string | null;
}

/** Who a page is about; null for unknown keys, and for owners of whom nobody bought. */
async function holderOf(staff: Staff, key: string): Promise<Holder | null> {
  if (!isId(key)) return null;
  if (staff.kind === "admin") {
    const [user] = await sql`select from users where id = ${key} and role = 'customer' and erased_at is null`;
    if (user) return { userId: key };
  }
  const [order] = await sql<{ userId: string | null; email: string }[]>`
    select o.user_id as "userId", lower(o.email) as email from orders o
    where o.id = ${key} and right(o.email, ${NOWHERE.length}) <> ${NOWHERE}
      and exists (select from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")})`;
  if (!order) return null;
  // An account's page has one address for admins: its own.
  if (order.userId) return staff.kind === "owner" ? { userId: order.userId } : null;
  return { guestEmail: order.email };
}

const heldBy = (holder: Holder): Fragment =>
  "userId" in holder
    ? sql`o.user_id = ${holder.userId}`
    : sql`(o.user_id is null and lower(o.email) = ${holder.guestEmail})`;

interface Sums {
  name: string | null;
  orders: number;
  cancelled: number;
  value: number;
  refunded: number;
  firstAt: string | null;
  lastAt: string | null;
}

/** The customer behind a key of the list; null for unknown ones and for those who bought nothing of an owner alike. */
export async function getCustomer(staff: Staff, key: string): Promise<Customer | null> {
  const holder = await holderOf(staff, key);
  if (!holder) return null;
  const isOwner = staff.kind === "owner";
  const mine = sql`
    from orders o join lateral (
      select sum(l.quantity)::int as pieces, sum(l.total) as total, sum(l.refunded_amount) as refunded
      from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")} having count(*) > 0) g on true
    where ${heldBy(holder)}`;
  const total = isOwner ? sql`g.total` : sql`o.total`;
  const refunded = isOwner ? sql`g.refunded` : sql`o.refunded`;
  const inStore = sql`o.currency = (select currency from settings where id = 1)`;
  const counts = sql`o.status not in ('pending', 'cancelled')`;
  const [[sums], bought, returns, own] = await Promise.all([
    isOwner
      ? sql<Sums[]>`
      select (count(*) filter (where ${counts}))::int as orders,
        (count(*) filter (where o.status = 'cancelled'))::int as cancelled,
        coalesce(sum(case when o.captured > 0 then g.total else 0 end - g.refunded) filter (where ${inStore}), 0)::float8 as value,
        coalesce(sum(g.refunded) filter (where ${inStore}), 0)::float8 as refunded,
        (min(o.placed_at) filter (where ${counts}))::text as "firstAt", (max(o.placed_at) filter (where ${counts}))::text as "lastAt",
        (select d.name from order_addresses d join orders o on o.id = d.order_id
          where ${heldBy(holder)} and d.kind = 'shipping' and d.replaced_at is null and exists (
            select from order_lines l where l.order_id = o.id and ${ownedBy(staff, "l")})
          order by o.placed_at desc limit 1) as name ${mine}`
      : // What is kept of everybody: the list and the page tell the same sums.
        sql<Sums[]>`
      select c.orders, c.cancelled, c.spent::float8 as value, c.refunded::float8, c.first_at::text as "firstAt", c.last_at::text as "lastAt",
        (select d.name from order_addresses d where d.order_id = c.last_order and d.kind = 'shipping'
          and d.replaced_at is null) as name
      from customer_sums c where c.holder = ${"userId" in holder ? holder.userId : holder.guestEmail}`,
    sql<(Omit<CustomerOrder, "placedAt"> & { placedAt: string })[]>`
      select o.number, o.placed_at::text as "placedAt", o.status, o.currency, g.pieces, ${total}::float8 as total,
        ${refunded}::float8 as refunded ${mine} order by o.placed_at desc, o.id limit 50`,
    sql<{ number: string; status: ReturnStatus; at: string }[]>`
      select r.number, r.status, r.created_at::text as at from returns r join orders o on o.id = r.order_id
      where ${heldBy(holder)} and ${ownedBy(staff, "r")} order by r.created_at desc limit 50`,
    isOwner ? null : ownOf(holder),
  ]);
  if (!sums) return null;
  const { name, firstAt, lastAt, ...rest } = sums;
  return {
    ...rest,
    key,
    name: own?.name || name || own?.own.email || "Guest",
    firstAt: dateOf(firstAt),
    lastAt: dateOf(lastAt),
    bought: bought.map((row) => ({ ...row, placedAt: new Date(row.placedAt) })),
    returns: returns.map((row) => ({ ...row, at: new Date(row.at) })),
    own: own?.own ?? null,
  };
}

const dateOf = (text: string | null): Date | null => (text === null ? null : new Date(text));

type RawAccount = Omit<NonNullable<CustomerOwn["account"]>, "since" | "lastSignInAt"> & {
  email: string;
  name: string;
  since: string;
  lastSignInAt: string | null;
};

async function ownOf(holder: Holder): Promise<{ name: string; own: CustomerOwn } | null> {
  const userId = "userId" in holder ? holder.userId : null;
  const guestEmail = "guestEmail" in holder ? holder.guestEmail : null;
  const [[user], addresses, reviews, [other]] = await Promise.all([
    sql<RawAccount[]>`
      select u.id, u.email, trim(u.first_name || ' ' || u.last_name) as name, u.username, u.phone, u.created_at::text as since,
        u.last_sign_in_at::text as "lastSignInAt", u.email_verified_at is not null as "isVerified", u.is_active as "isActive",
        u.membership_tier_id as "tierId", t.name as tier, u.staff_note as "staffNote", u.version, u.marketing_opt_in as marketing
      from users u left join membership_tiers t on t.id = u.membership_tier_id where u.id = ${userId}`,
    sql<{ text: string }[]>`
      select distinct concat_ws(', ', a.name, a.company, a.line1, a.line2, trim(concat_ws(' ', a.postal_code, a.city)), a.region, a.country) as text
      from (
        select name, company, line1, line2, postal_code, city, region, country from addresses where user_id = ${userId}
        union all select d.name, d.company, d.line1, d.line2, d.postal_code, d.city, d.region, d.country
        from order_addresses d join orders o on o.id = d.order_id where ${heldBy(holder)} and d.replaced_at is null
      ) a order by 1 limit 20`,
    sql<{ product: string; slug: string; rating: number; title: string; status: string; at: string }[]>`
      select p.name as product, p.slug, r.rating, coalesce(r.title, '') as title, r.status, r.created_at::text as at
      from reviews r join products p on p.id = r.product_id where r.user_id = ${userId} order by r.created_at desc limit 50`,
    sql<
      {
        guestKey: string | null;
        reminders: number;
        alerts: number;
        note: string | null;
        version: number | null;
      }[]
    >`
      select (select min(o.id::text) from orders o where o.user_id is null and ${userId !== null}
          and lower(o.email) = (select lower(email) from users where id = ${userId})) as "guestKey",
        (select count(*) from carts where user_id = ${userId} and reminder_consent_at is not null and status = 'active')::int as reminders,
        (select count(*) from alerts where sent_at is null and (user_id = ${userId} or (user_id is null and lower(email) = ${guestEmail})))::int as alerts,
        g.note, g.version
      from (select 1) one left join guest_notes g on g.email = coalesce(${guestEmail}, (select lower(email) from users where id = ${userId}))`,
  ]);
  const email = user?.email ?? guestEmail;
  if (email === null) return null;
  const account = user && {
    ...user,
    since: new Date(user.since),
    lastSignInAt: dateOf(user.lastSignInAt),
  };
  return {
    name: user?.name ?? "",
    own: {
      email,
      account: account ?? null,
      reminders: other?.reminders ?? 0,
      alerts: other?.alerts ?? 0,
      addresses: addresses.map(({ text }) => text),
      reviews: reviews.map((row) => ({ ...row, at: new Date(row.at) })),
      guestNote: { note: other?.note ?? "", version: other?.version ?? 0 },
      guestKey: other?.guestKey ?? null,
    },
  };
}

/** The tiers that a customer may be given, the lowest first. */
export async function listTiers(): Promise<{ id: string; name: string; benefit: string }[]> {
  return sql`select id, name, benefit from membership_tiers order by position, name`;
}
