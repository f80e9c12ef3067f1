import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, variantId } from "@/db/cast";
import { BERLIN, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { ShopError } from "@/lib/domain/errors";
import { readPeriod } from "@/lib/domain/periods";
import { adjust, setOnHand } from "@/lib/services/inventory/adjust";
import { setThreshold } from "@/lib/services/inventory/policy";
import { deliver } from "@/lib/services/orders/deliver";
import { addNote } from "@/lib/services/orders/notes";
import { ship, startProcessing } from "@/lib/services/orders/ship";
import { collectCash } from "@/lib/services/payments/capture";
import { getToday } from "./calendar";
import { getFigures } from "./figures";
import { getDesk } from "./home";
import { listNotes } from "./notes";
import { getStaffOrder } from "./order";
import { listOrders } from "./orders";
import { getProductForm, listPriceChanges, listProducts } from "./products";
import { getStock, listMovements, listStock } from "./stock";

let world: Cast;
/** An order of both owners, and one of ring alone. */
let both: { id: string; number: string };
let ringOnly: { id: string; number: string };
let mug: string;
let tote: string;

const all = { search: "", view: "all", sort: "placed", page: 1, pageSize: 50 } as const;
const stockAll = { ...all, sort: "name" } as const;

beforeAll(async () => {
  world = await cast();
  [mug, tote] = [await variantId("MUG"), await variantId("TOTE")];
  const method = "cash_on_delivery";
  const placed = await order(
    guest(),
    [
      { variantId: mug, quantity: 2 },
      { variantId: tote, quantity: 1 },
    ],
    { method, email: "secret@example.com" },
  );
  both = { id: placed.orderId, number: placed.number };
  const other = await order(guest(), [{ variantId: tote, quantity: 3 }], {
    method,
    address: { ...BERLIN, name: "Grace Hopper" },
  });
  ringOnly = { id: other.orderId, number: other.number };
});

async function codeOf(run: Promise<unknown>): Promise<string> {
  return run.then(
    () => "done",
    (error: unknown) => (error instanceof ShopError ? `${error.code}: ${error.message}` : String(error)),
  );
}

describe("what an owner sees", () => {
  it("lists orders that hold their goods, with the sum of their own lines", async () => {
    const { rows, counts } = await listOrders(world.line, all);
    expect(rows.map(({ number, total, pieces }) => ({ number, total, pieces }))).toEqual([
      { number: both.number, total: 3_600, pieces: 2 },
    ]);
    expect(counts).toMatchObject({ all: "1", "to-ship": "1" });
    expect((await listOrders(world.ring, all)).counts.all).toBe("2");
    expect((await listOrders(world.admin, all)).counts.all).toBe("2");
  });

  it("finds orders by number and name, and only admins by e-mail", async () => {
    const found = async (staff: Cast["line"] | Cast["admin"], search: string) =>
      (await listOrders(staff, { ...all, search })).rows.map(({ number }) => number);
    expect(await found(world.line, "LOVELACE")).toEqual([both.number]);
    expect(await found(world.line, both.number.slice(3).toLowerCase())).toEqual([both.number]);
    expect(await found(world.line, "secret@")).toEqual([]);
    expect(await found(world.admin, "secret@")).toEqual([both.number]);
    expect(await found(world.admin, "%")).toEqual([]);
  });

  it("opens an order without others' lines, sums, e-mail or bill", async () => {
    const seen = await getStaffOrder(world.line, both.number);
    expect(seen?.parts.map(({ ownerName }) => ownerName)).toEqual(["Line"]);
    expect(seen).toMatchObject({ total: 3_600, whole: null, can: { cancel: false } });
    const text = JSON.stringify(seen);
    for (const hidden of ["TOTE", "Tote", "Ring", "secret@example.com"]) expect(text).not.toContain(hidden);
    const whole = await getStaffOrder(world.admin, both.number);
    expect(whole?.parts).toHaveLength(2);
    expect(whole?.whole?.email).toBe("secret@example.com");
    expect(await getStaffOrder(world.line, ringOnly.number)).toBeNull();
    expect(await getStaffOrder(world.line, "MR-NOSUCH")).toBeNull();
  });

  it("sees own products, prices, stock and movements, and nothing else", async () => {
    const products = await listProducts(world.line, { ...all, sort: "name" });
    expect(products.rows.map(({ name }) => name)).toEqual(["Mug One", "Print One"]);
    expect((await listProducts(world.admin, { ...all, sort: "stock" })).counts.all).toBe(3);
    expect(await getProductForm(world.line, world.tote.id)).toBeNull();
    expect(await listPriceChanges(world.line, world.tote.id)).toEqual([]);
    const stock = await listStock(world.line, stockAll);
    expect(stock.rows.map(({ sku }) => sku)).toEqual(["MUG", "PRINT-S", "PRINT-L"]);
    expect(await getStock(world.line, tote)).toBeNull();
    expect(await listMovements(world.line, tote, all)).toMatchObject({ rows: [] });
    expect(await getStock(world.line, mug)).toMatchObject({ onHand: 1, available: 1, toPack: 2 });
    expect((await listMovements(world.line, mug, all)).rows.at(-1)).toMatchObject({
      kind: "restock",
      onHand: 3,
    });
    expect((await listStock(world.line, { ...stockAll, view: "low" })).rows.map(({ sku }) => sku)).toEqual([
      "MUG",
    ]);
  });
});

describe("what an owner may change", () => {
  it("is refused for others' goods just as for what is not there", async () => {
    const part = (await getStaffOrder(world.admin, both.number))?.parts.find(
      (each) => each.ownerName === "Ring",
    );
    if (!part) throw new Error("ring has no part");
    const missing = world.id.zone;
    const pairs: [() => Promise<unknown>, () => Promise<unknown>][] = [
      [
        () => ship(world.line, ringOnly.id, { carrier: "DHL" }),
        () => ship(world.line, missing, { carrier: "DHL" }),
      ],
      [
        () => ship(world.line, both.id, { carrier: "DHL", fulfilmentId: part.id }),
        () => ship(world.line, both.id, { carrier: "DHL", fulfilmentId: missing }),
      ],
      [() => startProcessing(world.line, ringOnly.id), () => startProcessing(world.line, missing)],
      [
        () => addNote(world.line, { orderId: ringOnly.id, body: "x" }),
        () => addNote(world.line, { orderId: missing, body: "x" }),
      ],
      [
        () => adjust(world.line, { variantId: tote, delta: 1, reason: "x" }),
        () => adjust(world.line, { variantId: missing, delta: 1, reason: "x" }),
      ],
      [
        () => setOnHand(world.line, { variantId: tote, counted: 1, reason: "x" }),
        () => setOnHand(world.line, { variantId: missing, counted: 1, reason: "x" }),
      ],
      [
        () => setThreshold(world.line, { variantId: tote, threshold: 1 }),
        () => setThreshold(world.line, { variantId: missing, threshold: 1 }),
      ],
    ];
    for (const [others, unknown] of pairs) {
      const answer = await codeOf(others());
      expect(answer).toMatch(/^not_found/);
      expect(answer).toBe(await codeOf(unknown()));
    }
  });

  it("refuses lines of another owner in one's own parcel", async () => {
    const ring = (await getStaffOrder(world.admin, both.number))?.parts.find(
      (each) => each.ownerName === "Ring",
    );
    const lines = ring?.lines.map((line) => ({ orderLineId: line.id, quantity: 1 }));
    expect(await codeOf(ship(world.line, both.id, { carrier: "DHL", lines }))).toMatch(/^invalid_input/);
  });

  it("keeps an owner's note from other owners and shows an admin's to all", async () => {
    await addNote(world.line, { orderId: both.id, body: "Wrap it twice" });
    await addNote(world.admin, { orderId: both.id, body: "She called" });
    const read = async (staff: Cast["line"] | Cast["admin"]) =>
      (await listNotes(staff, both.id)).map(({ body }) => body);
    expect(await read(world.line)).toEqual(["Wrap it twice", "She called"]);
    expect(await read(world.ring)).toEqual(["She called"]);
    expect(await read(world.admin)).toHaveLength(2);
    expect(await listNotes(world.line, ringOnly.id)).toEqual([]);
  });
});

describe("after both owners shipped", () => {
  it("each sees their own parcel and sales, which sum up to the whole", async () => {
    await ship(world.line, both.id, { carrier: "DHL", trackingNumber: "LINE1" });
    await ship(world.ring, both.id, { carrier: "UPS", trackingNumber: "RING1" });
    const seen = JSON.stringify(await getStaffOrder(world.line, both.number));
    expect(seen).toContain("LINE1");
    expect(seen).not.toContain("RING1");
    const parcels = await db.execute<{ id: string }>(sql`SELECT s.id FROM shipments s`);
    for (const { id } of parcels) await deliver(world.admin, { orderId: both.id, shipmentId: id });
    await collectCash(world.system, both.id);

    const period = readPeriod({}, (await getToday()).today);
    const [line, ring, admin] = await Promise.all(
      [world.line, world.ring, world.admin].map((staff) => getFigures(staff, period)),
    );
    // 2 × 18.00 with 19 % tax inside.
    expect(line?.now).toEqual({ sales: 3_025, orders: 1, repeats: 0, units: 2 });
    expect(admin?.now.sales).toBe((line?.now.sales ?? 0) + (ring?.now.sales ?? 0));
    expect(admin?.now).toMatchObject({ orders: 1, units: 6 });
    expect(admin?.slots.at(-1)?.sales).toBe(admin?.now.sales);
    expect(await getDesk(world.line)).toEqual({
      name: "line",
      shop: "Line",
      toShip: 0,
      unpaid: 0,
      lowStock: 1,
      reviews: 0,
      returns: 0,
      refunds: 0,
      hasGoods: true,
    });
    expect(await getDesk(world.admin)).toMatchObject({ shop: null, toShip: 1 });
  });
});
