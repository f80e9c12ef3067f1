/** Lists of the back office page by page, in each of their orders, with the columns that were chosen. */
import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type SQL, sql as sqlOf } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db, sql } from "@/db/client";
import { newId } from "@/db/id";
import { comeAs, type Page, pageOf } from "@/db/testing/front-door";
import * as lists from "@/lib/domain/back-office";
import { discountSorts } from "@/lib/domain/discounts-form";
import { jobSorts, webhookSorts } from "@/lib/domain/engine-room";
import { formerSorts } from "@/lib/domain/former-orders";
import { importSorts } from "@/lib/domain/imports/views";
import { refundSorts } from "@/lib/domain/refund-list";
import { staffSorts } from "@/lib/domain/staff";
import { enqueue } from "@/lib/queue";
import AdminAudit from "./audit/page";
import AdminCustomers from "./customers/page";
import AdminDiscounts from "./discounts/page";
import AdminImport from "./import/page";
import AdminJobs from "./jobs/page";
import AdminMail from "./mail/page";
import AdminFormerOrders from "./orders/former/page";
import AdminOrders from "./orders/page";
import AdminPayouts from "./payouts/page";
import AdminProducts from "./products/page";
import AdminRefunds from "./refunds/page";
import AdminReturns from "./returns/page";
import AdminReviews from "./reviews/page";
import AdminStaff from "./staff/page";
import AdminStock from "./stock/page";
import AdminWebhooks from "./webhooks/page";

/** More than a page of any list, and prime: multiples of it put the rows in another order each. */
const MANY = 53;
let world: Cast;

beforeAll(async () => {
  world = await cast();
  await seed();
});

/** A row's rank in an order: each factor is another order of the same rows. */
const rank = (row: number, factor: number) => (row * factor) % MANY;
const two = (n: number) => String(n).padStart(2, "0");
const at = (n: number) => new Date(Date.UTC(2026, 0, 1, 12, n)).toISOString();
const ROWS = Array.from({ length: MANY }, (_, row) => ({
  row,
  id: newId(),
  name: `Row ${two(row)}.`,
  by: (factor: number) => rank(row, factor),
  word: (factor: number) => two(rank(row, factor)),
}));

/** Where a row stands in an order: by a factor, or in a group of rows that are alike, where `ties` decides both ways. */
type By = number | { group: (row: number) => number; ties: (row: number) => number };
const newestFirst = (row: number) => -rank(row, 2);

/** Each list: its orders in the domain, what cuts it down to the rows of this test, a column that may be hidden, its orders. */
const LISTS: [
  path: string,
  Page,
  sorts: readonly string[],
  cut: string,
  column: string,
  Record<string, By>,
][] = [
  ["orders", AdminOrders, lists.orderSorts, "from=2020-01-01", "customer", { placed: 2, total: 3 }],
  ["refunds", AdminRefunds, refundSorts, "from=2020-01-01", "customer", { when: 2, amount: 3 }],
  [
    "customers",
    AdminCustomers,
    lists.customerSorts,
    "q=row&view=accounts",
    "email",
    { last: 2, value: 3, orders: 5, name: 1 },
  ],
  ["webhooks", AdminWebhooks, webhookSorts, "q=row", "state", { when: 2 }],
  ["jobs", AdminJobs, jobSorts, "q=row", "state", { due: 2, name: 7, tries: 3, since: 5 }],
  [
    "staff",
    AdminStaff,
    staffSorts,
    "",
    "email",
    { role: { group: (row) => row % 2, ties: (row) => row }, name: 1, email: 2, seen: 3 },
  ],
  ["import", AdminImport, importSorts, "", "state", { when: 2, file: 1, who: 1 }],
  [
    "stock",
    AdminStock,
    lists.stockSorts,
    "q=row",
    "sku",
    { name: 1, sku: 2, onHand: 3, reserved: 7, available: 3, threshold: 5 },
  ],
  [
    "products",
    AdminProducts,
    lists.productSorts,
    "q=row",
    "status",
    { name: 1, newest: 2, price: 5, stock: 3 },
  ],
  ["returns", AdminReturns, lists.returnSorts, "view=every", "state", { asked: 2 }],
  ["discounts", AdminDiscounts, discountSorts, "q=row", "state", { title: 1, dates: 2, uses: 3 }],
  ["orders/former", AdminFormerOrders, formerSorts, "q=row", "state", { placed: 2, total: 3, number: 1 }],
  ["payouts", AdminPayouts, lists.payoutSorts, "q=row", "reference", { when: 2, owner: 5, amount: 3 }],
  ["mail", AdminMail, lists.mailSorts, "q=row", "state", { when: 2, subject: 1, to: 3 }],
  [
    "reviews",
    AdminReviews,
    lists.reviewListSorts,
    "q=row",
    "state",
    { when: 2, stars: { group: (row) => row % 5, ties: newestFirst }, product: 1, author: 3 },
  ],
  ["audit", AdminAudit, lists.auditSorts, "subject=sorted", "who", { when: 2, what: 1, who: 1 }],
];

