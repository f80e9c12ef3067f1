import { desc, eq } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { audit } from "@/db/schema/audit";
import { products, variants } from "@/db/schema/catalog";
import { discountRedemptions, discounts as discountRows, discountTargets } from "@/db/schema/discounts";
import { settings as settingsRows } from "@/db/schema/settings";
import { canRevert } from "@/lib/domain/audit-revert";
import { ShopError } from "@/lib/domain/errors";
import { settingsInput } from "@/lib/domain/settings";
import { revert } from "./audit-revert";
import { editProduct } from "./catalog";
import * as discounts from "./discounts";
import * as search from "./search";
import * as settings from "./settings";
import * as shipping from "./shipping";
import * as tax from "./tax";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});
beforeEach(async () => {
  await db.delete(discountRedemptions);
  await db.delete(discountRows);
});

const logOf = (subjectId: string) =>
  db.select().from(audit).where(eq(audit.subjectId, subjectId)).orderBy(desc(audit.id));
const last = async (subjectId: string) => (await logOf(subjectId))[0]?.id ?? "";
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "taken",
    (error: unknown) => (error instanceof ShopError ? `${error.code}: ${error.message}` : String(error)),
  );
const soon = new Date("2030-05-01T10:00:00Z");
const ten = { title: "Ten off", code: "TEN", kind: "percentage", value: 10, startsAt: soon } as const;

describe("a discount", () => {
  test("is put back as it was, targets and moments too, and that is an entry of its own", async () => {
    const goods = { productIds: [world.mug.id] };
    const { id } = await discounts.create(world.admin, { ...ten, ...goods });
    await discounts.update(world.admin, { ...ten, id, version: 1, value: 20, startsAt: null });
    await revert(world.admin, { entryId: await last(id) });
    const [row] = await db.select().from(discountRows);
    expect(row).toMatchObject({ value: 10, startsAt: soon, version: 3, title: "Ten off" });
    expect(await db.select().from(discountTargets)).toMatchObject([{ productId: world.mug.id }]);
    expect((await logOf(id))[0]).toMatchObject({
      action: "discount.edit",
      actorId: world.id.admin,
      before: { value: 20 },
      after: { value: 10 },
    });
    // Which can be taken back in turn.
    await revert(world.admin, { entryId: await last(id) });
    expect((await db.select().from(discountRows))[0]).toMatchObject({ value: 20, startsAt: null });
  });

  test("that ended runs again; what changed since is not lost, and who changed it is told", async () => {
    const { id } = await discounts.create(world.admin, ten);
    await discounts.update(world.admin, { ...ten, id, version: 1, value: 20 });
    const entryId = await last(id);
    // Another field does not matter …
    await discounts.deactivate(world.admin, { id, version: 2 });
    const ended = await last(id);
    await revert(world.admin, { entryId: ended });
    await revert(world.admin, { entryId });
    expect((await db.select().from(discountRows))[0]).toMatchObject({ value: 10, isActive: true });
    // … the same one does.
    await discounts.update(world.admin, { ...ten, id, version: 5, value: 30 });
    await discounts.update(world.admin, { ...ten, id, version: 6, value: 40 });
    const said = await refusal(revert(world.admin, { entryId: (await logOf(id))[1]?.id ?? "" }));
    expect(said).toMatch(/^revert_refused: .* changed value to “40” a moment ago\. Take that back first\.$/);
    expect((await db.select().from(discountRows))[0]).toMatchObject({ value: 40 });
  });

  test("that is gone, and an entry that made something, are not put back", async () => {
    const { id } = await discounts.create(world.admin, ten);
    const made = await last(id);
    await discounts.update(world.admin, { ...ten, id, version: 1, value: 20 });
    const changed = await last(id);
    await discounts.remove(world.admin, { id, version: 2 });
    expect(await refusal(revert(world.admin, { entryId: changed }))).toMatch(/^revert_refused: It is gone/);
    expect(await refusal(revert(world.admin, { entryId: made }))).toMatch(
      /^revert_refused: Changes of this kind/,
    );
    expect(await refusal(revert(world.admin, { entryId: newId() }))).toMatch(/^not_found/);
  });
});

