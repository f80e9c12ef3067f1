/** The category of imported goods: one that somebody hid stays hidden and says so, one that an undo closed opens again. */
import { writeFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { guessColumns } from "@/lib/domain/imports/columns";
import { editCategory } from "@/lib/services/catalog-tree";
import { systemActor } from "@/lib/system";
import { draftPlace } from "./kept-file";
import { check, start, takeIn, undo } from "./steps";
import { workOn } from "./work";

const system = systemActor("job");
const HEAD = "Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Type";
const TOLD = 'the category "Vases" is hidden: this product will not be found under it';

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** Checked, and from then on imported where `isReal`. Answers its id and what the dry run says of its rows. */
async function imported(handles: readonly string[], isReal = true) {
  const path = await draftPlace();
  const rows = handles.map((handle) => `${handle},${handle},${handle},9.50,1,Vases`);
  writeFileSync(path, [HEAD, ...rows, ""].join("\n"));
  const importId = await takeIn(world.admin, { path, fileName: "vases.csv" });
  const columns = guessColumns(HEAD.split(",")).map((column) => column ?? "");
  await check(world.admin, { importId, columns, setStock: false, images: false });
  await workOn(system, importId);
  const said = await notesOf(importId);
  if (isReal) {
    await start(world.admin, importId);
    await workOn(system, importId);
    expect(await notesOf(importId)).toEqual(said);
  }
  return { importId, said };
}
const notesOf = async (importId: string) =>
  (await sql`select message from import_rows where import_id = ${importId} order by line`).map(
    ({ message }) => String(message ?? ""),
  );
const vases = async () => {
  const [row] = await sql`select id, version, name, slug, description, is_active as "isActive"
    from categories where path = 'imported/vases'`;
  return row as {
    id: string;
    version: number;
    name: string;
    slug: string;
    description: string;
    isActive: boolean;
  };
};
async function show(isActive: boolean) {
  const { id: categoryId, ...rest } = await vases();
  await editCategory(world.admin, { categoryId, ...rest, isActive });
}
async function takenBack(importId: string) {
  await undo(world.admin, importId);
  await workOn(system, importId);
}

test("a category that was hidden by hand stays hidden, and the dry run and the run say so", async () => {
  expect((await imported(["tall-vase"])).said).toEqual([""]);
  await show(false);
  expect((await imported(["tall-vase", "wide-vase"])).said).toEqual(["", TOLD]);
  expect((await vases()).isActive).toBe(false);
  await show(true);
  expect((await imported(["wide-vase", "flat-vase"])).said).toEqual(["", ""]);
});

test("one that an undo closed opens again, unless it was hidden by hand before that", async () => {
  await sql`update products set status = 'archived', archived_at = shop_now() where slug in ('tall-vase', 'wide-vase', 'flat-vase')`;
  const { importId } = await imported(["thin-vase"]);
  await takenBack(importId);
  expect((await vases()).isActive).toBe(false);
  const again = await imported(["thin-vase", "blue-vase"]);
  expect(again.said.join()).not.toContain("hidden");
  expect((await vases()).isActive).toBe(true);
  await show(false);
  await takenBack(again.importId);
  expect((await imported(["thin-vase", "round-vase"])).said.at(-1)).toBe(TOLD);
  expect((await vases()).isActive).toBe(false);
});
