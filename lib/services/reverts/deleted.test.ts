import { desc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { audit } from "@/db/schema/audit";
import { categories, slugRedirects } from "@/db/schema/catalog";
import { discounts as discountRows } from "@/db/schema/discounts";
import { synonyms } from "@/db/schema/search";
import { shippingRates, shippingZones } from "@/db/schema/shipping";
import { taxClasses, taxRates } from "@/db/schema/tax";
import { withTx } from "@/db/tx";
import { CATEGORIES_TAG, STORE_TAG } from "@/lib/cache-tags";
import { canRevert } from "@/lib/domain/audit-revert";
import { ShopError } from "@/lib/domain/errors";
import { revert } from "@/lib/services/audit-revert";
import { createCategory, editCategory, emptyCategory, removeCategory } from "@/lib/services/catalog-tree";
import * as discounts from "@/lib/services/discounts";
import * as search from "@/lib/services/search";
import * as shipping from "@/lib/services/shipping";
import * as tax from "@/lib/services/tax";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const last = async (subjectId: string) => {
  const [entry] = await db
    .select()
    .from(audit)
    .where(eq(audit.subjectId, subjectId))
    .orderBy(desc(audit.id))
    .limit(1);
  if (!entry) throw new Error("no entry");
  return entry;
};
const back = async (subjectId: string) => {
  const entry = await last(subjectId);
  expect(canRevert(entry, new Date())).toBe(true);
  return { entryId: entry.id, tags: await revert(world.admin, { entryId: entry.id }) };
};
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error: unknown) => (error instanceof ShopError ? `${error.code}: ${error.message}` : String(error)),
  );
/** The row as it was, but with the next version and changed now. */
const next = <R extends { version: number }>(row: R | undefined) =>
  row && { ...row, version: row.version + 1, ...("updatedAt" in row && { updatedAt: expect.any(Date) }) };

const code = () => `C${newId().slice(-12)}`.toUpperCase();
const tenOff = () => ({
  title: "Ten off",
  code: code(),
  kind: "percentage" as const,
  value: 10,
  startsAt: new Date("2030-05-01T10:00:00Z"),
  perCustomerLimit: 2,
});

describe("a discount that was deleted", () => {
  const read = async (id: string) => (await db.select().from(discountRows).where(eq(discountRows.id, id)))[0];

  test("comes back whole, under its id; twice is refused, and a form from before is told", async () => {
    const input = { ...tenOff(), productIds: [world.mug.id], categoryIds: [world.id.category] };
    const { id } = await discounts.create(world.admin, input);
    const row = await read(id);
    await discounts.remove(world.admin, { id, version: 1 });
    expect(await read(id)).toBeUndefined();
    const { entryId } = await back(id);
    expect(await read(id)).toEqual(next(row));
    expect(await withTx((tx) => discounts.targetsOf(tx, id))).toEqual({
      productIds: [world.mug.id],
      categoryIds: [world.id.category],
    });
    const restored = await last(id);
    expect(restored).toMatchObject({ action: "discount.restore", actorId: world.id.admin });
    expect(canRevert(restored, new Date())).toBe(false);
    expect(await refusal(revert(world.admin, { entryId }))).toBe(
      "revert_refused: It is there again already.",
    );
    expect(await refusal(discounts.update(world.admin, { ...input, id, version: 1 }))).toMatch(/^conflict/);
  });

  test("stays gone where its code or what it was limited to is taken or gone", async () => {
    const input = tenOff();
    const { id } = await discounts.create(world.admin, input);
    await discounts.remove(world.admin, { id, version: 1 });
    const { id: other } = await discounts.create(world.admin, input);
    const { id: entryId } = await last(id);
    expect(await refusal(revert(world.admin, { entryId }))).toBe(
      "revert_refused: Its place is taken: there is another one with this code by now.",
    );
    expect(await read(id)).toBeUndefined();

    await createCategory(world.admin, { name: "Passing", parentId: null });
    const [passing] = await db.select().from(categories).where(eq(categories.path, "passing"));
    if (!passing) throw new Error("no category");
    const limited = { ...tenOff(), categoryIds: [passing.id] };
    const { id: third } = await discounts.create(world.admin, limited);
    const take = { categoryId: passing.id, version: passing.version };
    // Else it would hold for every order once its category is gone.
    expect(await refusal(removeCategory(world.admin, take))).toBe(
      "in_use: This category cannot go: the discount “Ten off” needs it.",
    );
    await discounts.remove(world.admin, { id: third, version: 1 });
    await removeCategory(world.admin, take);
    expect(await refusal(revert(world.admin, { entryId: (await last(third)).id }))).toBe(
      "revert_refused: One of the categories is gone.",
    );
    await discounts.remove(world.admin, { id: other, version: 1 });
  });
});

