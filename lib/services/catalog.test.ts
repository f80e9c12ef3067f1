import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { priceChanges, products, slugRedirects, variants } from "@/db/schema/catalog";
import { inventory } from "@/db/schema/inventory";
import { cacheExpiries } from "@/db/schema/settings";
import { categoryTag, HOME_TAG, productTag } from "@/lib/cache-tags";
import { detailsText } from "@/lib/domain/catalog";
import type { ProductInput } from "@/lib/domain/catalog-input";
import { ShopError } from "@/lib/domain/errors";
import { lastEntryBy } from "./audit";
import { revert } from "./audit-revert";
import { editProduct } from "./catalog";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** What the form of a product sends when nothing was changed. */
async function form(productId: string): Promise<ProductInput> {
  const [product] = await db.select().from(products).where(eq(products.id, productId));
  if (!product) throw new Error("no such product");
  const rows = await db.select().from(variants).where(eq(variants.productId, productId));
  return {
    ...product,
    details: detailsText(product.details, product.descriptionFormat),
    metaTitle: undefined,
    metaDescription: undefined,
    productId,
    variants: rows.map(({ id, version, price, isActive }) => ({
      id,
      version,
      price: String(price / 100),
      compareAtPrice: "",
      isActive,
    })),
  };
}

async function refusal(run: Promise<unknown>): Promise<ShopError> {
  const error = await run.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ShopError)) throw new Error(`no ShopError but ${error}`);
  return error;
}

const productOf = async (id: string) => (await db.select().from(products).where(eq(products.id, id)))[0];

