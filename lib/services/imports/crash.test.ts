import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { wrongInTheBooks } from "@/db/testing/books";
import { guessColumns } from "@/lib/domain/imports/columns";
import { systemActor } from "@/lib/system";
import { bundled } from "@/scripts/testing/bundled";
import { draftPlace } from "./kept-file";
import { check, start, takeIn, undo } from "./steps";
import { workOn } from "./work";

const WORKER = await bundled("lib/jobs/worker.ts");
const HEAD =
  "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Type,Image Src";
const PRODUCTS = 25;
/** Of each product: two variants, and the rest are its pictures, as exports list them. 5,000 in all. */
const ROWS = 200;
let world: Cast;
let worker: ChildProcess | undefined;

beforeAll(async () => {
  world = await cast();
});
afterAll(() => worker?.kill("SIGKILL"));

/** The worker that `npm start` runs, as a process of its own. */
function begin(): ChildProcess {
  worker = spawn(process.execPath, [WORKER], {
    env: { ...process.env, LOG_LEVEL: "error" },
    stdio: "ignore",
  });
  return worker;
}

/** Lets workers work until `isDone`, and kills each as soon as so many more rows are `counted`: in the middle of one. */
async function dying(
  steps: readonly number[],
  counted: () => Promise<number>,
  isDone: () => Promise<boolean>,
): Promise<number> {
  let kills = 0;
  for (const step of [...steps, Number.POSITIVE_INFINITY]) {
    const child = begin();
    const from = await counted();
    while (!(await isDone()) && (await counted()) < from + step) {
      if (child.exitCode !== null) throw new Error("the worker ended by itself");
      await sql`select pg_sleep(0.01)`;
    }
    if (await isDone()) break;
    kills += 1;
    child.kill("SIGKILL");
    await once(child, "exit");
  }
  worker?.kill("SIGKILL");
  return kills;
}

const is = (importId: string, status: string) => async () =>
  (await sql`select from imports where id = ${importId} and status = ${status}`).length === 1;

it("whose worker is killed again and again is whole in the end: nothing doubled, nothing lost, also when undone", async () => {
  const rows = Array.from({ length: PRODUCTS }, (_, i) =>
    Array.from({ length: ROWS }, (_row, at) => {
      if (at > 1) return `kill-${i},,,,,,,,https://pictures.invalid/${i}-${at}.jpg`;
      const size = at === 0 ? "S" : "M";
      return `kill-${i},${at === 0 ? `Kill ${i}` : ""},Size,${size},KILL-${i}-${size},5,3,Ups,`;
    }),
  ).flat();
  const path = await draftPlace();
  writeFileSync(path, `${HEAD}\n${rows.join("\n")}\n`);
  const importId = await takeIn(world.admin, { path, fileName: "killed.csv" });
  const columns = guessColumns(HEAD.split(",")).map((column) => column ?? "");
  const noted = async () => {
    const [row] = await sql`select count(*)::int as n from import_rows where import_id = ${importId}`;
    return Number(row?.n);
  };

  await check(world.admin, { importId, columns, setStock: false, images: false });
  await workOn(systemActor("job"), importId);

  await start(world.admin, importId);
  expect(await dying([700, 1_300], noted, is(importId, "finished"))).toBe(2);
  const [lines] = await sql`select count(*)::int as rows, count(distinct line)::int as lines,
    count(*) filter (where outcome = 'created')::int as created from import_rows where import_id = ${importId}`;
  expect(lines).toEqual({ rows: ROWS * PRODUCTS, lines: ROWS * PRODUCTS, created: ROWS * PRODUCTS });
  const [goods] =
    await sql`select count(distinct p.id)::int as products, count(distinct v.id)::int as variants,
    sum(i.on_hand)::int as stock, (select count(*)::int from stock_movements m join variants x on x.id = m.variant_id
      where x.sku like 'KILL-%') as movements
    from products p join variants v on v.product_id = p.id join inventory i on i.variant_id = v.id where p.slug like 'kill-%'`;
  expect(goods).toEqual({
    products: PRODUCTS,
    variants: 2 * PRODUCTS,
    stock: 6 * PRODUCTS,
    movements: 2 * PRODUCTS,
  });

  await undo(world.admin, importId);
  const undoneRows = async () => {
    const [row] =
      await sql`select count(*)::int as n from import_rows where import_id = ${importId} and undo is not null`;
    return Number(row?.n);
  };
  expect(await dying([5], undoneRows, is(importId, "undone"))).toBe(1);
  const [left] =
    await sql`select sum(i.on_hand)::int as stock, count(*) filter (where p.status <> 'archived')::int as shown
    from products p join variants v on v.product_id = p.id join inventory i on i.variant_id = v.id where p.slug like 'kill-%'`;
  expect(left).toEqual({ stock: 0, shown: 0 });
  expect(await wrongInTheBooks(["I10"])).toEqual([]);
});
