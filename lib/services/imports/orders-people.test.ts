/** The people in orders of a former shop: what they see of their own, take along and have erased. */
import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db, sql } from "@/db/client";
import { users } from "@/db/schema/accounts";
import { shopifyOrders } from "@/db/testing/former-orders";
import { sendFile, workThrough } from "@/db/testing/imported";
import { exportAccount } from "@/lib/queries/accounts-export";
import { getFormerOrder } from "@/lib/queries/admin/former-orders";
import { listImportRows } from "@/lib/queries/admin/imports";
import { listOwnFormerOrders } from "@/lib/queries/former-orders";
import { erase, eraseFor } from "@/lib/services/accounts-erase";
import { eraseFormerCustomer, noteFormerExport } from "@/lib/services/former-orders";
import { check, start, undo } from "./steps";

let world: Cast;

beforeAll(async () => {
  world = await cast();
  const whole = (line: string) => !line.includes("Lost line");
  await imported(shopifyOrders().split("\r\n").filter(whole).join("\r\n"));
});

const rowsOf = (importId: string) =>
  listImportRows(world.admin, importId, { view: "all", page: 1, pageSize: 40, currency: "EUR" });

async function imported(text: string): Promise<string> {
  const importId = await sendFile(world.admin, "orders.csv", text);
  await check(world.admin, { importId, columns: [], setStock: false, images: false });
  await workThrough(importId);
  await start(world.admin, importId);
  await workThrough(importId);
  return importId;
}

describe("the people in them", () => {
  const prove = (isProved: boolean) =>
    db
      .update(users)
      .set({ emailVerifiedAt: isProved ? new Date() : null })
      .where(eq(users.id, world.id.ada));

  it("see their own once their address is proved, and take them along", async () => {
    await prove(false);
    expect(await listOwnFormerOrders(world.ada)).toEqual({ orders: [], count: 0 });
    expect((await exportAccount(world.ada)).formerOrders).toEqual([]);
    // An admin was asked by the person, and has seen to it.
    expect((await exportAccount(world.ada, { isProved: true })).formerOrders).not.toEqual([]);
    await prove(true);
    const { orders, count } = await listOwnFormerOrders(world.ada);
    expect(count).toBe(orders.length);
    expect(orders.find(({ number }) => number === "#1001")).toMatchObject({
      lines: [{ title: "Mug - Blue" }, { title: "Cup" }],
    });
    expect((await exportAccount(world.ada)).formerOrders).toHaveLength(count);
    expect(await listOwnFormerOrders(world.ben)).toEqual({ orders: [], count: 0 });
  });

  it("who never bought here are exported and erased from an order of theirs", async () => {
    const [order] = await sql`select id from former_orders where email = 'grace@navy.example'`;
    const orderId = String(order?.id);
    await expect(
      eraseFormerCustomer(world.admin, { orderId, typed: "ada@example.com" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    expect(await noteFormerExport(world.admin, { orderId, typed: "Grace@navy.example" })).toEqual({
      email: "grace@navy.example",
    });
    await db
      .update(users)
      .set({ email: "grace@navy.example", role: "customer" })
      .where(eq(users.id, world.id.ring));
    await expect(
      eraseFormerCustomer(world.admin, { orderId, typed: "grace@navy.example" }),
    ).rejects.toMatchObject({ code: "in_use" });
    await db
      .update(users)
      .set({ email: "ring@example.com", role: "owner" })
      .where(eq(users.id, world.id.ring));
    await eraseFormerCustomer(world.admin, { orderId, typed: "grace@navy.example" });
    expect(await sql`select from former_orders where email = 'grace@navy.example'`).toHaveLength(0);
    const said = await sql`select action from audit where subject = 'former_orders' order by created_at`;
    expect(said.map(({ action }) => action)).toEqual(["customer.export", "customer.erase"]);
  });

  it("are erased with their account, but not by whoever merely opened one on their address", async () => {
    const proof = "moire-demo-shop-2026";
    const left = async () => (await sql`select from former_orders where email = 'ben@example.com'`).length;
    await imported(
      shopifyOrders().replaceAll("ada@example.com", "ben@example.com").replaceAll(",500", ",800"),
    );
    expect(await left()).toBe(1);
    await erase(world.ben, { proof });
    expect(await left()).toBe(1);

    await prove(true);
    await eraseFor(world.admin, { userId: world.id.ada, typed: "ada@example.com" });
    const [order] = await sql`select id, address, total::int, note, tags, discount_code from former_orders
      where external_id = '5001'`;
    expect(order).toMatchObject({
      address: { country: "DE", region: "BE" },
      total: 121_490,
      note: null,
      tags: [],
      discount_code: null,
    });
    // The same file again does not bring the person back, and an undo does not make room for it.
    const again = await imported(shopifyOrders());
    expect((await rowsOf(again))[0]).toMatchObject({
      outcome: "skipped",
      message: "its customer was erased: it stays without a name",
    });
    const [made] = await sql`select import_id from former_orders where external_id = '5005'`;
    await undo(world.admin, String(made?.import_id));
    await workThrough(String(made?.import_id));
    expect(
      (await sql`select email from former_orders where external_id in ('5001', '5005')`).map(
        ({ email }) => email,
      ),
    ).toEqual([null, null]);
    expect(await getFormerOrder(world.admin, String(order?.id))).toMatchObject({
      isErased: true,
      customer: "",
    });
  });
});
