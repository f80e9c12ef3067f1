import { writeFileSync } from "node:fs";
import sharp from "sharp";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { draftPlace } from "@/lib/services/imports/kept-file";
import { run } from "@/lib/services/imports/run";
import { putFile } from "@/lib/storage";
import { systemActor } from "@/lib/system";
import { exportProducts } from "./product-export";

const system = systemActor("import");
let world: Cast;

beforeAll(async () => {
  world = await cast();
});

async function exported(ownerId: string | null = null): Promise<string> {
  let text = "";
  const scope = { ownerId, currency: "EUR", mediaUrl: "https://shop.example/media" };
  for await (const piece of exportProducts(scope)) text += piece;
  // The cast's print has two variants that no option tells apart, which no shop can have.
  return text.replaceAll(/^print-one,.*\r\n/gm, "");
}

async function imported(text: string) {
  const path = await draftPlace();
  writeFileSync(path, text);
  return run(system, { path, fileName: "products.csv", setStock: true });
}

const GOODS = `Handle,Title,Subtitle,Description,Description format,Details,Tags,Status,Option1 Name,Option1 Value,Option2 Name,Option2 Value,SKU,Price,Compare-at price,Weight value (grams),Barcode,Inventory quantity,Continue selling when out of stock,Type,Featured,Tax class,Unit content,Content unit,Low-stock threshold,Variant for sale,Cost per item
trip-a,"=cmd|' /C calc'!A0","Linen, ""washed""
and mended","One

Two",text,-- care,"+plus, @home",active,Colour,Red,Size,S,TRIP-A-1,12.5,20,250,'00123,7,FALSE,Round,TRUE,reduced,750,ml,9,TRUE,7.4
trip-a,,,,,,,,Colour,Red,Size,L,TRIP-A-2,13,,,,0,TRUE,,,,,,,
trip-a,,,,,,,,Colour,Red,Size,S,TRIP-A-OLD,11,,,,1,FALSE,,,,1,l,0,FALSE
trip-b,'quoted,,<p>Rich</p>,html,,,draft,,,,,TRIP-B,3,,,,2,FALSE,Round,FALSE,,,,,
`;

it("comes back as it was: text, options, pictures, tags, categories, stock, weights and prices", async () => {
  await sql`insert into tax_classes (id, code, name) values (${newId()}, 'reduced', 'Reduced')`;
  expect((await imported(GOODS)).products).toMatchObject({ created: 2, failed: 0 });
  const [a] = await sql<{ id: string; category: string; value: string }[]>`
    select p.id, p.category_id as category, (select v.id from option_values v join product_options o on o.id = v.option_id
      where o.product_id = p.id and v.value = 'Red') as value from products p where p.slug = 'trip-a'`;
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: "#456" } })
    .webp()
    .toBuffer();
  await putFile("imported/trip-a/one.webp", picture, "image/webp");
  await sql`insert into product_images ${sql({
    id: newId(),
    product_id: a?.id ?? "",
    option_value_id: a?.value ?? "",
    key: "imported/trip-a/one.webp",
    alt: "-2 degrees",
    backdrop: "moss",
    width: 8,
    height: 8,
    position: 0,
    is_primary: true,
  })}`;
  await sql`update inventory set backorder_limit = 5 where backorder and variant_id in (select id from variants where sku = 'TRIP-A-2')`;
  await sql`update products set unpublish_at = '2099-03-01 08:30+00' where slug = 'trip-a'`;
  await sql`update products set publish_at = '2099-01-31 09:00+01', unpublish_at = '2099-02-01 09:00+01' where slug = 'trip-b'`;
  const before = await exported();
  expect(before).toContain("TRUE,reduced,,2099-03-01T08:30:00.000Z,");
  expect(before).toContain("FALSE,,2099-01-31T08:00:00.000Z,2099-02-01T08:00:00.000Z,");
  expect(before).toContain(",'-2 degrees,Red,moss\r\n");
  expect(before).toMatch(/TRIP-A-2,13\.00,.*,TRUE,.*,5,[^\n]*\n/);
  expect(before).toContain("TRUE,reduced,");
  expect(before).toContain("FALSE,750,ml,9,TRUE,7.40,");
  expect(before).toContain("TRIP-A-OLD,11.00,,0,,1,FALSE,1000,ml,0,FALSE");
  // Nothing in it is computed by a spreadsheet.
  expect(before).toContain(`"'=cmd|' /C calc'!A0"`.replaceAll('"', ""));
  expect(before).not.toMatch(/(?:^|,|\n)"?[=+@-]/m);

  // A picture that nobody put into words stays without: the name is only for those that a file brings.
  await sql`update product_images set alt = '' where key = 'imported/trip-a/one.webp'`;
  const wordless = await exported();
  expect((await imported(wordless)).products).toMatchObject({ updated: 0, failed: 0 });
  expect(await exported()).toBe(wordless);
  await sql`update product_images set alt = '-2 degrees' where key = 'imported/trip-a/one.webp'`;

  const same = await imported(before);
  expect([same.problems, same.products]).toMatchObject([[], { created: 0, updated: 0 }]);
  expect(await exported()).toBe(before);

  await sql`update products set name = 'X', tags = '{other}', description = 'x', details = 'x',
    is_featured = not is_featured, tax_class_id = null, unpublish_at = null,
    category_id = (select id from categories where id <> ${a?.category ?? ""} limit 1) where slug = 'trip-a'`;
  await sql`update variants set price = 1, compare_at_price = null, weight = 1, barcode = null, cost = 1, unit_amount = null,
    unit = null where sku like 'TRIP-%'`;
  for (const sku of ["TRIP-A-1", "TRIP-A-OLD"])
    await sql`update variants set is_active = not is_active where sku = ${sku}`;
  await sql`update inventory set low_stock_threshold = 5 where variant_id in (select id from variants where sku like 'TRIP-%')`;
  await sql`update inventory set backorder_limit = null where variant_id in (select id from variants where sku = 'TRIP-A-2')`;
  await sql`update product_images set alt = 'y', position = 5, backdrop = null where product_id = ${a?.id ?? ""}`;
  await sql`update products set status = 'active', published_at = now(), publish_at = null, unpublish_at = null where slug = 'trip-b'`;
  expect(await exported()).not.toBe(before);
  expect((await imported(before)).products).toMatchObject({ updated: 2, failed: 0 });
  expect(await exported()).toBe(before);

  // A picture that was taken off comes back from its file.
  await sql`delete from product_images where product_id = ${a?.id ?? ""}`;
  await imported(before);
  const [image] =
    await sql`select alt, width, backdrop from product_images where product_id = ${a?.id ?? ""}`;
  expect(image).toMatchObject({ alt: "-2 degrees", width: 8, backdrop: "moss" });
});

