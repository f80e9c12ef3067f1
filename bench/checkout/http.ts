/** Whole checkouts over HTTP against the built shop: forms without scripts, POSTs only, redirects not followed. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import postgres from "postgres";
import { freePort } from "@/db/embedded";
import { ROOT } from "@/scripts/install.mjs";
import { createProgress } from "@/scripts/launcher/progress";
import { startShop } from "@/scripts/launcher/shop";
import { type Measured, measure } from "../measure";
import { cpuOf, memoryOf, pidOf } from "../process";
import { type Fields, Visitor } from "./visitor";

export type HttpLine = { what: string; kind: string; memoryMb: number; requests: number } & Measured;

const PRODUCTS = 20;
const STOCK = 1_000_000;

/** Starts a shop of its own, measures, and takes it down again. */
export async function runHttp(seconds: number, callers: readonly number[]): Promise<HttpLine[]> {
  // A new shop draws its pictures and looks at its pages: neither is part of an order.
  Object.assign(process.env, { DRAW: "off", WARM: "off" });
  const folder = mkdtempSync(join(tmpdir(), "bench-shop-"));
  const dataDir = join(folder, "data");
  const port = await freePort();
  const siteUrl = `http://localhost:${port}`;
  const distDir = process.env.DIST_DIR || ".next";
  const shop = await startShop({
    root: ROOT,
    mode: "start",
    settings: { port, siteUrl, dataDir, distDir, databaseUrl: undefined, stripe: undefined, demo: true },
    progress: createProgress(),
    onLine: () => {},
  });
  const sql = postgres(shop.database.url, { max: 1, onnotice: () => {} });
  try {
    const slugs = await prepare(sql);
    const pid = pidOf(dataDir, "web");
    const orders = await Promise.all(slugs.map((slug) => learn(siteUrl, slug)));
    const lines: HttpLine[] = [];
    for (const kind of ["random", "hot"] as const) {
      for (const at of [0, ...callers]) {
        const choose = () => orders[kind === "hot" ? 0 : Math.floor(Math.random() * orders.length)];
        const work = async () => {
          const order = choose();
          if (order) await buy(siteUrl, shop.sandboxUrl ?? "", order);
          return true;
        };
        const measured = await measure(at || 4, at ? seconds : 3, work, () => cpuOf(pid));
        // The first round warms the server up.
        if (at === 0) continue;
        lines.push({ what: "http", kind, memoryMb: memoryOf(pid), requests: 5, ...measured });
        console.error(
          `  http ${kind}, ${at} at once: ${measured.rate.toFixed(1)}/s, ${measured.cpuMs.toFixed(1)} ms CPU of the server`,
        );
      }
    }
    await untilPaid(sql);
    return lines;
  } finally {
    await sql.end();
    await shop.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Recipe {
  readonly path: string;
  readonly cart: Fields;
  readonly address: Fields;
  readonly delivery: Fields;
  readonly payment: Fields;
}

/** Walks through once by reading each page, and keeps what each form sends. Orders nothing. */
export async function learn(
  siteUrl: string,
  slug: string,
  method: "card" | "cash_on_delivery" = "card",
): Promise<Recipe> {
  const visitor = new Visitor(siteUrl);
  const path = `/p/${slug}`;
  const cart = (await visitor.form(path, "variantId")).with({});
  await visitor.post(path, cart);
  const address = (await visitor.form("/checkout", "email")).with({
    email: "bench@example.com",
    "shipping.country": "DE",
    "shipping.name": "Ada Lovelace",
    "shipping.line1": "Torstraße 112",
    "shipping.postalCode": "10119",
    "shipping.city": "Berlin",
    billingSame: "on",
  });
  await visitor.post("/checkout", address);
  const delivery = (await visitor.form("/checkout/delivery", "shippingRateId")).with({});
  await visitor.post("/checkout/delivery", delivery);
  // Without the page's checkout the open one of the cart is meant: this form serves all shoppers.
  const payment = (await visitor.form("/checkout/payment", "expectedTotal"))
    .with({ method })
    .filter(([name]) => name !== "checkoutId");
  return { path, cart, address, delivery, payment };
}

/** From an empty cart to paid: five requests. The last goes to the payment provider, as with the real one. */
async function buy(siteUrl: string, sandboxUrl: string, recipe: Recipe): Promise<void> {
  const visitor = new Visitor(siteUrl);
  await visitor.post(recipe.path, recipe.cart);
  await visitor.post("/checkout", recipe.address);
  await visitor.post("/checkout/delivery", recipe.delivery);
  const page = await visitor.post("/checkout/payment", recipe.payment);
  const hosted = sandboxUrl + new URL(page, siteUrl).pathname.replace(/^\/sandbox/, "");
  const body = new URLSearchParams({ number: "4242424242424242", expiry: "12 / 39", cvc: "123" });
  const answer = await fetch(hosted, { method: "POST", body, redirect: "manual" });
  await answer.text();
  if (answer.status !== 303) throw new Error(`the payment page answered ${answer.status}`);
}

/** Enough of some products; the drawing jobs of a fresh demo shop would take the processor from what is measured. */
async function prepare(sql: postgres.Sql): Promise<string[]> {
  await sql`SELECT graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs WHERE task_identifier LIKE 'pictures.%'))`;
  const found = await sql<{ slug: string; id: string }[]>`
    SELECT p.slug, v.id FROM products p JOIN variants v ON v.product_id = p.id
    WHERE p.status = 'active' AND v.is_active AND v.position = 0 AND v.price BETWEEN 1000 AND 40000
      AND (SELECT sum(on_hand - reserved) FROM inventory i WHERE i.variant_id = v.id) > 0
      AND (SELECT count(*) FROM variants o WHERE o.product_id = p.id) = 1
    ORDER BY p.id LIMIT ${PRODUCTS}`;
  for (const { id } of found) {
    await sql`INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, reason)
      VALUES (gen_random_uuid(), ${id}, 'restock', ${STOCK}, 0, 'bench')`;
    await sql`UPDATE inventory SET on_hand = on_hand + ${STOCK} WHERE variant_id = ${id} AND bucket = 0`;
  }
  await sql`ANALYZE`;
  return found.map(({ slug }) => slug);
}

/** Every order that was paid at the provider is confirmed soon: nothing of the load is lost. */
async function untilPaid(sql: postgres.Sql): Promise<void> {
  for (let tries = 0; tries < 60; tries += 1) {
    const [row] = await sql<{ left: number }[]>`
      SELECT count(*)::int AS left FROM orders WHERE email = 'bench@example.com' AND status = 'pending'
        AND EXISTS (SELECT FROM payments WHERE order_id = orders.id AND provider_session_id IS NOT NULL)`;
    // One order a product was placed by nobody: learning stops before.
    if (row?.left === 0) return;
    await new Promise((next) => setTimeout(next, 500));
  }
  throw new Error("some orders are paid at the provider and not confirmed here");
}
