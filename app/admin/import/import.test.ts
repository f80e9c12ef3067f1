/** An import as its page tells it: each difference in words, how far it has come, and files of other shapes than Shopify's. */
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { comeAs, pageOf, wordsOf } from "@/db/testing/front-door";
import { guessColumns } from "@/lib/domain/imports/columns";
import { draftPlace } from "@/lib/services/imports/kept-file";
import { check, start, takeIn } from "@/lib/services/imports/steps";
import { workOn } from "@/lib/services/imports/work";
import { getFile } from "@/lib/storage";
import { systemActor } from "@/lib/system";
import AdminImportRun from "./[id]/page";

const system = systemActor("job");
let world: Cast;
let server: Server;
let pictures = "";

beforeAll(async () => {
  world = await cast();
  const jpeg = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#c84" } })
    .jpeg()
    .toBuffer();
  server = createServer((request, answer) =>
    request.url === "/there.jpg" ? answer.end(jpeg) : answer.writeHead(404).end(),
  );
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  pictures = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

/** A file as it lies in the shop after its upload, looked at. `columns`: what a person chose for those not understood. */
async function lookedAt(head: string, rows: string, chosen: Record<string, string> = {}, images = false) {
  const path = await draftPlace();
  writeFileSync(path, `${head}\n${rows.trim()}\n`);
  const importId = await takeIn(world.admin, { path, fileName: "goods.csv" });
  const guessed = guessColumns(head.split(","));
  const columns = head.split(",").map((name, at) => chosen[name] ?? guessed[at] ?? "");
  await check(world.admin, { importId, columns, setStock: true, images });
  await workOn(system, importId);
  return importId;
}

async function done(importId: string) {
  await start(world.admin, importId);
  await workOn(system, importId, { downloads: { isAllowed: (address) => address === "127.0.0.1" } });
}

async function shown(importId: string): Promise<string> {
  await comeAs(world.id.admin);
  return pageOf(AdminImportRun, {}, { id: importId });
}

/** What stands in the column of differences, a line each, by product. */
const differencesIn = (html: string) =>
  Object.fromEntries(
    [...(/<tbody.*<\/tbody>/s.exec(html)?.[0] ?? "").matchAll(/<tr .*?<\/tr>/gs)].map(([row]) => [
      wordsOf(row).split("\n")[0],
      [...row.matchAll(/<li.*?<\/li>/gs)].map(([item]) => wordsOf(item).replaceAll("\n", " ")),
    ]),
  );

it("tells each product's differences before anything is changed: from what to what, by SKU, or why not", async () => {
  const head =
    "Handle,Title,Tags,Option1 Name,Option1 Value,Variant SKU,Variant Price,Variant Compare At Price,Variant Grams,Variant Inventory Qty,Type";
  const importId = await lookedAt(
    head,
    `print-one,Print Two,"paper, wall",,,PRINT-S,31.50,40,120,12,Objects
mug-one,Mug One,,,,MUG,18,,,3,Objects
jug-one,Jug One,,Size,Small,JUG-S,12,,,4,Objects
jug-one,,,,Large,JUG-L,15,,,0,
bad-one,Bad One,,,,BAD,free,,,1,Objects`,
  );
  const html = await shown(importId);
  expect(wordsOf(html)).toContain(
    "Nothing is changed yet\n1 product would be new, 1 changed. 1 cannot be imported",
  );
  expect(differencesIn(html)).toEqual({
    "print-one": [
      "not in the file, left as they are: PRINT-L",
      "Name: Print One → Print Two",
      "Tags: none → paper, wall",
      "PRINT-S Price: €29.00 → €31.50",
      "PRINT-S Former price: none → €40.00",
      "PRINT-S Weight: 0 g → 120 g",
      "PRINT-S Options: Small → none",
      "PRINT-S Stock: 10 → 12",
    ],
    "mug-one": [],
    "jug-one": ["JUG-S New variant: Small, €12.00, 4 in stock", "JUG-L New variant: Large, €15.00"],
    "bad-one": ['Line 6: "free" is no price in EUR.'],
  });
  const [price] = await sql`select price::int from variants where sku = 'PRINT-S'`;
  expect(price?.price).toBe(2_900);
});

it("tells how many rows are done while it works, and goes on from there", async () => {
  const rows = Array.from({ length: 5 }, (_, i) => `far-${i},Far ${i},FAR-${i},5,3,Ups`).join("\n");
  const importId = await lookedAt("Handle,Title,Variant SKU,Variant Price,Variant Inventory Qty,Type", rows);
  await start(world.admin, importId);
  const seen: number[] = [];
  for (let i = 0; i < 200; i += 1) {
    await workOn(system, importId, { sliceMs: 50 });
    const html = await shown(importId);
    const [, value] = /<progress id="progress" max="5" value="(\d+)"/.exec(html) ?? [];
    if (value === undefined) break;
    expect(wordsOf(html)).toContain(`\n${value} of 5 rows\n`);
    const [row] = await sql`select count(*)::int as n from products where slug like 'far-%'`;
    expect(row?.n).toBe(Number(value));
    seen.push(Number(value));
  }
  expect(seen.length).toBeGreaterThan(1);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(wordsOf(await shown(importId))).toContain("5 new, 0 changed. The shop shows it already.");
});

it("brings a picture in from where the file says, and names the one that did not come", async () => {
  const importId = await lookedAt(
    "Handle,Title,Variant SKU,Variant Price,Type,Image Src,Image Alt Text",
    `pot-a,Pot,POT-A,10,Ups,${pictures}/there.jpg,A round pot\npot-a,,,,,${pictures}/gone.jpg,`,
    {},
    true,
  );
  await done(importId);
  const [picture] = await sql<{ key: string; alt: string; width: number }[]>`
    select key, alt, width from product_images i join products p on p.id = i.product_id where p.slug = 'pot-a'`;
  expect(picture).toMatchObject({ alt: "A round pot", width: 60 });
  expect((await sharp((await getFile(picture?.key ?? ""))?.bytes).metadata()).format).toBe("webp");
  const words = wordsOf(await shown(importId));
  expect(words).toContain("One picture was not loaded");
  expect(words.replaceAll("\n", " ")).toContain("Line 3 : picture not loaded: 127.0.0.1 answers 404");
  expect(words.replaceAll("\n", " ")).toContain("Pictures: 1 new");
});

/** As dummyjson, AWS's retail demo and .NET's eShop name their columns; a line for each piece. */
it.each([
  [
    "dummyjson",
    "id,title,description,category,price,stock,tags,brand,sku,weight,thumbnail",
    '1,Mascara,Lengthens.,beauty,9.99,99,"beauty,mascara",Essence,BEA-1,4,',
    { id: "handle", stock: "quantity", brand: "vendor" },
    {
      slug: "1",
      name: "Mascara",
      path: "imported/beauty",
      sku: "BEA-1",
      price: 999,
      available: 99,
      tags: ["beauty", "mascara"],
    },
  ],
  [
    "aws-retail-demo",
    "id,current_stock,name,category,style,description,price,image",
    "6579c22f-be2b,15,Expedition Backpack,accessories,backpack,For long treks.,129.99,6579.jpg",
    { id: "handle", current_stock: "quantity", name: "title", style: "tags" },
    {
      slug: "6579c22f-be2b",
      name: "Expedition Backpack",
      path: "imported/accessories",
      sku: "6579C22F-BE2B",
      price: 12_999,
      available: 15,
      tags: ["backpack"],
    },
  ],
  [
    "dotnet-eshop",
    "Id,Type,Brand,Name,Description,Price",
    "101,Ski/boarding,WildRunner,Alpine Goggles,Full protection.,79.99",
    { Id: "handle", Name: "title", Brand: "vendor" },
    {
      slug: "101",
      name: "Alpine Goggles",
      path: "imported/ski-boarding",
      sku: "101",
      price: 7_999,
      available: 0,
      tags: [],
    },
  ],
] as const)("reads the columns of %s as a person chose them", async (_, head, row, chosen, expected) => {
  await done(await lookedAt(head, row, chosen));
  const [found] = await sql`
    select p.slug, p.name, c.path, v.sku, v.price::int as price, i.available, p.tags from products p
      join categories c on c.id = p.category_id join variants v on v.product_id = p.id
      join inventory i on i.variant_id = v.id where p.slug = ${expected.slug}`;
  expect(found).toEqual(expected);
});

/** Of files whose columns nobody needs to explain. */
it.each([
  [
    "WooCommerce",
    "ID,Type,SKU,Name,Published,Regular price,Upsells",
    "1,simple,WOO-1,Lamp,1,20,",
    "6 of 7",
    "ID, Type, SKU, Name, Published, Regular price",
    "Upsells",
  ],
  [
    "customers",
    "Customer ID,First Name,Last Name,Email,Accepts Email Marketing,Total Spent",
    "1,Ida,Rhodes,ida@example.com,no,5.00",
    "4 of 6",
    "First Name, Last Name, Email, Accepts Email Marketing",
    "Customer ID, Total Spent",
  ],
])(
  "shows which columns of an export of %s are read, and which are not",
  async (_, head, row, count, read, not) => {
    const path = await draftPlace();
    writeFileSync(path, `${head}\n${row}\n`);
    const words = wordsOf(await shown(await takeIn(world.admin, { path, fileName: "other.csv" })));
    expect(words).toContain(`Columns that are read:\n${count}`);
    expect(words).toContain(`\n${read}\nNot read: ${not}\n`);
  },
);