it("leaves out moments that are over or of no use, says so, and wakes the job for the others", async () => {
  const head = "Handle,Title,SKU,Price,Inventory quantity,Status,Publish at,Unpublish at";
  const due = async () =>
    (await sql`select count(*)::int as n from graphile_worker.jobs where task_identifier = 'catalog.due'`)[0]
      ?.n;
  const jobs = await due();
  const report = await imported(
    [
      head,
      "when-a,A,WHEN-A,3,1,draft,2099-05-01T08:00:00Z,2099-06-01T08:00:00Z",
      "when-b,B,WHEN-B,3,1,draft,2020-01-01T08:00:00Z,2099-01-01T08:00:00Z",
      "when-c,C,WHEN-C,3,1,active,2099-01-01T08:00:00Z,2099-01-02T08:00:00+02:00",
      "when-d,D,WHEN-D,3,1,draft,soon,",
    ].join("\n"),
  );
  expect(report.remarks.map(({ text }) => text)).toEqual([
    "the moment it goes into the shop left out: it is over",
    "the moment it goes out of the shop left out: it is not in the shop",
    "the moment it goes into the shop left out: it is in the shop already",
    '"soon" is no moment with a zone',
  ]);
  const stored = await sql`select publish_at is not null as into, unpublish_at is not null as out
    from products where slug like 'when-%' order by slug`;
  expect([...stored].map(({ into, out }) => [into, out])).toEqual([
    [true, true],
    [false, false],
    [false, true],
    [false, false],
  ]);
  expect(await due()).toBe(jobs + 3);
});

it("is an owner's own goods alone where an owner asks", async () => {
  const text = await exported(world.ring.ownerId);
  expect(text).toContain("tote-one");
  expect(text).not.toContain("trip-a");
});

it("leaves out variants that lost their place among the options: a file could not bring them back", async () => {
  expect(await exported()).toContain("TRIP-A-2");
  await sql`update variants set is_active = false, option_key = 'retired:' || id where sku = 'TRIP-A-2'`;
  const text = await exported();
  expect(text).not.toContain("TRIP-A-2");
  expect((await imported(text)).products).toMatchObject({ failed: 0 });
});
