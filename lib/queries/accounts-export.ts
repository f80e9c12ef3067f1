/** Everything that the shop knows about a person, in one object to take along. Amounts are in minor units. */
import type { PendingQuery, Row } from "postgres";
import { sql } from "@/db/client";
import type { User } from "@/lib/domain/actors";

type Query = PendingQuery<Row[]>;

/**
 * One's own data; secrets (password, tokens) and what others said are left out. Orders of the former shop go with the
 * address: only who has proved it gets them, or the admin who was asked and saw to that (`isProved`).
 */
export async function exportAccount({ userId }: Pick<User, "userId">, { isProved = false } = {}) {
  const [profile, signIns, addresses, orders, reviews, votes] = await Promise.all([
    json(sql`
      select json_build_object('email', u.email, 'username', u.username, 'firstName', u.first_name, 'lastName', u.last_name,
        'phone', u.phone, 'role', u.role, 'membership', t.name, 'marketing', u.marketing_opt_in,
        'emailVerifiedAt', u.email_verified_at, 'lastSignInAt', u.last_sign_in_at, 'createdAt', u.created_at) as row
      from users u left join membership_tiers t on t.id = u.membership_tier_id where u.id = ${userId}`),
    json(sql`select json_build_object('provider', provider) as row from accounts where user_id = ${userId}`),
    json(sql`
      select to_jsonb(a) - 'user_id' as row from addresses a where a.user_id = ${userId} order by a.created_at`),
    json(ordersOf(sql`o.user_id = ${userId}`)),
    json(sql`
      select json_build_object('product', p.name, 'rating', r.rating, 'title', r.title, 'comment', r.comment,
        'shownAs', r.author_name, 'status', r.status, 'isVerified', r.is_verified, 'ownersReply', r.reply,
        'helpfulVotes', r.helpful_count, 'createdAt', r.created_at, 'updatedAt', r.updated_at) as row
      from reviews r join products p on p.id = r.product_id where r.user_id = ${userId} order by r.created_at`),
    json(sql`
      select json_build_object('product', p.name, 'votedAt', v.created_at) as row
      from review_votes v join reviews r on r.id = v.review_id join products p on p.id = r.product_id
      where v.voter = ${userId} order by v.created_at`),
  ]);
  const [wishlist, cart, alerts, notifications, sessions, mails, formerOrders] = await Promise.all([
    json(sql`
      select json_build_object('product', p.name, 'variant', v.title, 'sku', v.sku, 'priceWhenSaved', i.price_snapshot,
        'savedAt', i.created_at) as row
      from wishlists w join wishlist_items i on i.wishlist_id = w.id join variants v on v.id = i.variant_id
      join products p on p.id = v.product_id where w.user_id = ${userId} order by i.created_at`),
    json(sql`
      select json_build_object('product', p.name, 'variant', v.title, 'sku', v.sku, 'quantity', i.quantity,
        'addedAt', i.created_at) as row
      from carts c join cart_items i on i.cart_id = c.id join variants v on v.id = i.variant_id
      join products p on p.id = v.product_id where c.user_id = ${userId} and c.status = 'active' order by i.created_at`),
    json(sql`
      select json_build_object('kind', a.kind, 'product', p.name, 'sku', v.sku, 'email', a.email, 'sentAt', a.sent_at,
        'createdAt', a.created_at) as row
      from alerts a join variants v on v.id = a.variant_id join products p on p.id = v.product_id
      where a.user_id = ${userId} order by a.created_at`),
    json(sql`
      select json_build_object('type', type, 'title', title, 'message', message, 'link', link, 'readAt', read_at,
        'createdAt', created_at) as row
      from notifications where user_id = ${userId} order by created_at`),
    json(sql`
      select json_build_object('device', user_agent, 'createdAt', created_at, 'lastSeenAt', last_seen_at,
        'endsAt', expires_at, 'revokedAt', revoked_at) as row
      from sessions where user_id = ${userId} order by created_at`),
    json(sql`
      select json_build_object('subject', m.subject, 'to', m.to_email, 'status', m.status, 'createdAt', m.created_at) as row
      from mail m join users u on lower(u.email) = lower(m.to_email)
      where u.id = ${userId} and u.email_verified_at is not null order by m.created_at`),
    json(
      formerOrdersOf(sql`f.email = (select lower(u.email) from users u where u.id = ${userId}
        and (u.email_verified_at is not null or ${isProved}))`),
    ),
  ]);
  return {
    about: ABOUT,
    profile: profile[0] ?? {},
    signIns,
    addresses,
    orders,
    formerOrders,
    reviews,
    votes,
    wishlist,
    cart,
    alerts,
    notifications,
    sessions,
    mails,
  };
}