describe("shipping that was deleted", () => {
  test("a zone comes back with its places and rates, a rate into its zone; not without it, not twice a place", async () => {
    const { id: zoneId } = await shipping.createZone(world.admin, {
      name: `North ${newId()}`,
      places: [{ country: "GL" }, { country: "CA", region: "NU" }],
    });
    const rates = () =>
      db.select().from(shippingRates).where(eq(shippingRates.zoneId, zoneId)).orderBy(shippingRates.id);
    const zone = async () => (await db.select().from(shippingZones).where(eq(shippingZones.id, zoneId)))[0];
    const sledge = { zoneId, name: "Sledge", amount: 900, daysMax: 5 };
    const { id: rateId } = await shipping.createRate(world.admin, sledge);
    await shipping.createRate(world.admin, {
      zoneId,
      name: "By weight",
      kind: "weight",
      amount: 5,
      rangeMax: 10,
    });
    const [first, second] = await rates();

    await shipping.removeRate(world.admin, { id: rateId, version: 1 });
    const rateGone = (await last(rateId)).id;
    expect((await back(rateId)).tags).toEqual([STORE_TAG]);
    expect(await rates()).toEqual([next(first), second]);

    const [were, [firstNow]] = [await zone(), await rates()];
    await shipping.removeZone(world.admin, { id: zoneId, version: 1 });
    expect(await rates()).toEqual([]);
    expect(await refusal(revert(world.admin, { entryId: rateGone }))).toBe(
      "revert_refused: The zone that it belongs to is gone: put that back first.",
    );
    const other = { name: `West ${newId()}`, places: [{ country: "GL" }] };
    const { id: taker } = await shipping.createZone(world.admin, other);
    const { id: zoneGone } = await last(zoneId);
    expect(await refusal(revert(world.admin, { entryId: zoneGone }))).toBe(
      "revert_refused: Its place is taken: there is another one with this place by now.",
    );
    await shipping.removeZone(world.admin, { id: taker, version: 1 });
    await back(zoneId);
    expect(await zone()).toEqual(next(were));
    expect(await withTx((tx) => shipping.placesOf(tx, zoneId))).toEqual([
      { country: "GL", region: null },
      { country: "CA", region: "NU" },
    ]);
    expect(await rates()).toEqual([next(firstNow), next(second)]);
  });
});

describe("taxes that were deleted", () => {
  test("a class comes back with its rates, a rate into its class; not without it, not over another code", async () => {
    const books = { code: newId(), name: "Books" };
    const { id } = await tax.createClass(world.admin, books);
    const levy = { taxClassId: id, country: "GL", name: "Levy", rate: 10_000 };
    const { id: rateId } = await tax.createRate(world.admin, levy);
    const read = async () => ({
      books: (await db.select().from(taxClasses).where(eq(taxClasses.id, id)))[0],
      rate: (await db.select().from(taxRates).where(eq(taxRates.id, rateId)))[0],
    });
    const { rate } = await read();
    await tax.removeRate(world.admin, { id: rateId, version: 1 });
    const rateGone = (await last(rateId)).id;
    await back(rateId);
    const were = await read();
    expect(were.rate).toEqual(next(rate));

    await tax.removeClass(world.admin, { id, version: 1 });
    expect(await refusal(revert(world.admin, { entryId: rateGone }))).toBe(
      "revert_refused: The tax class that it belongs to is gone: put that back first.",
    );
    const { id: taker } = await tax.createClass(world.admin, books);
    expect(await refusal(revert(world.admin, { entryId: (await last(id)).id }))).toBe(
      "revert_refused: Its place is taken: there is another one with this code by now.",
    );
    await tax.removeClass(world.admin, { id: taker, version: 1 });
    await back(id);
    expect(await read()).toEqual({ books: next(were.books), rate: next(were.rate) });
  });
});

