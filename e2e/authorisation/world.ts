/** The people of the table and their things, found in the shop under test; sessions are made, not signed in for. */
import { randomUUID } from "node:crypto";
import { encode } from "next-auth/jwt";
import postgres from "postgres";

export const identities = ["guest", "customer", "other customer", "owner", "other owner", "admin"] as const;
export type Identity = (typeof identities)[number];

/** Whose the world's things are: what was bought, and what is sold. */
export const holder = ["customer"] as const;
export const seller = ["owner", "admin"] as const;

/** Things that belong to "customer" or "owner", by what they are. */
export interface World {
  order: string;
  number: string;
  line: string;
  fulfilment: string;
  shipment: string;
  returnId: string;
  returnNumber: string;
  product: string;
  variant: string;
  slug: string;
  sku: string;
  categoryId: string;
  category: string;
  picture: string;
  image: string;
  /** A saved list of orders. */
  view: string;
  imported: string;
  /** An order of the former shop. */
  former: string;
  /** A stocktake. */
  count: string;
  review: string;
  /** A review whose writer is none of the people. */
  ownReview: string;
  address: string;
  session: string;
  notification: string;
  alert: string;
  cart: string;
  cartItem: string;
  checkout: string;
  mail: string;
  discount: string;
  colleague: string;
  owner: string;
  payout: string;
  run: string;
  webhook: string;
}

/** An id that nothing has. */
export const NOWHERE = "00000000-0000-7000-8000-000000000000";

/** The same names where nothing stands behind them. */
export function unknownOf(world: World): World {
  const kept = new Set(["categoryId", "category", "picture", "slug", "sku"]);
  const entries = Object.entries(world).map(([name, value]): [string, string] => {
    if (kept.has(name)) return [name, value];
    if (name === "number") return [name, "MR-NOSUCH2"];
    return [name, name === "returnNumber" ? "MR-NOSUCH2-R1" : NOWHERE];
  });
  return { ...world, ...Object.fromEntries(entries) };
}

