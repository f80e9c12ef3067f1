import { eq, sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Cast, cast, product, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { membershipTiers, users } from "@/db/schema/accounts";
import { audit } from "@/db/schema/audit";
import { categories } from "@/db/schema/catalog";
import { discountRedemptions, discounts as rows } from "@/db/schema/discounts";
import type { DiscountInput } from "@/lib/domain/discounts";
import { ShopError } from "@/lib/domain/errors";
import * as discounts from "./discounts";
import { test as tryOut } from "./discounts-trial";

let world: Cast;
let lines: { variantId: string; quantity: number }[];
beforeAll(async () => {
  world = await cast();
  lines = [{ variantId: await variantId("PRINT-S"), quantity: 1 }];
});
beforeEach(async () => {
  await db.delete(discountRedemptions);
  await db.delete(rows);
});

const ten: DiscountInput = { title: "Ten off", code: " ten ", kind: "percentage", value: 10 };
const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error: unknown) => (error instanceof ShopError ? { code: error.code, data: error.data } : error),
  );
const fieldsOf = async (input: DiscountInput) => {
  const refusal = await refusalOf(discounts.create(world.admin, input));
  return typeof refusal === "object" && refusal && "data" in refusal
    ? (refusal.data as { fields?: Record<string, string> }).fields
    : refusal;
};
const make = (input: Partial<DiscountInput> = {}) =>
  discounts.create(world.admin, { ...ten, ...input } as DiscountInput);
const reasonOf = async (trial: Partial<Parameters<typeof tryOut>[1]> = {}) => {
  const verdict = await tryOut(world.admin, { code: "TEN", lines, ...trial });
  return verdict.applies ? verdict.amount : verdict.reason;
};
const day = (days: number) => new Date(Date.now() + days * 86_400_000);

describe("what an admin tells", () => {
  test("is kept with its code in capitals, and written into the audit log", async () => {
    const { id } = await make({ categoryIds: [world.id.category] });
    const [kept] = await db.select().from(rows).where(eq(rows.id, id));
    expect(kept).toMatchObject({ code: "TEN", value: 10, version: 1 });
    const log = await db.select().from(audit).where(eq(audit.subjectId, id));
    expect(log).toMatchObject([{ action: "discount.create", actorId: world.id.admin }]);
  });

  test.each([
    [{ value: 0 }, "value"],
    [{ value: 101 }, "value"],
    [{ value: 1.5 }, "value"],
    [{ kind: "fixed", value: 0 }, "value"],
    [{ kind: "fixed", value: null }, "value"],
    [{ kind: "free_shipping", value: 5 }, "value"],
    [{ startsAt: day(1), endsAt: day(0) }, "endsAt"],
    [{ totalLimit: 0 }, "totalLimit"],
    [{ perCustomerLimit: -1 }, "perCustomerLimit"],
    [{ minSubtotal: -1 }, "minSubtotal"],
    [{ title: " " }, "title"],
    [{ code: "ten off" }, "code"],
    [{ categoryIds: [newId()] }, "categoryIds"],
    [{ productIds: [newId()] }, "productIds"],
    [{ membershipTierId: newId() }, "membershipTierId"],
  ] as [Partial<DiscountInput>, string][])("refuses %j at %s", async (wrong, field) => {
    expect(Object.keys((await fieldsOf({ ...ten, ...wrong } as DiscountInput)) as object)).toEqual([field]);
    expect(await db.$count(rows)).toBe(0);
  });

  test("a code is nobody else's; a form that is out of date changes nothing", async () => {
    const { id } = await make();
    expect(await refusalOf(make({ code: "Ten" }))).toMatchObject({ code: "duplicate" });
    await discounts.update(world.admin, { id, version: 1, ...ten, value: 20 });
    expect(await refusalOf(discounts.update(world.admin, { id, version: 1, ...ten }))).toMatchObject({
      code: "conflict",
    });
    expect(await refusalOf(discounts.deactivate(world.admin, { id: newId(), version: 1 }))).toMatchObject({
      code: "not_found",
    });
    await discounts.deactivate(world.admin, { id, version: 2 });
    const [kept] = await db.select().from(rows);
    expect(kept).toMatchObject({ value: 20, isActive: false, version: 3 });
  });

  test("a used one is ended, an unused one goes; its limit never falls below its uses", async () => {
    const [unused, used] = [await make({ code: "UNUSED" }), await make({ totalLimit: 5 })];
    await order(world.ben, lines, { code: "TEN", email: "ben@example.com" });
    await db.update(rows).set({ used: 2 }).where(eq(rows.id, used.id));
    expect(
      await refusalOf(discounts.update(world.admin, { ...used, version: 1, ...ten, totalLimit: 1 })),
    ).toMatchObject({ data: { fields: { totalLimit: "It has been used 2 times already." } } });
    expect(await discounts.remove(world.admin, { ...unused, version: 1 })).toEqual({ removed: "deleted" });
    expect(await discounts.remove(world.admin, { ...used, version: 1 })).toEqual({ removed: "inactive" });
  });
});