describe("editing a product", () => {
  it("keeps the change, names who changed the price, and tells the caches and the audit log", async () => {
    const before = await form(world.mug.id);
    const [variant] = before.variants;
    if (!variant) throw new Error("a mug without variants");
    const { tags } = await editProduct(world.line, {
      ...before,
      name: "Mug Two",
      variants: [{ ...variant, price: "21,50", compareAtPrice: "25" }],
    });
    expect(tags).toEqual([productTag(world.mug.id)]);
    expect(await productOf(world.mug.id)).toMatchObject({ name: "Mug Two", version: before.version + 1 });
    const [stored] = await db.select().from(variants).where(eq(variants.id, variant.id));
    expect(stored).toMatchObject({
      price: 2_150,
      compareAtPrice: 2_500,
      version: Number(variant.version) + 1,
    });
    const history = await db.select().from(priceChanges).where(eq(priceChanges.variantId, variant.id));
    expect(history.find((change) => change.newPrice === 2_150)).toMatchObject({
      oldPrice: 1_800,
      changedBy: world.id.line,
    });
    const logged = await db.select().from(audit).where(eq(audit.actorId, world.id.line));
    expect(logged.find((row) => row.subject === "products")).toMatchObject({
      action: "product.edit",
      subjectId: world.mug.id,
      before: { name: "Mug One" },
      after: { name: "Mug Two" },
    });
    expect(logged.find((row) => row.subject === "variants")?.after).toEqual({
      price: 2_150,
      compareAtPrice: 2_500,
    });
    expect((await db.select().from(cacheExpiries)).map(({ tag }) => tag)).toContain(productTag(world.mug.id));
  });

  it("refuses a form that somebody else overtook, and changes nothing", async () => {
    const before = await form(world.print.id);
    await editProduct(world.admin, { ...before, subtitle: "First" });
    const error = await refusal(editProduct(world.line, { ...before, subtitle: "Second" }));
    expect(error.code).toBe("conflict");
    expect(await productOf(world.print.id)).toMatchObject({ subtitle: "First" });
  });

  it("answers another owner's product like one that is not there", async () => {
    const before = await form(world.tote.id);
    const others = await refusal(editProduct(world.line, { ...before, name: "Mine now" }));
    const unknown = await refusal(editProduct(world.line, { ...before, productId: world.id.zone }));
    expect([others.code, others.message]).toEqual([unknown.code, unknown.message]);
    expect(others.code).toBe("not_found");
    expect(await productOf(world.tote.id)).toMatchObject({ name: "Tote One" });
  });

  it("refuses variants of another product", async () => {
    const [mine, theirs] = [await form(world.print.id), await form(world.tote.id)];
    const error = await refusal(editProduct(world.line, { ...mine, variants: theirs.variants }));
    expect(error.code).toBe("not_found");
  });

  it("lets an old address lead to the product, and back again", async () => {
    const before = await form(world.print.id);
    const { tags } = await editProduct(world.line, { ...before, slug: "print-renamed" });
    expect(tags).toEqual(
      expect.arrayContaining([productTag(world.print.id), categoryTag(before.categoryId), HOME_TAG]),
    );
    const redirects = () => db.select().from(slugRedirects).where(eq(slugRedirects.targetId, world.print.id));
    expect((await redirects()).map(({ slug }) => slug)).toEqual([before.slug]);
    await editProduct(world.line, { ...(await form(world.print.id)), slug: before.slug });
    expect((await redirects()).map(({ slug }) => slug)).toEqual(["print-renamed"]);
  });

  it("refuses an address that is taken or still leads to another product", async () => {
    const ring = await form(world.tote.id);
    const taken = await refusal(editProduct(world.ring, { ...ring, slug: world.mug.slug }));
    expect(taken.code).toBe("duplicate");
    const leading = await refusal(editProduct(world.ring, { ...ring, slug: "print-renamed" }));
    expect(leading.code).toBe("duplicate");
  });

  it("says which amounts cannot be read and which former price is none", async () => {
    const before = await form(world.print.id);
    const [small, large] = before.variants;
    if (!small || !large) throw new Error("a print without sizes");
    const error = await refusal(
      editProduct(world.line, {
        ...before,
        variants: [
          { ...small, price: "much" },
          { ...large, price: "49", compareAtPrice: "49" },
        ],
      }),
    );
    expect(error.data).toMatchObject({
      fields: { "variants.0.price": expect.any(String), "variants.1.compareAtPrice": expect.any(String) },
    });
  });

  it("keeps what a variant costs and what happens once none is left, and tells what cannot be", async () => {
    const before = await form(world.mug.id);
    const [variant] = before.variants;
    if (!variant) throw new Error("a mug without variants");
    const save = async (change: Partial<typeof variant>) => {
      const { variants: rows, ...rest } = await form(world.mug.id);
      return editProduct(world.line, { ...rest, variants: rows.map((row) => ({ ...row, ...change })) });
    };
    const stored = async () =>
      (
        await db
          .select({ cost: variants.cost, backorder: inventory.backorder, limit: inventory.backorderLimit })
          .from(variants)
          .innerJoin(inventory, eq(inventory.variantId, variants.id))
          .where(eq(variants.id, variant.id))
      )[0];
    await save({ cost: "7,40", policy: "sell", backorderLimit: "5" });
    expect(await stored()).toEqual({ cost: 740, backorder: true, limit: 5 });
    // A form that does not name them leaves them alone.
    await save({});
    expect(await stored()).toEqual({ cost: 740, backorder: true, limit: 5 });
    await db
      .update(inventory)
      .set({ reserved: sql`${inventory.onHand} + 2` })
      .where(eq(inventory.variantId, variant.id));
    expect((await refusal(save({ cost: "8", policy: "stop" }))).data).toMatchObject({
      fields: { "variants.0.policy": expect.stringContaining("2 more are promised") },
    });
    expect((await stored())?.cost).toBe(740);
    expect((await refusal(save({ policy: "sell", backorderLimit: "1" }))).data).toMatchObject({
      fields: { "variants.0.backorderLimit": expect.any(String) },
    });
    await db.update(inventory).set({ reserved: 0 }).where(eq(inventory.variantId, variant.id));
    await save({ cost: "", policy: "stop" });
    expect(await stored()).toEqual({ cost: null, backorder: false, limit: null });
    expect((await refusal(save({ cost: "dear" }))).data).toMatchObject({
      fields: { "variants.0.cost": expect.any(String) },
    });
  });

  it("keeps the marks of material and care that nobody touched, and an undo brings them back", async () => {
    const raw = "<p>Linen\r\n</p><p>Wash at\r\n30°</p>";
    await db
      .update(products)
      .set({ descriptionFormat: "html", details: raw })
      .where(eq(products.id, world.print.id));
    const save = async (details: string) => {
      const actor = { ...world.line };
      await editProduct(actor, { ...(await form(world.print.id)), details });
      return lastEntryBy(actor);
    };
    const stored = async () => (await productOf(world.print.id))?.details;
    // As its form shows it, with the line ends of a form.
    expect(await save("Linen\n\nWash at\n30°")).toBeUndefined();
    expect(await stored()).toBe(raw);
    const entryId = await save("Linen <b>\n\nAir it");
    expect(await stored()).toBe("Linen &lt;b&gt;\n\nAir it");
    await revert(world.line, { entryId: entryId ?? "" });
    expect(await stored()).toBe(raw);
    await db
      .update(products)
      .set({ descriptionFormat: "text", details: "" })
      .where(eq(products.id, world.print.id));
  });

  it("cleans a description in HTML, and keeps the other text readable where the format changes", async () => {
    await db.update(products).set({ details: "Up to 5 < 6 kg" }).where(eq(products.id, world.print.id));
    await editProduct(world.line, {
      ...(await form(world.print.id)),
      description: '<h2>Paper</h2><p onclick="x()">Thick <b>cotton</b><script>x()</script></p>',
      descriptionFormat: "html",
    });
    expect(await productOf(world.print.id)).toMatchObject({
      description: "<h2>Paper</h2><p>Thick <b>cotton</b></p>",
      descriptionFormat: "html",
      details: "Up to 5 &lt; 6 kg",
    });
    // Once it is HTML it stays so, whatever a form leaves out.
    const { descriptionFormat: _format, ...rest } = await form(world.print.id);
    await editProduct(world.line, { ...rest, description: "<p>Thin</p><style>p{}</style>" });
    expect(await productOf(world.print.id)).toMatchObject({
      description: "<p>Thin</p>",
      details: "Up to 5 &lt; 6 kg",
    });
  });

  it("leaves the front page to admins", async () => {
    await editProduct(world.line, {
      ...(await form(world.print.id)),
      isFeatured: true,
      tags: ["front page", "ink"],
    });
    expect(await productOf(world.print.id)).toMatchObject({ isFeatured: false, tags: ["ink"] });
    await editProduct(world.admin, {
      ...(await form(world.print.id)),
      isFeatured: true,
      tags: ["front page"],
    });
    await editProduct(world.line, { ...(await form(world.print.id)), isFeatured: false, tags: ["ink"] });
    expect(await productOf(world.print.id)).toMatchObject({ isFeatured: true, tags: ["ink", "front page"] });
  });

  it("publishes nothing without a variant for sale, and archives and brings back", async () => {
    const before = await form(world.tote.id);
    const none = before.variants.map((variant) => ({ ...variant, isActive: false }));
    expect((await refusal(editProduct(world.ring, { ...before, variants: none }))).code).toBe(
      "invalid_input",
    );
    await editProduct(world.ring, { ...before, status: "archived" });
    expect((await productOf(world.tote.id))?.archivedAt).toBeInstanceOf(Date);
    await editProduct(world.ring, { ...(await form(world.tote.id)), status: "active" });
    expect((await productOf(world.tote.id))?.archivedAt).toBeNull();
  });
});
