/** Every CSV file that the shop gives out, by its route: no cell of it is one that a spreadsheet computes. */
import { readdirSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { NextRequest } from "next/server";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, product } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { comeAs } from "@/db/testing/front-door";
import { runJobs } from "@/db/testing/orders";
import { restored } from "@/lib/domain/csv";
import { complete, deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { refund } from "@/lib/services/payments/refund";
import { GET as goods } from "../api/export/route";
import { GET as sheet } from "../api/stock/sheet/route";
import { GET as orders } from "./orders/export.csv/route";
import { GET as statement } from "./payouts/owners/[id]/statement.csv/route";
import { GET as payouts } from "./payouts/runs/[id]/payouts.csv/route";
import { GET as refunds } from "./refunds/export.csv/route";

/** What a spreadsheet takes for a formula, or reads past to one. */
const SIGNS = ["=", "+", "-", "@", "\t", "\r"];
const WORDS = "1+cmd|' /C calc'!A0";
const RUN = newId();

let world: Cast;
beforeAll(async () => {
  world = await cast();
  await comeAs(world.id.admin);
  for (const [i, sign] of SIGNS.entries()) await seed(`${sign}${WORDS}`, i);
});

/** Those words as a name of goods, of who buys and of who sells, as a reason and as a reference. */
async function seed(words: string, i: number): Promise<void> {
  const { id, variantIds } = await product({
    ownerId: world.id.lineShop,
    categoryId: world.id.category,
    name: `Formula ${i}`,
    variants: [{ sku: `FORMULA-${i}`, price: 2_000, stock: 5 }],
  });
  await sql`update products set name = ${words} where id = ${id}`;
  const { orderId } = await order(guest(), [{ variantId: variantIds[0] ?? "", quantity: 1 }], {
    method: "cash_on_delivery",
    address: { ...BERLIN, name: words },
  });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId, shipmentId });
  await runJobs();
  await refund(world.admin, { orderId, amount: 100, reason: words });
  expect(await complete(world.system, orderId)).toBe(true);
  const [user, owner, payout] = [newId(), newId(), newId()];
  await sql`insert into users ${sql({ id: user, email: `own${i}@example.com`, username: `own${i}`, role: "owner" })}`;
  await sql`insert into owners ${sql({ id: owner, user_id: user, name: words, slug: `own-${i}` })}`;
  const money = { amount: 100, currency: "EUR", method: "manual", reference: words };
  await sql`insert into payouts ${sql({ id: payout, owner_id: owner, ...money })}`;
  await sql`insert into payout_runs ${sql({ run_id: RUN, owner_id: owner, payout_id: payout })}`;
}

const request = (path: string) => new NextRequest(`http://localhost:3000${path}`);
const at = <P>(params: P) => ({ params: Promise.resolve(params) });
/** Each route, asked as a browser does. */
const FILES: Record<string, () => Promise<Response>> = {
  "app/api/export": () => goods(),
  "app/api/stock/sheet": () => sheet(),
  "app/admin/orders/export.csv": () => orders(request("/admin/orders/export.csv")),
  "app/admin/refunds/export.csv": () => refunds(request("/admin/refunds/export.csv")),
  "app/admin/payouts/owners/[id]/statement.csv": () =>
    statement(request("/statement.csv"), at({ id: world.id.lineShop })),
  "app/admin/payouts/runs/[id]/payouts.csv": () => payouts(request("/payouts.csv"), at({ id: RUN })),
};

it("has every route that answers with such a file", () => {
  const routes = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts") && readFileSync(`app/${file}`, "utf8").includes("csvFile("))
    .map((file) => `app/${file.replace(/\/route\.ts$/, "")}`);
  expect(routes.sort()).toEqual(Object.keys(FILES).sort());
});

it.each(Object.entries(FILES))(
  "%s: what begins as a formula is text, and none of its words is lost",
  async (_, ask) => {
    const answer = await ask();
    expect(answer.status).toBe(200);
    const rows: string[][] = parse(await answer.text(), { bom: true, relax_column_count: true });
    const cells = rows.slice(1).flat();
    const plain = (cell: string) => /^-?\d+(?:\.\d+)?$/.test(cell);
    expect(cells.filter((cell) => /^\s*[=+\-@\t\r]/.test(cell) && !plain(cell))).toEqual([]);
    for (const sign of SIGNS) {
      const held = cells.filter((cell) => restored(cell) === `${sign}${WORDS}`);
      expect(held, JSON.stringify(sign)).not.toEqual([]);
      expect(new Set(held)).toEqual(new Set([`'${sign}${WORDS}`]));
    }
  },
);