describe("a category that was taken away", () => {
  const at = async (path: string) =>
    (await db.select().from(categories).where(eq(categories.path, path)))[0] ??
    Promise.reject(new Error(`no category at ${path}`));
  const leading = (slug: string) => db.select().from(slugRedirects).where(eq(slugRedirects.slug, slug));

  test("comes back below its parent with its own address; not over another one, not without its parent", async () => {
    await createCategory(world.admin, { name: "Wood", parentId: null });
    await createCategory(world.admin, { name: "Stone", parentId: null });
    const [wood, stone] = [await at("wood"), await at("stone")];
    await createCategory(world.admin, { name: "Oak", parentId: wood.id });
    const oak = await at("wood/oak");
    const into = { categoryId: oak.id, version: oak.version, targetId: stone.id, remove: true };
    await emptyCategory(world.admin, into);
    expect(await leading("wood/oak")).toMatchObject([{ targetId: stone.id }]);
    const { entryId, tags } = await back(oak.id);
    expect(tags).toContain(CATEGORIES_TAG);
    expect(await at("wood/oak")).toEqual(next(oak));
    expect(await leading("wood/oak")).toEqual([]);
    expect(await refusal(revert(world.admin, { entryId }))).toBe(
      "revert_refused: It is there again already.",
    );

    await removeCategory(world.admin, { categoryId: oak.id, version: oak.version + 1 });
    const { id: gone } = await last(oak.id);
    await createCategory(world.admin, { name: "Oak", parentId: wood.id });
    expect(await refusal(revert(world.admin, { entryId: gone }))).toBe(
      "revert_refused: Its place is taken: there is another one with this address by now.",
    );
    const taker = await at("wood/oak");
    await removeCategory(world.admin, { categoryId: taker.id, version: taker.version });
    await removeCategory(world.admin, { categoryId: wood.id, version: wood.version });
    expect(await refusal(revert(world.admin, { entryId: gone }))).toBe(
      "revert_refused: The category that it belongs to is gone: put that back first.",
    );
    // Its parent has another address by now: it stands below that.
    await back(wood.id);
    const timber = { name: "Timber", slug: "timber", description: "" };
    await editCategory(world.admin, { categoryId: wood.id, version: wood.version + 1, ...timber });
    await back(oak.id);
    expect((await at("timber/oak")).id).toBe(oak.id);
  });
});

test("words that mean the same come back", async () => {
  const { id } = await search.addSynonyms(world.admin, { terms: ["sled", "sledge"] });
  await search.removeSynonyms(world.admin, { id, version: 1 });
  const { entryId } = await back(id);
  expect(await db.select().from(synonyms).where(eq(synonyms.id, id))).toMatchObject([
    { terms: ["sled", "sledge"] },
  ]);
  expect(await refusal(revert(world.admin, { entryId }))).toBe("revert_refused: It is there again already.");
});

test("an entry that has not the whole row offers no way back", () => {
  const old = {
    subject: "discounts",
    action: "discount.delete",
    before: { title: "a" },
    after: { title: null },
  };
  expect(canRevert(old, new Date())).toBe(false);
  expect(canRevert({ ...old, subject: "products", before: { version: 1 } }, new Date())).toBe(false);
});