/** The rows as a list shows them in one of its orders. */
function sortedBy(by: By, dir: string): string[] {
  const way = dir === "asc" ? 1 : -1;
  const { group, ties } =
    typeof by === "number" ? { group: (row: number) => rank(row, by), ties: () => 0 } : by;
  return [...ROWS]
    .sort((a, b) => way * (group(a.row) - group(b.row)) || ties(a.row) - ties(b.row))
    .map(({ name }) => name);
}

it("has each list that sorts, with each of its orders", async () => {
  for (const [path, , sorts, , , orders] of LISTS)
    expect(Object.keys(orders).sort(), path).toEqual([...sorts].sort());
  const known = new Set(LISTS.map(([, , sorts]) => sorts));
  // What shoppers sort by is the shop's.
  const shops = ["searchSorts", "reviewSorts"];
  for (const file of readdirSync("lib/domain", { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const names = [
      ...readFileSync(`lib/domain/${file}`, "utf8").matchAll(/^export const (\w+Sorts) =/gm),
    ].map(([, name]) => name);
    const domain = names.length > 0 ? await import(/* @vite-ignore */ resolve("lib/domain", file)) : {};
    for (const name of names)
      if (!shops.includes(`${name}`)) expect(known.has(domain[`${name}`]), `${name} of ${file}`).toBe(true);
  }
});

it.each(LISTS)("%s: each order goes on from page to page, with the columns", async (...list) => {
  await comeAs(world.id.admin);
  await walk(...list);
});

it("customers of an owner: the same", async () => {
  await comeAs(world.id.line);
  await walk("customers", AdminCustomers, [], "", "value", { last: 2, value: 3, orders: 5 });
});

/** Reads a list in each of its orders, both ways, along the links from page to page. */
async function walk(...[path, page, , cut, column, orders]: (typeof LISTS)[number]): Promise<void> {
  for (const [sort, by] of Object.entries(orders))
    for (const dir of ["asc", "desc"]) {
      const asked = new URLSearchParams(`${cut}&sort=${sort}&dir=${dir}&cols=${column}`);
      const found = [];
      let next: string | undefined = `/admin/${path}?${asked}`;
      for (let n = 1; next; n += 1) {
        const { searchParams }: URL = new URL(next, "http://shop");
        // The first order of a list needs no name.
        for (const [name, value] of asked)
          if (name !== "sort") expect(searchParams.get(name), `${name} on page ${n}`).toBe(value);
        expect([sort, null]).toContain(searchParams.get("sort"));
        const html = await pageOf(page, Object.fromEntries(searchParams));
        const rows = html.slice(html.indexOf("<tbody"));
        found.push(...(rows.match(/Row \d\d\./g) ?? []).filter((name, i, all) => name !== all[i - 1]));
        const ticked = [...html.matchAll(/<input [^>]*name="cols"[^>]*>/g)].filter(([box]) =>
          box.includes("checked"),
        );
        expect(ticked.map(([box]) => box.match(/value="(\w+)"/)?.[1])).toEqual([column]);
        next = html
          .match(/<a href="([^"]*)"[^>]*(?:rel="next"[^>]*|)>(?:Next|More)</)?.[1]
          ?.replaceAll("&amp;", "&");
      }
      expect(found, `${path} by ${sort}, ${dir}`).toEqual(sortedBy(by, dir));
    }
}

/** Orders, as copies of one that was placed: to place as many would take longer than all the lists. */
async function seedOrders(): Promise<string> {
  const [mug = ""] = world.mug.variantIds;
  const { orderId } = await order(guest(), [{ variantId: mug, quantity: 1 }], {
    method: "cash_on_delivery",
    address: BERLIN,
  });
  const [paid] = await sql<{ id: string }[]>`select id from payments where order_id = ${orderId}`;
  await db.transaction(async (tx) => {
    await tx.execute(sqlOf`set local session_replication_role = replica`);
    const copy = (table: string, of: SQL, changes: object) =>
      tx.execute(sqlOf`insert into ${sqlOf.identifier(table)} select (jsonb_populate_record(t, ${JSON.stringify(changes)}::jsonb)).*
        from ${sqlOf.identifier(table)} t where ${of}`);
    for (const { row, id, name, by } of ROWS) {
      const copied = {
        id,
        number: `MR-ROW${two(row)}`,
        checkout_id: id,
        placed_at: at(by(2)),
        ...{ subtotal: 1 + by(3), total: 1 + by(3), discount: 0, shipping: 0, shipping_tax: 0, tax: 0 },
      };
      await copy("orders", sqlOf`t.id = ${orderId}`, copied);
      await copy("order_addresses", sqlOf`t.order_id = ${orderId} and t.kind = 'shipping'`, {
        id,
        order_id: id,
        name,
      });
      await tx.execute(sqlOf`insert into refunds (id, order_id, payment_id, amount, reason, created_at)
        values (${id}, ${id}, ${paid?.id}, ${1 + by(3)}, 'gone', ${at(by(2))})`);
    }
    // Their buyers as the owner of the goods knows them, each by a parcel.
    for (const { id, by } of ROWS)
      await tx.execute(sqlOf`insert into buyer_sums (owner_id, holder, is_guest, orders, value, first_order, last_order, last_at)
        values (${world.id.lineShop}, ${id}, true, ${1 + by(5)}, ${by(3)}, ${id}, ${id}, ${at(by(2))})`);
    // What they are copies of is none of the rows.
    await tx.execute(sqlOf`update orders set placed_at = '2019-01-01' where id = ${orderId}`);
  });
  return orderId;
}

async function seed() {
  const orderId = await seedOrders();
  for (const { row, id, name, by, word } of ROWS) {
    const created_at = at(by(2));
    const person = { username: `row${two(row)}`, first_name: name };
    const sums = { subtotal: 0, shipping: 0, tax: 0, discount: 0, total: by(3), refunded: 0 };
    const states = { financial_status: "paid", fulfilment_status: "fulfilled" };
    await sql`insert into former_orders ${sql([
      { id, source: "shopify", number: name, placed_at: created_at, currency: "EUR", ...sums, ...states },
    ])}`;
    const customer = newId();
    await sql`insert into users ${sql([
      {
        id: customer,
        ...person,
        email: `row-${word(2)}@example.org`,
        role: "customer",
        last_sign_in_at: null,
      },
      {
        id,
        ...person,
        username: `own${two(row)}`,
        email: `row-${word(2)}@example.com`,
        role: row % 2 === 0 ? "admin" : "owner",
        last_sign_in_at: at(by(3)),
      },
    ])}`;
    await sql`update customer_sums set ${sql({ last_at: created_at, spent: by(3), orders: by(5) })} where user_id = ${customer}`;
    await sql`insert into webhook_events ${sql({ id, type: name, provider_event_id: `e${row}`, payload: "{}", created_at })}`;
    await enqueue(db, "queue.ping", { note: name }, { key: name, runAt: new Date(Date.now() + 3_600_000) });
    await sql`with task as (
      insert into graphile_worker._private_tasks (identifier) values (${`test.${word(7)}`}) returning id)
      update graphile_worker._private_jobs set attempts = ${by(3)}, max_attempts = 99,
      run_at = now() + make_interval(mins => ${60 + by(2)}), created_at = ${at(by(5))},
      task_id = (select id from task) where key = ${name}`;
    await sql`insert into imports ${sql({ id, file_name: name, file_hash: name, format: "shopify", status: "finished", started_by: id, created_at })}`;
    await sql`insert into products ${sql({
      id,
      name,
      slug: `row-${row}`,
      status: "active",
      published_at: created_at,
      created_at,
      owner_id: world.id.lineShop,
      category_id: world.id.category,
      tax_class_id: world.id.taxClass,
    })}`;
    await sql`insert into variants ${sql({ id, product_id: id, sku: `S-${word(2)}`, price: 100 + by(5) })}`;
    await sql`insert into inventory ${sql({ variant_id: id, on_hand: by(3) * 100 + by(7), reserved: by(7), low_stock_threshold: by(5) })}`;
    await sql`insert into returns ${sql({ id, number: `Row ${two(row)}.`, order_id: orderId, owner_id: world.id.lineShop, created_at })}`;
    await sql`insert into discounts ${sql({ id, title: name, kind: "free_shipping", used: by(3), starts_at: created_at })}`;
    const payee = newId();
    await sql`insert into owners ${sql({ id: payee, user_id: id, name: `Shop ${word(5)}`, slug: `shop-${row}` })}`;
    await sql`insert into payouts ${sql({
      id,
      owner_id: payee,
      amount: 1 + by(3),
      currency: "EUR",
      method: "manual",
      reference: name,
      created_at,
    })}`;
    await sql`insert into mail ${sql({ id, template: "welcome", subject: name, to_email: `m-${word(3)}@example.com`, data: "{}", dedupe_key: name, created_at })}`;
    await sql`insert into reviews ${sql({ id, product_id: id, author_name: `A ${word(3)}`, rating: 1 + (row % 5), title: name, created_at })}`;
    await sql`insert into audit ${sql({ id, actor_kind: "admin", actor_id: id, action: `row${two(row)}.edit`, subject: "sorted", subject_id: name, after: JSON.stringify({ name }), created_at })}`;
  }
}
