import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import type { Staff } from "@/lib/domain/actors";
import { guessColumns } from "@/lib/domain/imports/columns";
import { getImport } from "@/lib/queries/admin/imports";
import { adjust } from "@/lib/services/inventory/adjust";
import { systemActor } from "@/lib/system";
import { draftPlace, placeOf } from "./kept-file";
import { check, reopen, resume, start, stop, takeIn, undo } from "./steps";
import { workOn } from "./work";

const system = systemActor("job");
const HEAD = "Handle,Title,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Inventory Qty,Type";
let world: Cast;

beforeAll(async () => {
  world = await cast();
});

async function upload(staff: Staff, rows: string, head = HEAD): Promise<string> {
  const path = await draftPlace();
  writeFileSync(path, rows === "" ? "" : `${head}\n${rows.trim()}\n`);
  return takeIn(staff, { path, fileName: "goods.csv" });
}

async function checked(staff: Staff, rows: string, more: { setStock?: boolean; owner?: string } = {}) {
  const importId = await upload(staff, rows);
  const columns = guessColumns(HEAD.split(",")).map((column) => column ?? "");
  await check(staff, { importId, columns, setStock: false, images: false, ...more });
  await workOn(system, importId);
  return importId;
}

async function imported(staff: Staff, rows: string, more: { setStock?: boolean; owner?: string } = {}) {
  const importId = await checked(staff, rows, more);
  await start(staff, importId);
  await workOn(system, importId);
  return importId;
}

async function undone(staff: Staff, importId: string): Promise<string[]> {
  await undo(staff, importId);
  await workOn(system, importId);
  expect(await statusOf(importId)).toBe("undone");
  const rows =
    await sql`select undo from import_rows where import_id = ${importId} and undo <> '' order by line`;
  return rows.map((row) => String(row.undo));
}

async function statusOf(importId: string) {
  const [row] = await sql`select status from imports where id = ${importId}`;
  return row?.status;
}

async function notesOf(importId: string): Promise<string> {
  const rows = await sql`select message from import_rows where import_id = ${importId} order by line`;
  return rows.map((row) => row.message).join("; ");
}

