import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { owners } from "@/db/schema/accounts";
import { audit } from "@/db/schema/audit";
import { linesOf } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { RATE_OF_SHOP, rateText, readRate } from "@/lib/domain/payouts";
import { setCommission } from "./commission";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const ordered = async () => {
  const { orderId } = await order(guest(), [{ variantId: await shelf(world, 5, 10_000), quantity: 1 }]);
  return async () => (await linesOf(orderId)).map(({ commission }) => commission);
};

it("takes a new rate for orders to come, leaves those that stand, and is on the audit log", async () => {
  const ownerId = world.id.lineShop;
  const before = await ordered();
  await setCommission(world.admin, { ownerId, rate: 80_000, version: RATE_OF_SHOP });
  const after = await ordered();
  expect(await before()).toEqual([150_000]);
  expect(await after()).toEqual([80_000]);
  const rows = await db
    .select({ before: audit.before, after: audit.after, by: audit.actorId })
    .from(audit)
    .where(and(eq(audit.subject, "owners"), eq(audit.subjectId, ownerId)));
  expect(rows).toEqual([{ before: { commission: null }, after: { commission: 80_000 }, by: world.id.admin }]);

  // Somebody who still sees the shop's rate is told, and changes nothing.
  const late = setCommission(world.admin, { ownerId, rate: 90_000, version: RATE_OF_SHOP });
  await expect(late).rejects.toMatchObject({ code: "conflict", data: { told: { version: 80_000 } } });
  await expect(late).rejects.toThrow(/admin changed the commission to “8 %” just now/);
  await setCommission(world.admin, { ownerId, rate: null, version: 80_000 });
  const [owner] = await db.select().from(owners).where(eq(owners.id, ownerId));
  expect(owner?.commission).toBeNull();
  await expect(
    setCommission(world.admin, { ownerId: newId(), rate: 1, version: RATE_OF_SHOP }),
  ).rejects.toMatchObject({ code: "not_found" });
});

it("reads rates as people write them", () => {
  expect([readRate("12.5"), readRate("12,5 %"), readRate("0"), readRate("100"), readRate("")]).toEqual([
    125_000,
    125_000,
    0,
    1_000_000,
    null,
  ]);
  expect([readRate("101"), readRate("-1"), readRate("x"), readRate("1.23456")]).toEqual(
    Array(4).fill(undefined),
  );
  expect(rateText(125_000)).toBe("12.5");
});
