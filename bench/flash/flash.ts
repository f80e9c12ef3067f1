/** A flash sale over HTTP: thousands of shoppers within seconds for a few hundred pieces of one product. */
import type postgres from "postgres";
import { learn } from "../checkout/http";
import { startBenchShop } from "../pages/shop";
import { cpuOf, memoryOf } from "../process";
import { type End, pack, Shopper, type Step } from "./shopper";

export interface FlashOptions {
  readonly shoppers: number;
  readonly units: number;
  /** Over how many seconds they arrive. */
  readonly within: number;
}

/** Runs the sale once and tells how it went; whether the books are right is part of it. */
export async function runFlash({ shoppers, units, within }: FlashOptions) {
  process.env.DRAW ??= "off";
  const shop = await startBenchShop();
  try {
    const product = await setUp(shop.sql, units + 1);
    const recipe = await learn(shop.url, product.slug);
    await shop.sql`UPDATE inventory SET on_hand = ${units} WHERE variant_id = ${product.variantId} AND bucket = 0`;
    await shop.sql`INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, reason)
      VALUES (gen_random_uuid(), ${product.variantId}, 'adjustment', -1, 0, 'bench')`;
    const forms = await pack(recipe);
    const asked = new Map<Step, { ms: number[]; full: number; broken: string[] }>();
    const ends: Record<End | "failed", number> = { paid: 0, "sold out": 0, failed: 0 };
    const faults: unknown[] = [];
    const bought: number[] = [];
    const before = cpuOf(shop.pid());
    const begun = performance.now();
    let soldAfter = 0;
    const note = (step: Step, status: number, ms: number) => {
      const line = asked.get(step) ?? { ms: [], full: 0, broken: [] };
      asked.set(step, line);
      if (status === 429) line.full += 1;
      else if (status >= 500) line.broken.push(String(status));
      else line.ms.push(ms);
    };
    await Promise.all(
      Array.from({ length: shoppers }, async (_, i) => {
        await new Promise((next) => setTimeout(next, Math.random() * within * 1000));
        const address = `10.${(i >> 16) & 255}.${(i >> 8) & 255}.${i & 255}`;
        const start = performance.now();
        try {
          const end = await new Shopper(new URL(shop.url), shop.sandboxUrl, address, note).buy(forms);
          ends[end] += 1;
          if (end === "paid") {
            bought.push(performance.now() - start);
            if (ends.paid === units) soldAfter = (performance.now() - begun) / 1000;
          }
        } catch (error) {
          ends.failed += 1;
          if (faults.length < 5) faults.push(String(error));
        }
      }),
    );
    const seconds = (performance.now() - begun) / 1000;
    const serverCpu = (cpuOf(shop.pid()) - before) / 1000;
    const books = await untilConfirmed(shop.sql, product.variantId);
    const steps = [...asked].map(([step, { ms, full, broken }]) => ({
      step,
      answered: ms.length,
      full,
      broken: broken.length,
      ...spread(ms),
    }));
    console.table(steps);
    const told = {
      ...{
        shoppers,
        units,
        within,
        ...ends,
        sold: books.sold,
        onHand: books.onHand,
        reserved: books.reserved,
        confirmedAfter: books.confirmedAfter,
      },
      ...{
        seconds: round(seconds),
        soldAfter: round(soldAfter),
        serverCpu: round(serverCpu),
        memoryMb: memoryOf(shop.pid()),
      },
      ...{
        fullAnswers: steps.reduce((sum, { full }) => sum + full, 0),
        brokenAnswers: steps.reduce((sum, { broken }) => sum + broken, 0),
      },
      buyers: spread(bought),
    };
    console.log(told);
    if (faults.length > 0) console.log("The first faults:", faults);
    return { ...told, steps, faults, wrong: await wrongIn(told, shop.sql) };
  } finally {
    await shop.stop();
  }
}

/** One product of one variant, with so many pieces. */
async function setUp(sql: postgres.Sql, units: number): Promise<{ slug: string; variantId: string }> {
  const [found] = await sql<{ slug: string; variantId: string; onHand: number }[]>`
    SELECT p.slug, v.id AS "variantId", i.on_hand::int AS "onHand" FROM products p JOIN variants v ON v.product_id = p.id
      JOIN inventory i ON i.variant_id = v.id
    WHERE p.status = 'active' AND v.is_active AND v.price BETWEEN 1000 AND 40000 AND i.reserved = 0 AND NOT i.backorder AND i.on_hand > 0
      AND (SELECT count(*) FROM variants o WHERE o.product_id = p.id) = 1
      AND (SELECT count(*) FROM inventory b WHERE b.variant_id = v.id) = 1
    ORDER BY p.id LIMIT 1`;
  if (!found) throw new Error("the demo has no such product");
  await sql`INSERT INTO stock_movements (id, variant_id, kind, on_hand_delta, reserved_delta, reason)
    VALUES (gen_random_uuid(), ${found.variantId}, 'adjustment', ${units - found.onHand}, 0, 'bench')`;
  await sql`UPDATE inventory SET on_hand = ${units} WHERE variant_id = ${found.variantId} AND bucket = 0`;
  return found;
}

/** What must hold whatever the machine: every piece is sold once, nobody sees an error, and the books are right. */
async function wrongIn(
  told: Record<"units" | "paid" | "failed" | "sold" | "onHand" | "reserved" | "brokenAnswers", number>,
  sql: postgres.Sql,
): Promise<string[]> {
  const { units, paid, failed, sold, onHand, reserved, brokenAnswers } = told;
  const [doubled] = await sql<{ orders: number }[]>`
    SELECT count(*)::int AS orders FROM (SELECT cart_id FROM orders WHERE email = 'bench@example.com'
      GROUP BY cart_id HAVING count(*) > 1) d`;
  return [
    sold === units ? "" : `${sold} of ${units} pieces were sold`,
    paid === units ? "" : `${paid} shoppers paid for ${units} pieces`,
    onHand === 0 && reserved === 0 ? "" : `${onHand} pieces are left, ${reserved} of them held`,
    failed === 0 ? "" : `${failed} shoppers came to no end`,
    brokenAnswers === 0 ? "" : `${brokenAnswers} answers were errors of the server`,
    doubled?.orders ? `${doubled.orders} carts were ordered twice` : "",
  ].filter(Boolean);
}

/** What the shop's own books say once every payment has been told: pieces sold and left. */
async function untilConfirmed(sql: postgres.Sql, variantId: string) {
  for (let tries = 0; ; tries += 1) {
    const [row] = await sql<{ waiting: number; sold: number; onHand: number; reserved: number }[]>`
      SELECT (SELECT count(*)::int FROM orders WHERE email = 'bench@example.com' AND status = 'pending') AS waiting,
        (SELECT coalesce(sum(l.quantity), 0)::int FROM order_lines l JOIN orders o ON o.id = l.order_id
          WHERE l.variant_id = ${variantId} AND o.email = 'bench@example.com' AND o.status = 'confirmed') AS sold,
        i.on_hand::int AS "onHand", i.reserved::int AS reserved FROM inventory i WHERE i.variant_id = ${variantId}`;
    if (row && (row.waiting === 0 || tries === 240)) return { ...row, confirmedAfter: tries / 2 };
    await new Promise((next) => setTimeout(next, 500));
  }
}

const round = (value: number) => Math.round(value * 10) / 10;

function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) =>
    Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0);
  return { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99), maxMs: Math.round(sorted.at(-1) ?? 0) };
}
