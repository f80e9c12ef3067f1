import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { connect, db } from "@/db/client";
import { payments } from "@/db/schema/payments";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { putFile } from "@/lib/storage";
import { examine, type Options, optionsOf } from "../doctor";
import { compareWithGateway } from "./gateway";
import { countOf, jsonOf, textOf } from "./report";

const url = process.env.DATABASE_URL ?? "";
const all: Options = { only: [], json: false, gateway: "leave", waiting: true, quiet: true };
let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});

async function paid(): Promise<string> {
  const shopper = guest();
  const { orderId } = await order(shopper, [{ variantId: await shelf(world, 5), quantity: 1 }]);
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  return orderId;
}

describe("the options", () => {
  it("are read, and what there is not is refused", () => {
    expect(optionsOf(["--only", "i4,I7", "--json"])).toMatchObject({ only: ["I4", "I7"], json: true });
    expect(optionsOf(["--no-gateway"])).toMatchObject({ gateway: "leave" });
    expect(optionsOf(["--help"])).toBeNull();
    expect(() => optionsOf(["--only", "I99"])).toThrow(/I99/);
    expect(() => optionsOf(["--onyl", "I4"])).toThrow();
  });
});

describe("the report", () => {
  it("is clean, and names a broken row in text and in JSON", async () => {
    const orderId = await paid();
    const clean = await examine(url, all);
    expect(countOf(clean)).toBe(0);
    expect(textOf(clean)).toContain("The books are right");
    await db.execute(`UPDATE orders SET captured = captured + 7 WHERE id = '${orderId}'`);
    const broken = await examine(url, { ...all, only: ["I4"] });
    await db.execute(`UPDATE orders SET captured = captured - 7 WHERE id = '${orderId}'`);
    expect(countOf(broken)).toBeGreaterThan(0);
    expect(textOf(broken)).toContain(orderId);
    const told = JSON.parse(jsonOf(broken));
    expect(told).toMatchObject({ version: 1, clean: false });
    expect(JSON.stringify(told.checks)).toContain(orderId);
    expect(told.checks.every((check: { invariant: string }) => check.invariant === "I4")).toBe(true);
  });

  it("names a picture that is not stored, on this disk or in a bucket that answers", async () => {
    const [{ id }] =
      (await db.execute(`INSERT INTO product_images (id, product_id, key, alt, width, height, position, placeholder)
      SELECT gen_random_uuid(), id, 'goods/lost.webp', 'Lost', 800, 1000, 7, '' FROM products LIMIT 1
      RETURNING id`)) as unknown as [{ id: string }];
    const report = await examine(url, all);
    expect(textOf(report)).toContain(`product_images ${id}: goods/lost.webp is not stored`);
    expect(countOf(report)).toBe(1);
    expect(JSON.parse(jsonOf(report)).pictures.rows).toHaveLength(1);
    await putFile("goods/lost.webp", Buffer.from("found"), "image/webp");
    expect(countOf(await examine(url, all))).toBe(0);
    expect((await examine(url, { ...all, only: ["I4"] })).pictures.compared).toBe(false);
  });

  it("takes a job that a newer one replaced while it ran for none that was given up", async () => {
    const add = () =>
      db.execute(`SELECT graphile_worker.add_job('cache.expire', '{}', job_key := 'cache.expire')`);
    await add();
    await db.execute(
      `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'x', attempts = 1 WHERE key = 'cache.expire'`,
    );
    await add();
    await db.execute(
      `UPDATE graphile_worker._private_jobs SET locked_at = NULL, locked_by = NULL, last_error = 'timeout' WHERE locked_by = 'x'`,
    );
    expect(countOf(await examine(url, { ...all, only: ["I10"] }))).toBe(0);
    await db.execute(
      `UPDATE graphile_worker._private_jobs SET attempts = max_attempts WHERE key = 'cache.expire'`,
    );
    expect(countOf(await examine(url, { ...all, only: ["I10"] }))).toBe(1);
    await db.execute(`DELETE FROM graphile_worker._private_jobs WHERE attempts >= max_attempts`);
  });

  it("leaves out what waits where the shop does not run", async () => {
    const { unjudged, results } = await examine(url, { ...all, waiting: false });
    expect(unjudged).toBeGreaterThan(0);
    expect(results.some(({ check }) => check.timed)).toBe(false);
  });

  it("throws where the database cannot be read", async () => {
    await expect(examine("postgres://nobody@127.0.0.1:1/none", all)).rejects.toThrow();
  });
});

describe("the gateway's list", () => {
  const sql = connect(url, { max: 1 });
  afterAll(() => sql.end());
  const rows = async () => (await compareWithGateway(sql, 1)).rows.map(({ message }) => message).join("\n");

  it("is ours, and every difference is named", async () => {
    const orderId = await paid();
    expect(await compareWithGateway(sql, 1)).toMatchObject({ compared: true, rows: [] });
    const told = async (change: string, back: string) => {
      await db.execute(
        `SET session_replication_role = replica; ${change} WHERE order_id = '${orderId}'; SET session_replication_role = origin`,
      );
      const found = await rows();
      await db.execute(
        `SET session_replication_role = replica; ${back} WHERE order_id = '${orderId}'; SET session_replication_role = origin`,
      );
      return found;
    };
    expect(
      await told("UPDATE payments SET amount = amount + 1", "UPDATE payments SET amount = amount - 1"),
    ).toMatch(/at the gateway/);
    expect(
      await told("UPDATE payments SET currency = 'USD'", "UPDATE payments SET currency = 'EUR'"),
    ).toMatch(/USD here and in EUR/);
    expect(
      await told(
        "UPDATE payments SET status = 'processing', paid_at = NULL",
        "UPDATE payments SET status = 'paid', paid_at = now()",
      ),
    ).toMatch(/processing here and succeeded/);
    const [payment] = await db.select().from(payments);
    expect(payment).toBeDefined();
    expect(
      await told(
        "UPDATE payments SET provider_charge_id = provider_intent_id, provider_intent_id = 'pi_strange'",
        "UPDATE payments SET provider_intent_id = provider_charge_id",
      ),
    ).toMatch(/no payment knows it[\s\S]*does not list/);
    expect(await rows()).toBe("");
  });

  it("says so when it cannot be reached", async () => {
    await gateway.close();
    expect(await compareWithGateway(sql, 1)).toMatchObject({ compared: false, rows: [] });
    await expect(examine(url, { ...all, only: ["I12"], gateway: "demand" })).rejects.toThrow(/not compared/);
  });
});
