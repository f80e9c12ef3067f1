import { eq } from "drizzle-orm";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { productImages, products, variants } from "@/db/schema/catalog";
import { inventory, stockMovements } from "@/db/schema/inventory";
import { ShopError } from "@/lib/domain/errors";
import { orderWord } from "@/lib/domain/list-order";
import { getFile } from "@/lib/storage";
import { createProduct, duplicateProduct } from "./catalog-create";
import { addPictures, describePicture, movePicture, removePicture } from "./catalog-pictures";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const refusal = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: unknown) => (error instanceof ShopError ? { code: error.code, data: error.data } : error),
  );
const draft = (name: string, requestKey: string) => ({
  name,
  categoryId: world.id.category,
  price: "12,50",
  sku: "",
  stock: 0,
  requestKey,
});
const variantsOf = (productId: string) => db.select().from(variants).where(eq(variants.productId, productId));
const picturesOf = (productId: string) =>
  db
    .select()
    .from(productImages)
    .where(eq(productImages.productId, productId))
    .orderBy(productImages.position);

describe("beginning a product", () => {
  it("makes a draft of the owner's with one variant and a place for its stock, once a key", async () => {
    const first = await createProduct(world.line, draft("Blue Bowl", "key-bowl-1"));
    expect(await createProduct(world.line, draft("Blue Bowl", "key-bowl-1"))).toEqual(first);
    const [row] = await db.select().from(products).where(eq(products.id, first.productId));
    expect(row).toMatchObject({ ownerId: world.id.lineShop, slug: "blue-bowl", status: "draft" });
    const [variant] = await variantsOf(first.productId);
    expect(variant).toMatchObject({ sku: "BLUE-BOWL", price: 1_250 });
    expect(
      await db
        .select()
        .from(inventory)
        .where(eq(inventory.variantId, variant?.id ?? "")),
    ).toHaveLength(1);
    // The first count is a movement like any other, once as well.
    const counted = { ...draft("Counted Bowl", "key-bowl-3"), stock: 6 };
    const { productId } = await createProduct(world.line, counted);
    await createProduct(world.line, counted);
    const [one] = await variantsOf(productId);
    const moves = await db
      .select()
      .from(stockMovements)
      .where(eq(stockMovements.variantId, one?.id ?? ""));
    expect(moves).toMatchObject([{ kind: "restock", onHandDelta: 6, reason: "First count" }]);
    // The same name again stands at an address of its own.
    const second = await createProduct(world.line, draft("Blue Bowl", "key-bowl-2"));
    const [other] = await db.select().from(products).where(eq(products.id, second.productId));
    expect(other?.slug).toBe("blue-bowl-2");
  });

  it("is an owner's own whatever the form says; an admin names one, and a taken SKU is told", async () => {
    const mine = await createProduct(world.line, {
      ...draft("Mine", "key-mine-1"),
      ownerId: world.id.ringShop,
    });
    expect((await db.select().from(products).where(eq(products.id, mine.productId)))[0]?.ownerId).toBe(
      world.id.lineShop,
    );
    expect(await refusal(createProduct(world.admin, draft("Whose", "key-whose-1")))).toMatchObject({
      data: { fields: { ownerId: expect.any(String) } },
    });
    expect(
      await refusal(createProduct(world.line, { ...draft("Twice", "key-twice-1"), sku: "mug" })),
    ).toMatchObject({ code: "duplicate" });
  });

  it("copies a product with options and variants; another owner's is not there", async () => {
    await db.update(variants).set({ unitAmount: 2, unit: "m" }).where(eq(variants.productId, world.print.id));
    const { productId } = await duplicateProduct(world.line, {
      productId: world.print.id,
      requestKey: "key-copy-1",
    });
    const [copies, originals] = [await variantsOf(productId), await variantsOf(world.print.id)];
    expect(copies.map(({ title, price, unitAmount, unit }) => [title, price, unitAmount, unit])).toEqual(
      originals.map(({ title, price }) => [title, price, 2, "m"]),
    );
    expect(
      await refusal(duplicateProduct(world.ring, { productId: world.print.id, requestKey: "key-copy-2" })),
    ).toMatchObject({ code: "not_found" });
  });
});

describe("pictures of a product", () => {
  const png = (background: string) =>
    sharp({ create: { width: 40, height: 30, channels: 3, background } })
      .withExif({ IFD0: { Copyright: "somebody" } })
      .png()
      .toBuffer();

  it("are drawn anew under random names, put in order, described and taken away", async () => {
    const productId = world.mug.id;
    const files = [
      { name: "a.png", bytes: await png("red") },
      { name: "b.png", bytes: await png("blue") },
    ];
    await addPictures(world.line, { productId, alt: "", files });
    const [one, two] = await picturesOf(productId);
    if (!one || !two) throw new Error("no pictures");
    expect([one.isPrimary, two.isPrimary]).toEqual([true, false]);
    const stored = await getFile(one.key);
    expect(stored?.contentType).toBe("image/webp");
    expect((await sharp(stored?.bytes).metadata()).exif).toBeUndefined();
    await movePicture(world.line, { productId, imageId: two.id, to: 0, order: orderWord([one, two]) });
    expect((await picturesOf(productId)).map(({ id, isPrimary }) => [id, isPrimary])).toEqual([
      [two.id, true],
      [one.id, false],
    ]);
    await describePicture(world.line, { productId, imageId: one.id, version: 1, alt: "A red mug" });
    await removePicture(world.line, { productId, imageId: two.id, version: 1 });
    expect((await picturesOf(productId)).map(({ alt, isPrimary }) => [alt, isPrimary])).toEqual([
      ["A red mug", true],
    ]);
  });

  it("are refused where they are none, and are another owner's secret", async () => {
    const files = [{ name: "evil.png", bytes: Buffer.from("<svg onload=alert(1)>") }];
    const productId = world.print.id;
    expect(await refusal(addPictures(world.line, { productId, alt: "", files }))).toMatchObject({
      data: { fields: { files: expect.stringContaining("evil.png") } },
    });
    expect(await refusal(addPictures(world.ring, { productId, alt: "", files }))).toMatchObject({
      code: "not_found",
    });
    const [mine] = await picturesOf(world.mug.id);
    const others = { productId, imageId: mine?.id ?? "", version: 1 };
    expect(await refusal(removePicture(world.line, others))).toMatchObject({ code: "not_found" });
  });

  it("keep the words of whoever saved first, and tell who comes late", async () => {
    const productId = world.print.id;
    const files = [{ name: "c.png", bytes: await png("green") }];
    await addPictures(world.line, { productId, alt: "A print", files });
    const [{ id: imageId, version } = { id: "", version: 0 }] = await picturesOf(productId);
    const opened = { productId, imageId, version };
    await describePicture(world.line, { ...opened, alt: "A print of two lines" });
    const late = { code: "conflict", data: { told: { did: "changed the pictures", version: version + 1 } } };
    expect(await refusal(describePicture(world.admin, { ...opened, alt: "A poster" }))).toMatchObject(late);
    expect(await refusal(removePicture(world.admin, opened))).toMatchObject(late);
    expect((await picturesOf(productId)).map(({ alt }) => alt)).toEqual(["A print of two lines"]);
    // Another place is no other words.
    await movePicture(world.line, { productId, imageId, to: 0, order: orderWord([{ id: imageId }]) });
    await describePicture(world.admin, { ...opened, version: version + 1, alt: "A poster" });
    expect((await picturesOf(productId)).map(({ alt }) => alt)).toEqual(["A poster"]);
  });
});