describe("the tester says what it takes off, or why not", () => {
  test("as a shopper's cart would, and leaves no trace", async () => {
    const count = () =>
      db.execute(sql`SELECT (SELECT count(*) FROM carts) + (SELECT count(*) FROM cart_items) AS n`);
    const before = await count();
    const { id } = await make();
    expect(await reasonOf()).toBe(290);
    expect(await reasonOf({ code: undefined, discountId: id })).toBe(290);
    expect(await count()).toEqual(before);
  });

  test.each([
    [{ isActive: false }, "This code is not active."],
    [{ startsAt: day(1) }, "This code does not hold yet."],
    [{ endsAt: day(-1) }, "This code has ended."],
    [{ minSubtotal: 5_000 }, "This code holds from €50.00 on: €21.00 more to go."],
    [{ minSubtotal: 2_900 }, 290],
  ] as [Partial<DiscountInput>, string | number][])("%j: %s", async (input, said) => {
    await make(input);
    expect(await reasonOf()).toBe(said);
  });

  test("unknown, used up, used by this customer, by account or by e-mail", async () => {
    expect(await reasonOf({ code: "NEVER" })).toBe("There is no such code.");
    const { id } = await make({ perCustomerLimit: 1 });
    await order(world.ben, lines, { code: "TEN", email: "other@example.com" });
    expect(await reasonOf({ customer: { email: "BEN@example.com" } })).toBe(
      "You have used this code already.",
    );
    expect(await reasonOf({ customer: { email: "Other@example.com" } })).toBe(
      "You have used this code already.",
    );
    expect(await reasonOf({ customer: { email: "new@example.com" } })).toBe(290);
    await db.update(rows).set({ totalLimit: 1 }).where(eq(rows.id, id));
    expect(await reasonOf({ customer: { email: "new@example.com" } })).toBe("This code has been used up.");
  });

  test("members only; other goods only; goods below a category count", async () => {
    const tier = newId();
    await db.insert(membershipTiers).values({ id: tier, code: tier, name: "Plus" });
    const { id } = await make({ membershipTierId: tier });
    expect(await reasonOf({ customer: { email: "ben@example.com" } })).toBe("This code is for members.");
    await db.update(users).set({ membershipTierId: tier }).where(eq(users.id, world.id.ben));
    expect(await reasonOf({ customer: { email: "ben@example.com" } })).toBe(290);
    await db.update(users).set({ membershipTierId: null }).where(eq(users.id, world.id.ben));
    await discounts.update(world.admin, { id, version: 1, ...ten, productIds: [world.mug.id] });
    expect(await reasonOf()).toBe("This code is for other goods than those in your cart.");
    const child = newId();
    await db.insert(categories).values({
      id: child,
      name: "Small",
      slug: "small",
      path: "objects/small",
      parentId: world.id.category,
    });
    const { variantIds } = await product({
      ownerId: world.id.lineShop,
      categoryId: child,
      name: `Below ${child}`,
      variants: [{ sku: child, price: 1_000, stock: 1 }],
    });
    await discounts.update(world.admin, { id, version: 2, ...ten, categoryIds: [world.id.category] });
    expect(await reasonOf({ lines: variantIds.map((one) => ({ variantId: one, quantity: 1 })) })).toBe(100);
  });

  test("automatic ones work first, the oldest first, the code last, never below zero; what is idle says so", async () => {
    const { id: half } = await make({ title: "Half", code: null, value: 50 });
    await make({ title: "Ten euro", code: null, kind: "fixed", value: 1_000 });
    await make({ code: "TEN", value: 10 });
    const verdict = await tryOut(world.admin, { code: "TEN", lines });
    expect(verdict.quote.discounts.map(({ title, amount }) => [title, amount])).toEqual([
      ["Half", 1_450],
      ["Ten euro", 1_000],
      ["Ten off", 45],
    ]);
    await discounts.update(world.admin, { id: half, version: 1, ...ten, code: null, value: 100 });
    expect(await reasonOf()).toBe("This takes nothing more off: what you have already covers it.");
    expect(await reasonOf({ code: undefined, discountId: half })).toBe(2_900);
  });

  test("free shipping is lifted once, and is idle where delivery is free already", async () => {
    await make({ title: "Post is on us", code: null, kind: "free_shipping", value: null });
    await make({ code: "POST", kind: "free_shipping", value: null });
    const verdict = await tryOut(world.admin, { code: "POST", lines });
    expect(verdict.quote.discounts.map(({ title, amount }) => [title, amount])).toEqual([
      ["Post is on us", 490],
    ]);
    expect(verdict.quote.refusedCode).toMatchObject({ isIdle: true });
  });
});