describe("other subjects are put back, too", () => {
  test("a zone with its places, a rate of it, a class and a rate of tax, synonyms", async () => {
    const zone = { name: `North ${newId()}`, places: [{ country: "GL" }, { country: "CA", region: "NU" }] };
    const { id: zoneId } = await shipping.createZone(world.admin, zone);
    await shipping.updateZone(world.admin, {
      id: zoneId,
      version: 1,
      name: "South",
      places: [{ country: "IS" }],
    });
    await revert(world.admin, { entryId: await last(zoneId) });
    expect((await logOf(zoneId))[0]?.after).toMatchObject({
      name: zone.name,
      places: [
        { country: "GL", region: null },
        { country: "CA", region: "NU" },
      ],
    });

    const rate = { name: "Sledge", amount: 900, daysMax: 5 };
    const { id: rateId } = await shipping.createRate(world.admin, { zoneId, ...rate });
    await shipping.updateRate(world.admin, { id: rateId, version: 1, ...rate, amount: 1200 });
    await revert(world.admin, { entryId: await last(rateId) });
    expect((await logOf(rateId))[0]?.after).toEqual({ amount: 900 });

    const { id: classId } = await tax.createClass(world.admin, { code: newId(), name: "Books" });
    await tax.updateClass(world.admin, { id: classId, version: 1, code: newId(), name: "Papers" });
    await revert(world.admin, { entryId: await last(classId) });
    expect((await logOf(classId))[0]?.after).toMatchObject({ name: "Books" });

    const levy = { taxClassId: classId, country: "GL", name: "Levy", rate: 10_000 };
    const { id: levyId } = await tax.createRate(world.admin, levy);
    await tax.updateRate(world.admin, { id: levyId, version: 1, ...levy, rate: 20_000 });
    await revert(world.admin, { entryId: await last(levyId) });
    expect((await logOf(levyId))[0]?.after).toEqual({ rate: 10_000 });

    const { id: words } = await search.addSynonyms(world.admin, { terms: ["sled", "sledge"] });
    await search.changeSynonyms(world.admin, { id: words, version: 1, terms: ["sled", "sleigh"] });
    await revert(world.admin, { entryId: await last(words) });
    expect((await logOf(words))[0]?.after).toEqual({ terms: ["sled", "sledge"] });
  });

  test("a product, and the price of a variant of it", async () => {
    const { id: productId } = world.mug;
    const read = async () => {
      const [row] = await db.select().from(products).where(eq(products.id, productId));
      const lines = await db.select().from(variants).where(eq(variants.productId, productId));
      if (!row || !lines[0]) throw new Error("no mug");
      return { row, lines, first: lines[0] };
    };
    const { row, lines, first } = await read();
    const typed = lines.map(({ id, version, price, isActive }) => ({
      id,
      version,
      price: String((price + (id === first.id ? 100 : 0)) / 100),
      compareAtPrice: "",
      isActive,
    }));
    await editProduct(world.admin, { ...row, productId, name: "Another mug", variants: typed });
    await revert(world.admin, { entryId: await last(productId) });
    expect((await read()).row.name).toBe(row.name);
    expect((await read()).first.price).toBe(first.price + 100);
    expect(await revert(world.admin, { entryId: await last(first.id) })).toContain(`product:${productId}`);
    expect((await read()).first.price).toBe(first.price);
  });

  test("settings", async () => {
    const [row] = await db.select().from(settingsRows);
    const input = settingsInput.parse(row);
    await settings.edit(world.admin, { ...input, version: row?.version ?? 0, storeName: "Elsewhere" });
    await revert(world.admin, { entryId: await last("1") });
    expect((await db.select().from(settingsRows))[0]).toMatchObject({ storeName: row?.storeName });
  });
});

test.each([
  ["discounts", "discount.create", {}, { title: "a" }, false],
  ["discounts", "discount.delete", { title: "a" }, { title: null }, false],
  ["discounts", "discount.edit", { title: "a" }, { title: "b" }, true],
  ["orders", "order.refund", { amount: 0 }, { amount: 5 }, false],
  ["discounts", "discount.edit", null, null, false],
] as const)("%s %s from %j to %j: %s", (subject, action, before, after, expected) => {
  expect(canRevert({ subject, action, before, after }, new Date())).toBe(expected);
});
