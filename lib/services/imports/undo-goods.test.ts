/** What an import of goods changed, taken back: all of it, but for what was changed or sold since. */
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { goods, HEAD, imported, notesOf, statusOf, undone, upload } from "@/db/testing/imported-goods";
import type { Staff } from "@/lib/domain/actors";
import { guessColumns } from "@/lib/domain/imports/columns";
import { adjust } from "@/lib/services/inventory/adjust";
import { systemActor } from "@/lib/system";
import { check, start, undo } from "./steps";
import { workOn } from "./work";

const system = systemActor("job");
let world: Cast;

beforeAll(async () => {
  world = await cast();
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