/** What is kept of a guest: all that stands under an address and belongs to no account. For admins who were asked for it. */
export async function exportGuest(email: string) {
  const address = email.toLowerCase();
  const [orders, formerOrders, alerts, mails] = await Promise.all([
    json(ordersOf(sql`o.user_id is null and lower(o.email) = ${address}`)),
    // Where an account has the address they are its.
    json(
      formerOrdersOf(
        sql`f.email = ${address} and not exists (select from users u where lower(u.email) = ${address})`,
      ),
    ),
    json(sql`
      select json_build_object('kind', a.kind, 'product', p.name, 'sku', v.sku, 'email', a.email, 'sentAt', a.sent_at,
        'createdAt', a.created_at) as row
      from alerts a join variants v on v.id = a.variant_id join products p on p.id = v.product_id
      where a.user_id is null and lower(a.email) = ${address} order by a.created_at`),
    json(sql`
      select json_build_object('subject', m.subject, 'to', m.to_email, 'status', m.status, 'createdAt', m.created_at) as row
      from mail m join orders o on o.id = m.order_id
      where o.user_id is null and lower(m.to_email) = ${address} order by m.created_at`),
  ]);
  return { about: ABOUT, email: address, orders, formerOrders, alerts, mails };
}

/** What is kept of somebody who is known from the former shop alone. */
export async function exportFormerCustomer(email: string) {
  const address = email.toLowerCase();
  return {
    about: ABOUT,
    email: address,
    formerOrders: await json(formerOrdersOf(sql`f.email = ${address}`)),
  };
}

const ABOUT =
  "All that this shop keeps about you. Amounts are in the smallest unit of their currency; moments are in UTC.";

const json = async (query: Query): Promise<Record<string, unknown>[]> => (await query).map(({ row }) => row);

const list = (query: Query) => sql`coalesce((${query}), '[]'::json)`;

const ordersOf = (whose: Query) => sql`
  select json_build_object('number', o.number, 'status', o.status, 'email', o.email, 'currency', o.currency,
    'subtotal', o.subtotal, 'discount', o.discount, 'shipping', o.shipping, 'tax', o.tax, 'total', o.total,
    'paid', o.captured, 'refunded', o.refunded, 'paymentMethod', o.payment_method, 'discountCode', o.discount_code,
    'note', o.note, 'placedAt', o.placed_at, 'deliveredAt', o.delivered_at,
    'lines', ${list(sql`select json_agg(json_build_object('product', l.product_name, 'variant', l.variant_title, 'sku', l.sku,
      'quantity', l.quantity, 'unitPrice', l.unit_price, 'discount', l.discount, 'tax', l.tax, 'total', l.total) order by l.position)
      from order_lines l where l.order_id = o.id`)},
    'addresses', ${list(sql`select json_agg((to_jsonb(a) - 'id' - 'order_id') order by a.created_at)
      from order_addresses a where a.order_id = o.id`)},
    'payments', ${list(sql`select json_agg(json_build_object('method', p.method, 'status', p.status, 'amount', p.amount,
      'createdAt', p.created_at) order by p.created_at) from payments p where p.order_id = o.id`)},
    'refunds', ${list(sql`select json_agg(json_build_object('amount', f.amount, 'reason', f.reason, 'status', f.status,
      'createdAt', f.created_at) order by f.created_at) from refunds f where f.order_id = o.id`)},
    'returns', ${list(sql`select json_agg(json_build_object('number', r.number, 'status', r.status, 'note', r.note,
      'createdAt', r.created_at) order by r.created_at) from returns r where r.order_id = o.id`)},
    'parcels', ${list(sql`select json_agg(json_build_object('carrier', s.carrier, 'trackingNumber', s.tracking_number,
      'status', s.status) order by s.created_at) from shipments s join fulfilments f on f.id = s.fulfilment_id
      where f.order_id = o.id`)}) as row
  from orders o where ${whose} order by o.placed_at, o.id`;

const formerOrdersOf = (whose: Query) => sql`
  select json_build_object('number', f.number, 'from', f.source, 'email', f.email, 'currency', f.currency,
    'subtotal', f.subtotal, 'discount', f.discount, 'shipping', f.shipping, 'tax', f.tax, 'total', f.total,
    'refunded', f.refunded, 'payment', f.financial_status, 'fulfilment', f.fulfilment_status,
    'discountCode', f.discount_code, 'sentBy', f.shipping_method, 'placedAt', f.placed_at, 'cancelledAt', f.cancelled_at,
    'address', f.address, 'note', f.note, 'tags', f.tags,
    'lines', ${list(sql`select json_agg(json_build_object('title', l.title, 'sku', l.sku, 'quantity', l.quantity,
      'unitPrice', l.price, 'discount', l.discount) order by l.position)
      from former_order_lines l where l.order_id = f.id`)}) as row
  from former_orders f where ${whose} order by f.placed_at, f.id`;
