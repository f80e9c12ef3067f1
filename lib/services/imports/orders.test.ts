import { existsSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, variantId } from "@/db/cast";
import { sql } from "@/db/client";
import { wrongInTheBooks } from "@/db/testing/books";
import { shopifyOrders } from "@/db/testing/former-orders";
import { sendFile, workThrough } from "@/db/testing/imported";
import type { Staff } from "@/lib/domain/actors";
import { getCustomer } from "@/lib/queries/admin/customer";
import { find } from "@/lib/queries/admin/find";
import { formerOfCustomer, listFormerOrders } from "@/lib/queries/admin/former-orders";
import { getImport, listImportRows } from "@/lib/queries/admin/imports";
import { systemActor } from "@/lib/system";
import { draftPlace, placeOf } from "./kept-file";
import { importOrders } from "./orders";
import { check, start, undo } from "./steps";
import { undoPeople } from "./undo-people";

const system = systemActor("job");
let world: Cast;

beforeAll(async () => {
  world = await cast();
});

const sent = (text: string | Buffer, staff: Staff = world.admin) => sendFile(staff, "orders.csv", text);

const choice = (importId: string) => ({ importId, columns: [], setStock: false, images: false });
const cardOf = (importId: string) => getImport(world.admin, importId);
const rowsOf = (importId: string) =>
  listImportRows(world.admin, importId, { view: "all", page: 1, pageSize: 40, currency: "EUR" });

async function tried(text: string | Buffer): Promise<string> {
  const importId = await sent(text);
  await check(world.admin, choice(importId));
  await workThrough(importId);
  return importId;
}

async function imported(text: string | Buffer): Promise<string> {
  const importId = await tried(text);
  await start(world.admin, importId);
  await workThrough(importId);
  return importId;
}

const stored = () => sql`
  select f.number, f.email, f.placed_at, f.currency, f.total::int, f.refunded::int, f.financial_status, f.note, f.tags, f.version,
    f.address, f.cancelled_at, (select json_agg(json_build_object('title', l.title, 'quantity', l.quantity, 'price', l.price,
      'variantId', l.variant_id) order by l.position) from former_order_lines l where l.order_id = f.id) as lines
  from former_orders f order by f.number, f.external_id`;
/** All that this shop's own figures are made of. */
const own = () => sql`
  select (select count(*)::int from orders) as orders, (select count(*)::int from ledger_entries) as ledger,
    (select count(*)::int from stock_movements) as moved, (select sum(on_hand)::int from inventory) as stock,
    (select count(*)::int from customer_sums) as sums, (select count(*)::int from sales_days) as days,
    (select count(*)::int from mail) as mail, (select count(*)::int from users) as users`;