/** What shoppers and staff see of goods: whatever an undo must bring back. */
async function goods(like: string): Promise<unknown> {
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

describe("undo", () => {
  it("gives every product back what it had: prices, names, options, variants, stock", async () => {
    await imported(
      world.admin,
      "un-a,A,Size,S,UN-A-S,10,5,Ups\nun-a,,,M,UN-A-M,12,5,\nun-b,B,,,UN-B,20,5,Ups",
    );
    const before = await goods("un-%");
    const importId = await imported(
      world.admin,
      "un-a,Changed,Colour,Red,UN-A-S,8,9,Ups\nun-a,,,Blue,UN-A-M,15,2,\nun-a,,,Green,UN-A-G,15,2,\nun-b,B2,,,UN-B,25,5,Else\nun-c,New,,,UN-C,1,4,Ups",
      { setStock: true },
    );
    expect(await goods("un-%")).not.toEqual(before);
    expect(await undone(world.admin, importId)).toEqual([]);
    const after = (await goods("un-%")) as { slug: string; status: string }[];
    expect(after.filter(({ slug }) => slug !== "un-c")).toEqual(before);
    expect(after.find(({ slug }) => slug === "un-c")).toMatchObject({
      status: "archived",
      variants: [{ available: 0 }],
    });
    // Its old options are the old rows, and what came is gone.
    expect(
      await sql`select 1 from product_options where name = 'Colour' and product_id = (select id from products where slug = 'un-a')`,
    ).toEqual([]);
    // The file can come again: goods and counts are as it says.
    const again = await imported(world.admin, "un-c,New,,,UN-C,1,4,Ups");
    expect(await goods("un-c")).toMatchObject([{ status: "active", variants: [{ available: 4 }] }]);
    expect(await undone(world.admin, again)).toEqual([]);
  });

  it("gives back contents, thresholds, backorder limits, tax classes, what is featured, what is for sale and until when", async () => {
    await sql`insert into tax_classes (id, code, name) values (gen_random_uuid(), 'books', 'Books')`;
    const head = `${HEAD},Featured,Tax class,Unit content,Content unit,Low-stock threshold,Variant for sale,Cost per item,Continue selling when out of stock,Backorder limit,Unpublish at`;
    const once = async (staff: Staff, rows: string) => {
      const importId = await upload(staff, rows, head);
      const columns = guessColumns(head.split(",")).map((column) => column ?? "");
      await check(staff, { importId, columns, setStock: false, images: false });
      await workOn(system, importId);
      await start(staff, importId);
      await workOn(system, importId);
      return importId;
    };
    await once(
      world.admin,
      "cx-a,A,Size,S,CX-A-1,10,5,Ups,FALSE,,200,g,3,TRUE,,TRUE,5,2099-01-01T00:00:00Z\ncx-a,,Size,L,CX-A-2,10,5,,,,,,4,FALSE,2.5",
    );
    const before = await goods("cx-a");
    expect(before).toMatchObject([
      { unpublish_at: expect.anything(), variants: [{ sku: "CX-A-1", sells: true, limit: 5 }] },
    ]);
    const next =
      "cx-a,A,Size,S,CX-A-1,10,5,Ups,TRUE,books,1,l,8,FALSE,,TRUE,2,\ncx-a,,Size,L,CX-A-2,10,5,,,,50,g,9,TRUE,3,TRUE,7\n" +
      "cx-a,,Size,M,CX-A-3,10,5,,,,5,furlongs,-1,FALSE,dear";
    const importId = await once(world.admin, next);
    expect(await goods("cx-a")).toMatchObject([
      {
        is_featured: true,
        unpublish_at: null,
        variants: [{ sku: "CX-A-2", content: "50g", low: 9, cost: 300, sells: true, limit: 7 }],
      },
    ]);
    expect(await notesOf(importId)).toMatch(/cost "dear" left out.*furlongs.*left out.*threshold/);
    expect(await undone(world.admin, importId)).toEqual([]);
    expect(await goods("cx-a")).toEqual(before);
    // Neither taxes nor the front page are for owners to decide.
    const own = await once(world.line, "cx-b,B,,,CX-B,10,5,Ups,TRUE,books,,,,");
    expect(await goods("cx-b")).toMatchObject([{ is_featured: false, tax_class_id: null }]);
    expect(await notesOf(own)).toMatch(/tax class left as it is.*featured left as it is/);
  });

  it("leaves what somebody changed since, and says so", async () => {
    await imported(world.admin, "ch-a,A,,,CH-A,10,5,Ups");
    const importId = await imported(world.admin, "ch-a,A2,,,CH-A,12,5,Ups");
    await sql`update products set name = 'By hand' where slug = 'ch-a'`;
    expect(await undone(world.admin, importId)).toEqual(["name was changed since and stays"]);
    expect(await goods("ch-a")).toMatchObject([{ name: "By hand", variants: [{ price: 1000 }] }]);
  });

  it("never takes back what was sold", async () => {
    const importId = await imported(world.admin, "so-a,A,,,SO-A,10,5,Ups");
    await order(guest(), [{ variantId: await variantId("SO-A"), quantity: 2 }], {
      method: "cash_on_delivery",
    });
    expect(await undone(world.admin, importId)).toEqual(["archived: one order names it"]);
    const [stock] =
      await sql`select i.on_hand, i.reserved, p.status from inventory i join variants v on v.id = i.variant_id
      join products p on p.id = v.product_id where v.sku = 'SO-A'`;
    expect(stock).toEqual({ on_hand: 0, reserved: 0, status: "archived" });
    await imported(world.admin, "so-b,B,,,SO-B,10,2,Ups");
    const more = await imported(world.admin, "so-b,B,,,SO-B,10,9,Ups", { setStock: true });
    await adjust(world.admin, { variantId: await variantId("SO-B"), delta: -6, reason: "lost" });
    expect(await undone(world.admin, more)).toEqual(["4 of SO-B are sold or held for orders"]);
  });

  it("goes on after an interruption and happens once", async () => {
    const rows = Array.from({ length: 6 }, (_, i) => `uc-${i},Uc ${i},,,UC-${i},5,3,Ups`).join("\n");
    const importId = await imported(world.admin, rows);
    await undo(world.admin, importId);
    await expect(undo(world.admin, importId)).rejects.toMatchObject({ code: "illegal_transition" });
    for (let i = 0; i < 20 && (await statusOf(importId)) === "undoing"; i += 1)
      await Promise.all([
        workOn(system, importId, { sliceMs: i * 20 }),
        workOn(system, importId, { sliceMs: i * 20 }),
      ]);
    expect(await statusOf(importId)).toBe("undone");
    const wrong =
      await sql`select v.sku from inventory i join variants v on v.id = i.variant_id where v.sku like 'UC-%' and i.on_hand <> 0`;
    expect(wrong).toEqual([]);
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
