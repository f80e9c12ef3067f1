import { eq, inArray } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { products, variants } from "@/db/schema/catalog";
import { cacheExpiries } from "@/db/schema/settings";
import { productTag } from "@/lib/cache-tags";
import { ShopError } from "@/lib/domain/errors";
import { bulkEdit, undoBulk } from "./catalog-bulk";

let world: Cast;
let mine: string[];
beforeAll(async () => {
  world = await cast();
  mine = [world.mug.id, world.print.id];
});

const nothing = { price: "", addTags: [], removeTags: [] };
const refusal = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => (error instanceof ShopError ? error.code : error),
  );
const rows = () => db.select().from(products).where(inArray(products.id, mine)).orderBy(products.slug);
const pricesOf = async (productId: string) =>
  (await db.select().from(variants).where(eq(variants.productId, productId)).orderBy(variants.sku)).map(
    ({ price }) => price,
  );

describe("changing many products", () => {
  it("changes all of them and takes all of it back", async () => {
    const before = await rows();
    const was = await Promise.all(mine.map(pricesOf));
    const done = await bulkEdit(world.line, {
      ...nothing,
      ids: mine,
      status: "draft",
      priceHow: "percent",
      price: "−10",
      addTags: ["sale"],
    });
    expect(done).toMatchObject({ changed: 2, left: 0 });
    expect(done.tags).toEqual(expect.arrayContaining(mine.map(productTag)));
    expect((await db.select().from(cacheExpiries)).map(({ tag }) => tag)).toContain(productTag(world.mug.id));
    expect((await rows()).map(({ status, tags }) => [status, tags.includes("sale")])).toEqual([
      ["draft", true],
      ["draft", true],
    ]);
    expect(await Promise.all(mine.map(pricesOf))).toEqual(
      was.map((prices) => prices.map((price) => Math.round(price * 0.9))),
    );
    expect(await undoBulk(world.line, done)).toMatchObject({ changed: 2, left: 0 });
    const fields = (list: typeof before) =>
      list.map(({ status, tags, categoryId }) => ({ status, tags, categoryId }));
    expect(fields(await rows())).toEqual(fields(before));
    expect(await Promise.all(mine.map(pricesOf))).toEqual(was);
    // Once.
    expect(await refusal(undoBulk(world.line, done))).toBe("revert_refused");
  });

  it("leaves what somebody changed since, and another person's batch", async () => {
    const done = await bulkEdit(world.line, { ...nothing, ids: mine, addTags: ["autumn"] });
    await bulkEdit(world.admin, { ...nothing, ids: [world.mug.id], addTags: ["meanwhile"] });
    expect(await refusal(undoBulk(world.ring, done))).toBe("not_found");
    expect(await undoBulk(world.line, done)).toMatchObject({ changed: 1, left: 1 });
    const [mug] = await db.select().from(products).where(eq(products.id, world.mug.id));
    expect(mug?.tags).toEqual(expect.arrayContaining(["autumn", "meanwhile"]));
  });

  it("touches nothing where one of them is another owner's, and leaves the front page to admins", async () => {
    const ids = [world.mug.id, world.tote.id];
    expect(await refusal(bulkEdit(world.line, { ...nothing, ids, status: "draft" }))).toBe("not_found");
    expect((await rows()).map(({ status }) => status)).toEqual(["active", "active"]);
    expect(await refusal(bulkEdit(world.line, { ...nothing, ids: mine, featured: "yes" }))).toBe("forbidden");
    expect(
      await refusal(bulkEdit(world.line, { ...nothing, ids: mine, addTags: ["front page"] })),
    ).toBeUndefined();
    expect((await rows()).flatMap(({ tags }) => tags)).not.toContain("front page");
  });

  it("refuses a row that was overtaken, and prices that are none", async () => {
    const [row] = await rows();
    const one = { ...nothing, ids: [row?.id ?? ""] };
    expect(await refusal(bulkEdit(world.line, { ...one, version: 1_000, status: "draft" }))).toBe("conflict");
    expect(await refusal(bulkEdit(world.line, { ...one, priceHow: "set", price: "much" }))).toBe(
      "invalid_input",
    );
  });

  it("leaves rows that somebody changed since they were drawn, and counts them", async () => {
    const drawn = Object.fromEntries((await rows()).map(({ id, version }) => [id, version]));
    await bulkEdit(world.admin, { ...nothing, ids: [world.mug.id], addTags: ["colleague"] });
    const move = { ...nothing, ids: mine, priceHow: "set" as const, price: "20" };
    const was = await pricesOf(world.mug.id);
    expect(await bulkEdit(world.line, { ...move, versions: drawn })).toMatchObject({
      changed: 1,
      overtaken: [world.mug.id],
    });
    expect(await pricesOf(world.mug.id)).toEqual(was);
    expect(new Set(await pricesOf(world.print.id))).toEqual(new Set([2_000]));
  });

  it("does not put into the shop what is not fit for it", async () => {
    await bulkEdit(world.ring, { ...nothing, ids: [world.tote.id], status: "draft" });
    await db.update(variants).set({ isActive: false }).where(eq(variants.productId, world.tote.id));
    expect(await bulkEdit(world.ring, { ...nothing, ids: [world.tote.id], status: "active" })).toMatchObject({
      changed: 0,
      left: 1,
    });
  });
});
