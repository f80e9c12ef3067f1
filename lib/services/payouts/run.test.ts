import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, product, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import { payouts } from "@/db/schema/payouts";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { getRun, listDue } from "@/lib/queries/admin/payout-runs";
import { complete } from "@/lib/services/orders/deliver";
import { payRun } from "./run";

let world: Cast;
let gateway: TestGateway;
/** An owner who never sold anything. */
let idle: string;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  idle = newId();
  const userId = newId();
  await db.insert(users).values({ id: userId, email: "idle@example.com", username: "idle", role: "owner" });
  await db.insert(owners).values({ id: idle, userId, name: "Idle", slug: "idle" });
});
afterAll(() => gateway.close());

/** 100.00 with 19 % tax contained is 84.03 net; the shop keeps 15 % of it. */
const EARNED = 8_403 - 1_260;

async function sold(variantId: string): Promise<void> {
  const { orderId } = await deliveredOrder(gateway, world.admin, guest(), [{ variantId, quantity: 1 }]);
  await complete(world.system, orderId);
}
const soldByLine = async () => sold(await shelf(world, 5, 10_000));
async function soldByRing(): Promise<void> {
  const name = `Ring ${newId()}`;
  const { variantIds } = await product({
    ownerId: world.id.ringShop,
    categoryId: world.id.category,
    taxClassId: world.id.taxClass,
    name,
    variants: [{ sku: name, price: 10_000, stock: 5 }],
  });
  await sold(variantIds[0] ?? "");
}

const everybody = () => [world.id.lineShop, world.id.ringShop, idle];
const run = (runId: string) => payRun(world.admin, { runId, ownerIds: everybody() });
/** Who was paid how much by a run, and who was not, and why. */
const outcome = async (runId: string) =>
  Object.fromEntries(
    (await getRun(world.admin, runId))?.rows.map(({ ownerName, payout, refusal }) => [
      ownerName,
      payout?.amount ?? refusal,
    ]) ?? [],
  );
const due = async (least = 0) =>
  Object.fromEntries((await listDue(world.admin, least)).map((row) => [row.name, row.leftOut ?? row.due]));

it("pays each owner what is due, once, however often and from how many forms it is pressed", async () => {
  await soldByLine();
  await soldByLine();
  await soldByRing();
  expect(await due()).toEqual({ Line: 2 * EARNED, Ring: EARNED, Idle: "even" });
  expect(await due(EARNED + 1)).toEqual({ Line: 2 * EARNED, Ring: "below", Idle: "even" });

  const [mine, other] = [newId(), newId()];
  await Promise.all([run(mine), run(mine)]);
  const all = { Line: 2 * EARNED, Ring: EARNED, Idle: "nothing_due" };
  expect(await outcome(mine)).toEqual(all);
  await run(other);
  expect(await outcome(other)).toEqual({ Line: "nothing_due", Ring: "nothing_due", Idle: "nothing_due" });

  // Sent once more after a sale: the form of before has paid, and pays nothing of it.
  await soldByRing();
  await run(mine);
  expect(await outcome(mine)).toEqual(all);
  expect(await db.$count(payouts)).toBe(2);
  expect(await due()).toEqual({ Line: "even", Ring: EARNED, Idle: "even" });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("says whom it could not pay and why, and the others are paid all the same", async () => {
  await soldByLine();
  const stand = (isActive: boolean) =>
    db.update(owners).set({ isActive }).where(eq(owners.id, world.id.ringShop));
  await stand(false);
  expect(await due()).toMatchObject({ Ring: "blocked" });
  const blocked = newId();
  await payRun(world.admin, { runId: blocked, ownerIds: [newId(), world.id.ringShop, world.id.lineShop] });
  expect(await outcome(blocked)).toEqual({ Line: EARNED, Ring: "blocked" });
  await stand(true);

  // What nobody thought of, in the middle of a payout.
  await soldByLine();
  const broken = newId();
  await db.execute(
    sql`ALTER TABLE payouts ADD CONSTRAINT broken CHECK (owner_id <> ${sql.raw(`'${world.id.ringShop}'`)}) NOT VALID`,
  );
  await run(broken);
  await db.execute(sql`ALTER TABLE payouts DROP CONSTRAINT broken`);
  expect(await outcome(broken)).toEqual({ Line: EARNED, Ring: "failed", Idle: "nothing_due" });
  expect(await wrongInTheBooks()).toEqual([]);
  const again = newId();
  await run(again);
  expect(await outcome(again)).toMatchObject({ Ring: EARNED });
  expect(await wrongInTheBooks()).toEqual([]);
});
