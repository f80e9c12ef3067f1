/** Lists of the back office page by page, in each of their orders, with the columns that were chosen. */
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db, sql } from "@/db/client";
import { newId } from "@/db/id";
import { comeAs, type Page, pageOf } from "@/db/testing/front-door";
import { enqueue } from "@/lib/queue";
import AdminAudit from "./audit/page";
import AdminCustomers from "./customers/page";
import AdminDiscounts from "./discounts/page";
import AdminImport from "./import/page";
import AdminJobs from "./jobs/page";
import AdminMail from "./mail/page";
import AdminFormerOrders from "./orders/former/page";
import AdminPayouts from "./payouts/page";
import AdminProducts from "./products/page";
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
  await comeAs(world.id.admin);
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

/** Each list: what cuts it down to the rows of this test, a column that may be hidden, and its orders by their factors. */
const LISTS: [path: string, page: Page, cut: string, column: string, orders: Record<string, number>][] = [
  ["customers", AdminCustomers, "q=row", "email", { name: 1 }],
  ["webhooks", AdminWebhooks, "q=row", "state", { when: 2 }],
  ["jobs", AdminJobs, "q=row", "state", { due: 2, tries: 3, since: 5 }],
  ["staff", AdminStaff, "", "email", { name: 1, email: 2, seen: 3 }],
  ["import", AdminImport, "", "state", { when: 2, file: 1 }],
  ["stock", AdminStock, "q=row", "sku", { name: 1, sku: 2, onHand: 3, available: 3, threshold: 5 }],
  ["products", AdminProducts, "q=row", "status", { name: 1, newest: 2 }],
  ["returns", AdminReturns, "view=every", "state", { asked: 2 }],
  ["discounts", AdminDiscounts, "q=row", "state", { title: 1, dates: 2, uses: 3 }],
  ["orders/former", AdminFormerOrders, "q=row", "state", { placed: 2, total: 3, number: 1 }],
  ["payouts", AdminPayouts, "q=row", "reference", { when: 2, amount: 3 }],
  ["mail", AdminMail, "q=row", "state", { when: 2, subject: 1, to: 3 }],
  ["reviews", AdminReviews, "q=row", "state", { when: 2, author: 3 }],
  ["audit", AdminAudit, "subject=sorted", "who", { when: 2, what: 1 }],
];

it.each(LISTS)(
  "%s: each order goes on from page to page, with the columns",
  async (path, page, cut, column, orders) => {
    for (const [sort, factor] of Object.entries(orders))
      for (const dir of ["asc", "desc"]) {
        const sorted = [...ROWS].sort((a, b) => a.by(factor) - b.by(factor)).map(({ name }) => name);
        if (dir === "desc") sorted.reverse();
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
          found.push(...(html.match(/Row \d\d\./g) ?? []).filter((name, i, all) => name !== all[i - 1]));
          const ticked = [...html.matchAll(/<input [^>]*name="cols"[^>]*>/g)].filter(([box]) =>
            box.includes("checked"),
          );
          expect(ticked.map(([box]) => box.match(/value="(\w+)"/)?.[1])).toEqual([column]);
          next = html
            .match(/<a href="([^"]*)"[^>]*(?:rel="next"[^>]*|)>(?:Next|More)</)?.[1]
            ?.replaceAll("&amp;", "&");
        }
        expect(found, `${path} by ${sort}, ${dir}`).toEqual(sorted);
      }
  },
);

async function seed() {
  const { orderId } = await order(world.ben, [{ variantId: world.mug.variantIds[0] ?? "", quantity: 1 }], {
    method: "cash_on_delivery",
  });
  for (const { row, id, name, by, word } of ROWS) {
    const created_at = at(by(2));
    const person = { username: `row${two(row)}`, first_name: name };
    const sums = { subtotal: 0, shipping: 0, tax: 0, discount: 0, total: by(3), refunded: 0 };
    const states = { financial_status: "paid", fulfilment_status: "fulfilled" };
    await sql`insert into former_orders ${sql([
      { id, source: "shopify", number: name, placed_at: created_at, currency: "EUR", ...sums, ...states },
    ])}`;
    await sql`insert into users ${sql([
      {
        id: newId(),
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
        role: "owner",
        last_sign_in_at: at(by(3)),
      },
    ])}`;
    await sql`insert into webhook_events ${sql({ id, type: name, provider_event_id: `e${row}`, payload: "{}", created_at })}`;
    await enqueue(db, "queue.ping", { note: name }, { key: name, runAt: new Date(Date.now() + 3_600_000) });
    await sql`update graphile_worker._private_jobs set attempts = ${by(3)}, max_attempts = 99,
      run_at = now() + make_interval(mins => ${60 + by(2)}), created_at = ${at(by(5))} where key = ${name}`;
    await sql`insert into imports ${sql({ id, file_name: name, file_hash: name, format: "shopify", status: "finished", created_at })}`;
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
    await sql`insert into variants ${sql({ id, product_id: id, sku: `S-${word(2)}`, price: 100 })}`;
    await sql`insert into inventory ${sql({ variant_id: id, on_hand: by(3), low_stock_threshold: by(5) })}`;
    await sql`insert into returns ${sql({ id, number: `Row ${two(row)}.`, order_id: orderId, owner_id: world.id.lineShop, created_at })}`;
    await sql`insert into discounts ${sql({ id, title: name, kind: "free_shipping", used: by(3), starts_at: created_at })}`;
    await sql`insert into payouts ${sql({
      id,
      owner_id: world.id.lineShop,
      amount: 1 + by(3),
      currency: "EUR",
      method: "manual",
      reference: name,
      created_at,
    })}`;
    await sql`insert into mail ${sql({ id, template: "welcome", subject: name, to_email: `m-${word(3)}@example.com`, data: "{}", dedupe_key: name, created_at })}`;
    await sql`insert into reviews ${sql({ id, product_id: world.tote.id, author_name: `A ${word(3)}`, rating: 4, title: name, created_at })}`;
    await sql`insert into audit ${sql({ id, actor_kind: "system", action: `row${two(row)}.edit`, subject: "sorted", subject_id: name, after: JSON.stringify({ name }), created_at })}`;
  }
}
