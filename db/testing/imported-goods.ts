/** For tests of imports of goods in the browser: a file that is sent, looked at, brought in and taken back. */
import { writeFileSync } from "node:fs";
import { expect } from "vitest";
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { guessColumns } from "@/lib/domain/imports/columns";
import { draftPlace } from "@/lib/services/imports/kept-file";
import { check, start, takeIn, undo } from "@/lib/services/imports/steps";
import { workOn } from "@/lib/services/imports/work";
import { systemActor } from "@/lib/system";

const system = systemActor("job");
export const HEAD =
  "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Type";

/** Sends a file of goods as the browser does; answers the import's id. */
export async function upload(staff: Staff, rows: string, head = HEAD): Promise<string> {
  const path = await draftPlace();
  writeFileSync(path, rows === "" ? "" : `${head}\n${rows.trim()}\n`);
  return takeIn(staff, { path, fileName: "goods.csv" });
}

/** The same, looked at by the worker. */
export async function checked(staff: Staff, rows: string, more: { setStock?: boolean; owner?: string } = {}) {
  const importId = await upload(staff, rows);
  const columns = guessColumns(HEAD.split(",")).map((column) => column ?? "");
  await check(staff, { importId, columns, setStock: false, images: false, ...more });
  await workOn(system, importId);
  return importId;
}

/** The same, brought in. */
export async function imported(
  staff: Staff,
  rows: string,
  more: { setStock?: boolean; owner?: string } = {},
) {
  const importId = await checked(staff, rows, more);
  await start(staff, importId);
  await workOn(system, importId);
  return importId;
}

/** Takes an import back; answers what could not be. */
export async function undone(staff: Staff, importId: string): Promise<string[]> {
  await undo(staff, importId);
  await workOn(system, importId);
  expect(await statusOf(importId)).toBe("undone");
  const rows =
    await sql`select undo from import_rows where import_id = ${importId} and undo <> '' order by line`;
  return rows.map((row) => String(row.undo));
}

/** Where an import stands. */
export async function statusOf(importId: string) {
  const [row] = await sql`select status from imports where id = ${importId}`;
  return row?.status;
}

/** What is said beside its rows. */
export async function notesOf(importId: string): Promise<string> {
  const rows = await sql`select message from import_rows where import_id = ${importId} order by line`;
  return rows.map((row) => row.message).join("; ");
}

/** What shoppers and staff see of goods: whatever an undo must bring back. */
export async function goods(like: string): Promise<unknown> {
  return sql`select p.slug, p.name, p.status, p.is_featured, p.tax_class_id, p.unpublish_at, p.tags, p.category_id, p.description, p.description_format,
    (select json_agg(json_build_object('id', v.id, 'sku', v.sku, 'title', v.title, 'key', v.option_key, 'price', v.price,
      'was', v.compare_at_price, 'cost', v.cost, 'weight', v.weight, 'active', v.is_active, 'available', i.available, 'content', v.unit_amount || v.unit, 'low', i.low_stock_threshold, 'sells', i.backorder, 'limit', i.backorder_limit,
      'values', (select json_agg(o.value order by o.value) from variant_option_values x
        join option_values o on o.id = x.option_value_id where x.variant_id = v.id)) order by v.id)
      from variants v join inventory i on i.variant_id = v.id where v.product_id = p.id and v.is_active) as variants,
    (select json_agg(json_build_object('id', o.id, 'name', o.name, 'position', o.position) order by o.id)
      from product_options o where o.product_id = p.id) as options
    from products p where p.slug like ${like} order by p.slug`;
}
