import { readFileSync, rmSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { checked, goods, HEAD, statusOf, undone, upload } from "@/db/testing/imported-goods";
import { guessColumns } from "@/lib/domain/imports/columns";
import { getImport } from "@/lib/queries/admin/imports";
import { systemActor } from "@/lib/system";
import { placeOf } from "./kept-file";
import { check, reopen, resume, start, stop, undo } from "./steps";
import { workOn } from "./work";

const system = systemActor("job");
let world: Cast;

beforeAll(async () => {
  world = await cast();
});

describe("an import in the browser", () => {
  it("shows what it would do and does it only when it is told to", async () => {
    const importId = await checked(world.admin, "br-a,A,,,BR-A,10,5,Ups\nbr-bad,Bad,,,BR-BAD,free,5,Ups");
    expect(await statusOf(importId)).toBe("checked");
    expect(await goods("br-%")).toEqual([]);
    const rows =
      await sql`select line, lines, outcome from import_rows where import_id = ${importId} order by line`;
    expect(rows.map(({ line, outcome }) => `${line} ${outcome}`)).toEqual(["2 created", "3 failed"]);
    await start(world.admin, importId);
    await workOn(system, importId);
    expect(await statusOf(importId)).toBe("finished");
    expect(await goods("br-%")).toMatchObject([{ slug: "br-a", variants: [{ sku: "BR-A", available: 5 }] }]);
    const [row] = await sql`select summary from imports where id = ${importId}`;
    expect(row?.summary).toEqual({ rows: { created: 1, failed: 1 }, products: { created: 1, failed: 1 } });
  });

  it("tells how many pictures it could not load", async () => {
    const head = `${HEAD},Image Src`;
    const rows =
      "pic-a,A,,,PIC-A,10,5,Ups,http://127.0.0.1/a.jpg\npic-a,,,,,,,,http://127.0.0.1/b.jpg\npic-b,B,,,PIC-B,9,1,Ups,";
    const importId = await upload(world.admin, rows, head);
    const columns = guessColumns(head.split(",")).map((column) => column ?? "");
    await check(world.admin, { importId, columns, setStock: false, images: true });
    await workOn(system, importId);
    expect(await getImport(world.admin, importId)).toMatchObject({ status: "checked", unloaded: 0 });
    await start(world.admin, importId);
    await workOn(system, importId);
    expect(await getImport(world.admin, importId)).toMatchObject({ status: "finished", unloaded: 2 });
  });

  it("reads columns as a person says, and asks for those that it needs", async () => {
    const importId = await upload(world.admin, "map-a,9,Mapped", "Artikel,Preis,Bezeichnung");
    const wanted = { importId, setStock: false, images: false };
    await expect(check(world.admin, { ...wanted, columns: ["handle", "price", ""] })).rejects.toMatchObject({
      data: { fields: { "columns.0": 'No column is chosen for "Title".' } },
    });
    await expect(check(world.admin, { ...wanted, columns: ["", "", ""] })).rejects.toMatchObject({
      data: {
        fields: {
          "columns.0": 'No column is chosen for "Handle: what keeps rows together", "Title", "Price".',
        },
      },
    });
    await expect(
      check(world.admin, { ...wanted, columns: ["handle", "price", "price"] }),
    ).rejects.toMatchObject({
      data: { fields: { "columns.2": '"Price" is chosen twice.' } },
    });
    await check(world.admin, { ...wanted, columns: ["handle", "price", "title"] });
    await workOn(system, importId);
    await start(world.admin, importId);
    await workOn(system, importId);
    expect(await goods("map-a")).toMatchObject([{ name: "Mapped", variants: [{ price: 900 }] }]);
    // The next file of that kind is understood at once.
    const next = await upload(world.admin, "map-b,9,Mapped too", "Artikel,Preis,Bezeichnung");
    const [row] = await sql`select mapping -> 'columns' as columns from imports where id = ${next}`;
    expect(row?.columns).toEqual(["handle", "price", "title"]);
  });

  it("goes on after every interruption, product by product, and does nothing twice", async () => {
    const rows = Array.from({ length: 9 }, (_, i) => `cut-${i},Cut ${i},,,CUT-${i},5,3,Ups`).join("\n");
    const importId = await checked(world.admin, rows);
    await start(world.admin, importId);
    const dying = new AbortController();
    // Several workers take the job at once, each for a moment; the worker that stops leaves the rest to the next.
    for (let i = 0; i < 40 && (await statusOf(importId)) === "running"; i += 1) {
      const slice = i % 3 === 2 ? { sliceMs: 5_000 } : { sliceMs: 1 };
      await Promise.all([workOn(system, importId, slice), workOn(system, importId, { sliceMs: 1 })]);
    }
    expect(await statusOf(importId)).toBe("finished");
    dying.abort();
    await workOn(system, importId, { signal: dying.signal });
    const [counted] =
      await sql`select count(*)::int as rows, count(distinct line)::int as lines from import_rows where import_id = ${importId}`;
    expect(counted).toEqual({ rows: 9, lines: 9 });
    const moves =
      await sql`select m.variant_id from stock_movements m join variants v on v.id = m.variant_id where v.sku like 'CUT-%'`;
    expect(moves).toHaveLength(9);
  });

  it("can be stopped, gone on with, and checked anew", async () => {
    const importId = await checked(world.admin, "st-a,A,,,ST-A,10,5,Ups\nst-b,B,,,ST-B,10,5,Ups");
    await reopen(world.admin, importId);
    expect(await statusOf(importId)).toBe("waiting");
    const again = await checked(world.admin, "st-a,A,,,ST-A,10,5,Ups\nst-b,B,,,ST-B,10,5,Ups");
    await start(world.admin, again);
    await expect(start(world.admin, again)).rejects.toMatchObject({ code: "illegal_transition" });
    await stop(world.admin, again);
    await workOn(system, again);
    expect(await goods("st-%")).toEqual([]);
    await expect(resume(world.admin, again)).rejects.toMatchObject({ code: "illegal_transition" });
  });

  it("is an owner's own: unknown and foreign ones are not there, and foreign goods are refused", async () => {
    const importId = await checked(world.line, "tote-one,Mine Now,,,TOTE,1,1,Ups\nln-a,Own,,,LN-A,5,1,Ups");
    for (const step of [start, undo, stop, reopen, resume])
      await expect(step(world.ring, importId)).rejects.toMatchObject({ code: "not_found" });
    await start(world.line, importId);
    await workOn(system, importId);
    const [owner] =
      await sql`select o.slug from products p join owners o on o.id = p.owner_id where p.slug = 'ln-a'`;
    expect(owner).toEqual({ slug: "line" });
    expect(await goods("tote-one")).toMatchObject([{ name: "Tote One" }]);
    const [failed] =
      await sql`select outcome from import_rows where import_id = ${importId} and handle = 'tote-one'`;
    expect(failed).toEqual({ outcome: "failed" });
  });

  it("tells at once why a file is none", async () => {
    const importId = await upload(world.admin, "");
    const [row] = await sql`select status, message from imports where id = ${importId}`;
    expect(row).toEqual({ status: "failed", message: "The file is empty." });
  });
});

it("goes on on a machine that has no copy of the file", async () => {
  // Three pieces and a bit, so that their order matters.
  const rows = Array.from(
    { length: 40 },
    (_, i) => `else-${i},${`Else ${i} `.padEnd(85_000, "é")},,,ELSE-${i},5,1,Ups`,
  );
  const importId = await upload(world.admin, rows.join("\n"));
  const bytes = readFileSync(placeOf(importId));
  const columns = guessColumns(HEAD.split(",")).map((column) => column ?? "");
  rmSync(placeOf(importId));
  await check(world.admin, { importId, columns, setStock: false, images: false });
  await workOn(system, importId);
  expect(readFileSync(placeOf(importId)).equals(bytes)).toBe(true);
  rmSync(placeOf(importId));
  await sql`delete from import_files where import_id = ${importId}`;
  await start(world.admin, importId);
  await workOn(system, importId);
  expect(await getImport(world.admin, importId)).toMatchObject({
    status: "failed",
    message: "Its file is not there any more: send it again.",
  });
});

it("brings in an export of WooCommerce, variations and all, and takes it back", async () => {
  const head =
    "ID,Type,SKU,Name,Published,Visibility in catalog,Description,In stock?,Stock,Sale price,Regular price,Categories,Parent,Attribute 1 name,Attribute 1 value(s)";
  const rows = [
    '101,variable,WOO-J,Woo jug,1,visible,<p>Holds water.</p>,1,,,,Kitchen > Jugs,,Size,"Small, Large"',
    "102,variation,WOO-J-S,Woo jug - Small,1,visible,,1,4,,20,,WOO-J,Size,Small",
    "103,variation,WOO-J-L,Woo jug - Large,1,visible,,1,2,24,30,,WOO-J,Size,Large",
    "104,simple,WOO-B,Woo bowl,1,visible,,1,7,,12,Kitchen,,,",
  ];
  const importId = await upload(world.admin, rows.join("\n"), head);
  const goods =
    () => sql`select p.name, v.sku, v.price::int, v.compare_at_price::int as was, i.on_hand::int as stock
    from products p join variants v on v.product_id = p.id join inventory i on i.variant_id = v.id
    where v.sku like 'WOO-%' and p.status <> 'archived' order by v.sku`;
  await check(world.admin, { importId, columns: [], setStock: false, images: false });
  await workOn(system, importId);
  expect(await getImport(world.admin, importId)).toMatchObject({ format: "woocommerce", status: "checked" });
  expect(await goods()).toEqual([]);
  await start(world.admin, importId);
  await workOn(system, importId);
  expect(await goods()).toEqual([
    { name: "Woo bowl", sku: "WOO-B", price: 1_200, was: null, stock: 7 },
    { name: "Woo jug", sku: "WOO-J-L", price: 2_400, was: 3_000, stock: 2 },
    { name: "Woo jug", sku: "WOO-J-S", price: 2_000, was: null, stock: 4 },
  ]);
  expect(await undone(world.admin, importId)).toEqual([]);
  expect(await goods()).toEqual([]);
});
