import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { audit } from "@/db/schema/audit";
import { priceChanges, products, slugRedirects, variants } from "@/db/schema/catalog";
import { cacheExpiries } from "@/db/schema/settings";
import { categoryTag, HOME_TAG, productTag } from "@/lib/cache-tags";
import type { ProductInput } from "@/lib/domain/catalog-input";
import { ShopError } from "@/lib/domain/errors";
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
