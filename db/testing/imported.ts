/** For tests of imports: files of a few rows, what became of them, and the state of the shop that must not move. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { draftPlace } from "@/lib/services/imports/kept-file";
import { type ImportInput, run } from "@/lib/services/imports/run";
import { takeIn } from "@/lib/services/imports/steps";
import { workOn } from "@/lib/services/imports/work";
import { systemActor } from "@/lib/system";

const folder = mkdtempSync(join(tmpdir(), "import-run-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

const HEAD = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Type";

/** Where a file of these rows lies. */
export function fileOf(rows: string, head = HEAD): string {
  const path = join(folder, `${Math.random()}.csv`);
  writeFileSync(path, `${head}\n${rows.trim()}\n`);
  return path;
}

/** Imports a file of these rows as the command line does. */
export const importRowsOf = (rows: string, more: Partial<ImportInput> = {}) =>
  run(systemActor("import"), { path: fileOf(rows), fileName: "rows.csv", ...more });

/** Sends a file as the browser does; answers the import's id. */
export async function sendFile(staff: Staff, fileName: string, content: string | Buffer): Promise<string> {
  const path = await draftPlace();
  writeFileSync(path, content);
  return takeIn(staff, { path, fileName });
}

/** Works a trial, a run or an undo off, a step in each job: as if the worker died after every one. Answers how many it took. */
export async function workThrough(importId: string): Promise<number> {
  for (let jobs = 1; ; jobs += 1) {
    let steps = 0;
    const signal = { aborted: false };
    Object.defineProperty(signal, "aborted", { get: () => steps++ > 0 });
    await workOn(systemActor("job"), importId, { signal: signal as AbortSignal });
    const [row] = await sql<{ status: string }[]>`select status from imports where id = ${importId}`;
    if (!row || !["checking", "running", "undoing"].includes(row.status)) return jobs;
    if (jobs > 20) throw new Error(`it does not get on: ${row.status}`);
  }
}

interface Seen {
  name: string;
  status: string;
  format: string;
  description: string;
  subtitle: string;
  tags: string[];
  path: string;
  owner: string;
  variants: {
    sku: string;
    title: string;
    price: number;
    was: number | null;
    weight: number;
    available: number;
    backorder: boolean;
  }[];
}
/** A product as it is stored; undefined where there is none. */
export async function see(slug: string): Promise<Seen | undefined> {
  const [row] = await sql<{ seen: Seen }[]>`
    select json_build_object('name', p.name, 'status', p.status, 'format', p.description_format,
      'description', p.description, 'subtitle', p.subtitle, 'tags', p.tags, 'path', c.path, 'owner', o.slug,
      'variants', (select coalesce(json_agg(json_build_object('sku', v.sku, 'title', v.title, 'price', v.price, 'was', v.compare_at_price,
        'weight', v.weight, 'available', i.available, 'backorder', i.backorder) order by v.position), '[]')
        from variants v join inventory i on i.variant_id = v.id where v.product_id = p.id and v.is_active)) as seen
    from products p join categories c on c.id = p.category_id join owners o on o.id = p.owner_id where p.slug = ${slug}`;
  return row?.seen;
}

/** Everything that a run without changes must leave alone: contents, versions, moments, caches, jobs, movements. */
export async function stateOfShop(): Promise<unknown> {
  return sql`select
    (select json_agg(p order by p.id) from products p) as products,
    (select json_agg(v order by v.id) from variants v) as variants,
    (select json_agg(i order by i.variant_id) from inventory i) as inventory,
    (select json_agg(c order by c.id) from categories c) as categories,
    (select json_agg(o order by o.id) from option_values o) as option_values,
    (select count(*) from stock_movements) as movements, (select count(*) from price_changes) as prices,
    (select count(*) from cache_expiries) as expiries, (select count(*) from notifications) as notifications`;
}