/** Finds the world, makes what the demo has none of, and gives each person the cookie of a session. */
export async function openWorld(): Promise<{ world: World; cookies: Record<Identity, string> }> {
  const sql = postgres(process.env.DATABASE_URL ?? "", { max: 1, onnotice: () => {} });
  try {
    const [found] = await sql<(World & { buyer: string; seller: string; other: string })[]>`
      select r.id as "returnId", r.number as "returnNumber", o.id as order, o.number, o.user_id as buyer, w.user_id as seller,
        (select user_id from owners where id <> w.id and is_active order by created_at limit 1) as other,
        (select id from order_lines where order_id = o.id order by position limit 1) as line, f.id as fulfilment,
        (select id from shipments where fulfilment_id = f.id limit 1) as shipment,
        p.id as product, p.slug, v.id as variant, v.sku, c.id as "categoryId", c.path as category,
        (select key from product_images where product_id = p.id order by position limit 1) as picture,
        (select id from product_images where product_id = p.id order by position limit 1) as image,
        (select i.id from reviews i join products q on q.id = i.product_id where q.owner_id = w.id order by i.id limit 1) as review,
        (select i.id from reviews i join users u on u.id = i.user_id where u.role = 'customer' and u.id <> o.user_id
          and u.email <> 'ada@example.com' order by i.id limit 1) as "ownReview",
        (select id from notifications where user_id is not null order by id limit 1) as notification,
        (select i.cart_id from cart_items i join carts k on k.id = i.cart_id order by i.id limit 1) as cart,
        (select id from cart_items order by id limit 1) as "cartItem",
        coalesce((select id from checkouts order by id limit 1), o.id) as checkout,
        (select id from mail order by id limit 1) as mail,
        coalesce((select id from discounts order by id limit 1), o.id) as discount,
        w.user_id as colleague, w.id as owner
      from returns r join orders o on o.id = r.order_id join owners w on w.id = r.owner_id
        join fulfilments f on f.order_id = o.id and f.owner_id = w.id
        join products p on p.owner_id = w.id and p.status = 'active' join categories c on c.id = p.category_id
        join variants v on v.product_id = p.id and v.is_active
      where o.user_id is not null and not exists (select from fulfilments x where x.order_id = o.id and x.owner_id <> w.id)
      order by o.placed_at, p.id, v.id limit 1`;
    if (!found) throw new Error("the demo has no return of a customer at one owner");
    const { buyer, seller, other, ...things } = found;
    const [people] = await sql<{ ada: string; admin: string }[]>`
      select (select id from users where email = 'ada@example.com') as ada,
        (select id from users where role = 'admin' and is_active order by created_at limit 1) as admin`;
    if (!people) throw new Error("the demo has no admin");
    const [address, alert, view, imported] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()];
    const [count, payout, run] = [randomUUID(), randomUUID(), randomUUID()];
    const [webhook, former] = [randomUUID(), randomUUID()];
    await sql`insert into addresses (id, user_id, name, line1, city, postal_code, country)
      values (${address}, ${buyer}, 'Somebody', 'Somewhere 1', 'Berlin', '10119', 'DE')`;
    await sql`insert into alerts (id, kind, variant_id, user_id, email)
      values (${alert}, 'back_in_stock', ${things.variant}, null, ${`${alert}@example.org`})`;
    await sql`insert into saved_views (id, user_id, page, name, query)
      values (${view}, ${seller}, 'orders', ${`The table ${view}`}, 'view=all')`;
    await sql`insert into imports (id, file_name, file_hash, format, owner_id, started_by, status, finished_at)
      values (${imported}, 'table.csv', ${imported}, 'shopify', ${things.owner}, ${seller}, 'finished', shop_now())`;
    await sql`insert into imports (id, file_name, file_hash, format, owner_id, started_by, status)
      values (${count}, 'shelves.csv', ${count}, 'stock', ${things.owner}, ${seller}, 'checked')`;
    await sql`insert into former_orders (id, source, external_id, number, email, placed_at, currency, subtotal, shipping, tax,
        discount, total, refunded, financial_status, fulfilment_status)
      values (${former}, 'table', ${former}, '#1', 'table@example.org', shop_now(), 'EUR', 1, 0, 0, 0, 1, 0, 'paid', 'fulfilled')`;
    await failedPayout(sql, payout, things.owner);
    await sql`insert into payout_runs (run_id, owner_id, payout_id) values (${run}, ${things.owner}, ${payout})`;
    await sql`insert into webhook_event_ids (provider_event_id) values (${`evt_${webhook}`})`;
    await sql`insert into webhook_events (id, provider_event_id, type, payload, outcome, processed_at)
      values (${webhook}, ${`evt_${webhook}`}, 'charge.updated', '{}', 'ignored', shop_now())`;
    const cookieOf = async (userId: string): Promise<{ id: string; cookie: string }> => {
      const id = randomUUID();
      await sql`insert into sessions (id, user_id, user_agent, expires_at)
        values (${id}, ${userId}, 'The table of who may what', shop_now() + interval '1 hour')`;
      const secret = process.env.AUTH_SECRET ?? "";
      return {
        id,
        cookie: `session=${await encode({ token: { sub: userId, sid: id }, secret, salt: "session" })}`,
      };
    };
    const [customer, spare] = [await cookieOf(buyer), await cookieOf(buyer)];
    return {
      world: {
        ...things,
        payout,
        run,
        count,
        webhook,
        address,
        alert,
        view,
        imported,
        former,
        session: spare.id,
      },
      cookies: {
        guest: "",
        customer: customer.cookie,
        "other customer": (await cookieOf(people.ada)).cookie,
        owner: (await cookieOf(seller)).cookie,
        "other owner": (await cookieOf(other)).cookie,
        admin: (await cookieOf(people.admin)).cookie,
      },
    };
  } finally {
    await sql.end();
  }
}

/** One that never went off: its cent went and came back, so the books balance. It begins pending, as all do. */
async function failedPayout(sql: postgres.Sql, payout: string, owner: string): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`insert into payouts (id, owner_id, amount, currency, method) values (${payout}, ${owner}, 1, 'EUR', 'manual')`;
    for (const [kind, debit, credit] of [
      ["payout_started", "owner_payable", "in_transit"],
      ["payout_failed", "in_transit", "owner_payable"],
    ] as const) {
      const id = randomUUID();
      await tx`insert into ledger_transactions (id, kind, source_id, currency) values (${id}, ${kind}, ${payout}, 'EUR')`;
      await tx`insert into ledger_entries (id, transaction_id, account, owner_id, amount)
        values (${randomUUID()}, ${id}, ${debit}, ${owner}, 1), (${randomUUID()}, ${id}, ${credit}, ${owner}, -1)`;
    }
    await tx`update payouts set status = 'failed', failure_reason = 'A line of the table' where id = ${payout}`;
  });
}
