/** Draws the demo goods into the storage and notes the pictures in the database; what is there is not drawn again. */
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { and, eq, inArray } from "drizzle-orm";
import { db, type Tx } from "@/db/client";
import { newId } from "@/db/id";
import { optionValues, productImages, productOptions, products } from "@/db/schema/catalog";
import { type Picture, renderPicture } from "@/db/seed/art/picture";
import { products as demoProducts } from "@/db/seed/catalogue/catalogue";
import type { DemoPicture, DemoProduct } from "@/db/seed/catalogue/shape";
import { putFile } from "@/lib/storage";

/** The demo product of a slug. */
export const demoProductOf = (slug: string): DemoProduct | undefined =>
  demoProducts.find((product) => product.slug === slug);

/** Draws the first picture of every product, on all cores, and says how far it is. */
export async function drawFirstPictures(log: (line: string) => void): Promise<void> {
  const waiting = demoProducts.flatMap((product) =>
    product.pictures.filter((picture) => picture.eager).map((picture) => ({ product, picture })),
  );
  const total = waiting.length;
  let done = 0;
  // Drawing is work for libvips' own threads, so as many at once as there are cores keeps all of them busy.
  const hands = Array.from({ length: availableParallelism() }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      await drawMissing(next.product, [next.picture], (made) => insertImages(db, made));
      done += 1;
      if (done % 10 === 0 || done === total) log(`drew ${done} of ${total} pictures`);
    }
  });
  await Promise.all(hands);
}

/** A drawn picture as a row. */
export type MadeImage = typeof productImages.$inferInsert;

/**
 * Draws those of `pictures` that the product has no row for, one after the other, and hands the rows to `keep`.
 * `pause` waits between two pictures, in milliseconds for each millisecond of drawing.
 */
export async function drawMissing(
  product: DemoProduct,
  pictures: readonly DemoPicture[],
  keep: (made: MadeImage[]) => Promise<void>,
  { pause = 0, signal }: { pause?: number; signal?: AbortSignal | undefined } = {},
): Promise<void> {
  const known = await placesOf(product);
  if (!known) return;
  const made: MadeImage[] = [];
  for (const picture of pictures) {
    if (known.positions.has(picture.position)) continue;
    signal?.throwIfAborted();
    const begun = performance.now();
    const drawn = await renderPicture(picture.spec);
    made.push(await store(picture, drawn, known.productId, shownValue(product, picture, known.values)));
    if (pause > 0) await new Promise((next) => setTimeout(next, (performance.now() - begun) * pause));
  }
  if (made.length > 0) await keep(made);
}

/** Notes drawn pictures; one that is there already stays. */
export async function insertImages(tx: Tx | typeof db, made: readonly MadeImage[]): Promise<void> {
  await tx
    .insert(productImages)
    .values([...made])
    .onConflictDoNothing();
}

// The bytes are in the name: a picture that is drawn better one day gets another address, and no cache is wrong.
async function store(
  picture: DemoPicture,
  { webp, width, height, placeholder }: Picture,
  productId: string,
  optionValueId: string | null,
): Promise<MadeImage> {
  const mark = createHash("sha256").update(webp).digest("hex").slice(0, 10);
  const key = `demo/${picture.key}-${mark}.webp`;
  await putFile(key, webp, "image/webp");
  const { alt, backdrop, position, primary: isPrimary } = picture;
  return {
    id: newId(),
    productId,
    optionValueId,
    key,
    alt,
    width,
    height,
    placeholder,
    backdrop,
    position,
    isPrimary,
  };
}

/** The id of a demo product, the positions that have a picture, and its option values; undefined where it is gone. */
async function placesOf(product: DemoProduct) {
  const [row] = await db.select({ id: products.id }).from(products).where(eq(products.slug, product.slug));
  if (!row) return undefined;
  const images = await db
    .select({ position: productImages.position })
    .from(productImages)
    .where(eq(productImages.productId, row.id));
  const names = product.options.map((option) => option.name);
  const values = names.length
    ? await db
        .select({ id: optionValues.id, option: productOptions.name, value: optionValues.value })
        .from(optionValues)
        .innerJoin(productOptions, eq(productOptions.id, optionValues.optionId))
        .where(and(eq(productOptions.productId, row.id), inArray(productOptions.name, names)))
    : [];
  return { productId: row.id, positions: new Set(images.map((image) => image.position)), values };
}

/** The value that all variants of a picture share and others have not: the colour that it shows. */
function shownValue(
  product: DemoProduct,
  picture: DemoPicture,
  values: readonly { id: string; option: string; value: string }[],
): string | null {
  const shown = product.variants.filter((variant) => picture.skus.includes(variant.sku));
  if (shown.length === 0 || shown.length === product.variants.length) return null;
  const shared = values.find(({ option, value }) =>
    shown.every((variant) => variant.options[option] === value),
  );
  return shared?.id ?? null;
}