describe("orders of the former shop", () => {
  it("are looked at by row, come by many jobs as by one, and touch nothing of this shop", async () => {
    const before = await own();
    const importId = await tried(shopifyOrders());
    const counts = { all: 6, created: 3, failed: 3 };
    expect(await cardOf(importId)).toMatchObject({
      format: "orders",
      status: "checked",
      ownerName: null,
      rowsDone: 7,
      counts,
    });
    expect(await stored()).toEqual([]);
    const shown = [
      ["#1001", "2, 4", "created", null],
      ["#1002", "5", "failed", expect.stringMatching(/^Its rows do not stand together/)],
      ["#1003", "6", "created", "e-mail left out: it is no address"],
      ["#1004", "7", "failed", "Total is no amount of EUR."],
      ["#1005", "8", "created", null],
      ["#1002", "9", "failed", expect.stringMatching(/^Its rows do not stand together/)],
    ];
    const told = async () =>
      (await rowsOf(importId)).map(({ handle, lines, outcome, message }) => [
        handle,
        lines,
        outcome,
        message,
      ]);
    expect(await told()).toEqual(shown);
    const [first] = await rowsOf(importId);
    expect(first?.fills).toBe("e-mail, address, note, tags");
    expect(first?.differences.map(({ field, to }) => `${field}: ${to}`)).toEqual([
      "placed: 2026-05-01 08:00",
      "goods: €1,210.00",
      "delivery: €4.90",
      "taxes: €193.97",
      "discount: €10.00",
      "total: €1,214.90",
      "payment: paid",
      "fulfilment: fulfilled",
      "code: SPRING",
      "sent by: Post",
      "lines: 2 × Mug - Blue; 1 × Cup",
    ]);

    await start(world.admin, importId);
    expect(await workThrough(importId)).toBeGreaterThan(4);
    expect(await cardOf(importId)).toMatchObject({ status: "finished", rowsDone: 7, counts });
    expect(await told()).toEqual(shown);
    const [mug] = [await variantId("MUG")];
    expect((await stored())[0]).toMatchObject({
      number: "#1001",
      email: "ada@example.com",
      currency: "EUR",
      total: 121_490,
      note: "Ring twice,\nplease",
      tags: ["vip", "gift"],
      address: { name: "Ada Lovelace", line1: "Torstraße 1", postalCode: "10119", phone: "+4930123456" },
      lines: [
        { title: "Mug - Blue", quantity: 2, price: 60_000, variantId: mug },
        { title: "Cup", quantity: 1, price: 2_000, variantId: null },
      ],
    });
    // Nothing of it is this shop's, nothing of a payment is kept, and the record says nothing of the people.
    expect(await own()).toEqual(before);
    expect(await wrongInTheBooks()).toEqual([]);
    const kept = JSON.stringify(await sql`select r.*, i.mapping from import_rows r, imports i`);
    expect(kept).not.toMatch(/lovelace|torstra|ada@|ring twice|c123|not an address/i);
    expect(JSON.stringify(await sql`select * from former_orders`)).not.toMatch(/c123|Shopify Payments|King/);
    expect(existsSync(placeOf(importId))).toBe(false);
  });

  it("keeps an order's own currency, what was given back and what was cancelled, in other encodings", async () => {
    const text = shopifyOrders()
      .split("\r\n")
      .filter((line) => !line.includes("Lost line"))
      .join("\n");
    await imported(Buffer.from(`\ufeff${text}`, "utf16le"));
    const [, order] = await stored();
    expect(order).toMatchObject({
      number: "#1002",
      currency: "JPY",
      total: 1_200,
      refunded: 1_200,
      financial_status: "refunded",
      address: { name: "Grace Hopper" },
    });
    expect(new Date(String(order?.placed_at)).toISOString()).toBe("2026-04-01T16:00:00.000Z");
    expect(new Date(String(order?.cancelled_at)).toISOString()).toBe("2026-04-02T16:00:00.000Z");
    const latin = shopifyOrders()
      .replaceAll("#100", "#200")
      .replaceAll(/,500(\d),/g, ",700$1,");
    await imported(Buffer.from(latin, "latin1"));
    expect((await stored()).find(({ number }) => number === "#2001")?.address).toMatchObject({
      line1: "Torstraße 1",
    });
  });

  it("change nothing a second time, follow a newer file, and go back step by step", async () => {
    const before = await stored();
    const again = await imported(shopifyOrders());
    expect(await cardOf(again)).toMatchObject({
      counts: { unchanged: 3, created: 0, updated: 0, failed: 3 },
    });
    expect(await stored()).toEqual(before);

    const newer = { state: "partially_refunded,,fulfilled", refunded: "20.00", cup: '"Cup, mended"' };
    const text = shopifyOrders(newer).replace("Ring twice,\nplease", "Another note");
    const update = await imported(text);
    const [row] = await rowsOf(update);
    expect(row).toMatchObject({ handle: "#1001", outcome: "updated", fills: "" });
    expect(row?.differences.map(({ field, from, to }) => `${field}: ${from} → ${to}`)).toEqual([
      "given back: €0.00 → €20.00",
      "payment: paid → partially_refunded",
      "lines: 2 × Mug - Blue; 1 × Cup → 2 × Mug - Blue; 1 × Cup, mended",
    ]);
    // What is of a person is never overwritten.
    expect((await stored())[0]).toMatchObject({ refunded: 2_000, note: "Ring twice,\nplease", version: 2 });

    const [first] = await sql`select import_id from former_orders where number = '#1001'`;
    const firstId = String(first?.import_id);
    await undo(world.admin, update);
    expect(await workThrough(update)).toBe(1);
    expect(await stored()).toEqual(before);
    await imported(shopifyOrders(newer));
    await undo(world.admin, firstId);
    await workThrough(firstId);
    expect(await cardOf(firstId)).toMatchObject({ status: "undone", left: 1 });
    expect((await rowsOf(firstId))[0]?.undo).toBe("a later import changed it: undo that one first");
    expect((await stored()).map(({ number }) => number)).not.toContain("#1005");
    expect((await stored()).map(({ number }) => number)).toContain("#1001");
  });

  it("without an id are told apart by number and moment, and filled in where a column was missing", async () => {
    const rows = (moment: string, more = "", value = "") =>
      `Name,Created at,Total,Currency,Lineitem name${more}\nN1,${moment},5.00,EUR,Card${value}\n`;
    const at = "2026-01-01 09:00:00 +0100";
    const bring = async (text: string, dryRun = false) => {
      const path = await draftPlace();
      writeFileSync(path, text);
      return importOrders(system, { path, dryRun });
    };
    expect((await bring(rows(at), true)).products.created).toBe(1);
    const { importId } = await bring(rows(at));
    const filled = await bring(rows(at, ",Id,Email,Refunded Amount", ",9001,Late@Example.com,1.00"));
    expect(filled.products).toMatchObject({ updated: 1, created: 0 });
    const [order] =
      await sql`select email, external_id, refunded::int from former_orders where number = 'N1'`;
    expect(order).toEqual({ email: "late@example.com", external_id: "9001", refunded: 100 });
    expect((await bring(rows("2026-01-02 09:00:00 +0100", ",Id", ",9002"))).products.created).toBe(1);
    const unclear = await bring(rows("2026-01-03 09:00:00 +0100"));
    expect(unclear.problems[0]?.message).toMatch(/^Another order of this number is here/);
    expect((await bring(rows(at, ",Id", ",9001").replace("EUR", "USD"))).problems[0]?.message).toBe(
      "It is here in EUR, and an order keeps its currency.",
    );

    expect(await undoPeople(system, String(filled.importId))).toMatchObject({ undone: 1, left: [] });
    expect(await undoPeople(system, String(importId))).toMatchObject({
      undone: 1,
      left: [],
      format: "orders",
    });
    expect(await sql`select external_id from former_orders where number = 'N1'`).toEqual([
      { external_id: "9002" },
    ]);
  });

  it("are the admins' alone, are found, and stand on the customer's page apart from what was spent here", async () => {
    await imported(shopifyOrders());
    const list = (search: string) =>
      listFormerOrders(world.admin, { search, view: "all", sort: "placed", page: 1, pageSize: 30 });
    const numbers = async (search: string) => (await list(search)).rows.map(({ number }) => number);
    expect(await numbers("1001")).toEqual(["#1001"]);
    expect(await numbers("ADA@example")).toContain("#1005");
    expect(await numbers("lovelace")).toContain("#1001");
    expect((await list("")).counts).toMatchObject({ cancelled: 1 });
    const labels = async (staff: Parameters<typeof find>[0]) =>
      (await find(staff, "#1001")).map(({ label }) => label);
    expect([await labels(world.admin), await labels(world.line)]).toEqual([["#1001"], []]);

    const former = await formerOfCustomer(world.admin, "Ada@example.com");
    const [sum] = await sql`select count(*)::int as n, sum(total - refunded)::int as value from former_orders
      where email = 'ada@example.com'`;
    expect(former).toMatchObject({ orders: sum?.n, values: [{ currency: "EUR", value: sum?.value }] });
    expect(await getCustomer(world.admin, world.id.ada)).toMatchObject({ orders: 0, value: 0 });
    expect(await formerOfCustomer(world.admin, "grace@navy.example")).toMatchObject({
      orders: 0,
      values: [],
      count: 1,
    });

    const refused = await sent(shopifyOrders(), world.line);
    expect(await getImport(world.admin, refused)).toMatchObject({
      status: "failed",
      message: "This is a file of orders: an admin of the shop brings it in.",
    });
    const importId = await sent(shopifyOrders());
    await sql`update imports set started_by = ${world.line.userId} where id = ${importId}`;
    expect(await getImport(world.line, importId)).toBeNull();
  });
});
