/** Catalogue: the pictures of a product, by its owner or an admin: added, described, put in order, taken away. */
import { randomUUID } from "node:crypto";
import { and, asc, desc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { optionValues, productImages, productOptions } from "@/db/schema/catalog";
import { withTx } from "@/db/tx";
import type { CacheTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { orderWord } from "@/lib/domain/list-order";
import { inTurn } from "@/lib/renditions";
import * as audit from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { conflictWith } from "@/lib/services/conflicts";
import { NotAPicture, type Redrawn, redraw } from "@/lib/services/picture-check";
import { putFile } from "@/lib/storage";
import { allTagsOf, lockOwn, type Product } from "./catalog-own";

/** A product shows no more. */
const MOST = 40;

type Answer = Promise<{ tags: readonly CacheTag[] }>;

/** A picture as a form opened it. */
interface Opened {
  readonly productId: string;
  readonly imageId: string;
  readonly version: number;
}

/**
 * Checks the files, draws them anew, keeps them under random names and adds them behind the pictures that are there.
 * All or none. A product in the shop needs words for each: `alt`, or its name.
 * @throws ShopError not_found, invalid_input naming the file that is no picture
 */
export async function addPictures(
  staff: Staff,
  {
    productId,
    alt,
    files,
  }: { productId: string; alt: string; files: readonly { name: string; bytes: Buffer }[] },
): Answer {
  // Asked before the work: strangers make nobody draw.
  await withTx((tx) => lockOwn(tx, staff, productId));
  const drawn: (Redrawn & { key: string })[] = [];
  for (const { name, bytes } of files) {
    const picture = await inTurn(() => redraw(bytes)).catch((error: unknown) => {
      if (!(error instanceof NotAPicture)) throw error;
      throw new ShopError("invalid_input", {
        fields: { files: `“${name.slice(0, 60)}”: ${error.message}.` },
      });
    });
    drawn.push({ ...picture, key: `uploads/${productId}/${randomUUID()}.webp` });
  }
  for (const { key, data } of drawn) await putFile(key, data, "image/webp");
  return withTx(async (tx) => {
    const product = await lockOwn(tx, staff, productId);
    const there = await picturesOf(tx, productId);
    if (there.length + drawn.length > MOST)
      throw new ShopError("invalid_input", { fields: { files: `At most ${MOST} pictures a product.` } });
    const words = alt || (product.status === "active" ? product.name : "");
    await tx.insert(productImages).values(
      drawn.map(({ key, width, height, placeholder }, i) => ({
        id: newId(),
        productId,
        ...{ key, width, height, placeholder },
        alt: words,
        position: there.length + i,
        isPrimary: there.length === 0 && i === 0,
      })),
    );
    return told(tx, staff, product, there, "product.pictures.add");
  });
}

/**
 * Says in words what a picture shows, and which value of an option it is of.
 * @throws ShopError not_found, conflict, invalid_input for no words in the shop
 */
export async function describePicture(
  staff: Staff,
  {
    productId,
    imageId,
    version,
    alt,
    valueId,
  }: Opened & { alt: string; valueId?: string | null | undefined },
): Answer {
  return change(staff, productId, "product.pictures.describe", async (tx, product, there) => {
    await requireCurrent(tx, there, { productId, imageId, version });
    if (!alt && product.status === "active")
      throw new ShopError("invalid_input", { fields: { alt: "Please say what it shows." } });
    if (valueId) await requireValue(tx, productId, valueId);
    const shows = valueId === undefined ? {} : { optionValueId: valueId };
    await tx
      .update(productImages)
      .set({ alt, ...shows, version: version + 1 })
      .where(eq(productImages.id, imageId));
  });
}

/**
 * Puts a picture at a place, counted from 0; the first is the one on cards. `order` is that of the list that was seen.
 * @throws ShopError not_found, conflict where the pictures stand otherwise by now
 */
export async function movePicture(
  staff: Staff,
  { productId, imageId, to, order }: { productId: string; imageId: string; to: number; order: string },
): Answer {
  return change(staff, productId, "product.pictures.move", async (tx, _product, there) => {
    requireOne(there, imageId);
    if (orderWord(there) !== order) throw new ShopError("conflict", { what: "order of the pictures" });
    const ids = there.map(({ id }) => id).filter((id) => id !== imageId);
    ids.splice(Math.max(0, to), 0, imageId);
    await arrange(tx, productId, ids);
  });
}

/** Takes a picture away. Its file stays: orders show it. @throws ShopError not_found, conflict */
export async function removePicture(staff: Staff, { productId, imageId, version }: Opened): Answer {
  return change(staff, productId, "product.pictures.remove", async (tx, _product, there) => {
    await requireCurrent(tx, there, { productId, imageId, version });
    await tx.delete(productImages).where(eq(productImages.id, imageId));
    await arrange(
      tx,
      productId,
      there.map(({ id }) => id).filter((id) => id !== imageId),
    );
  });
}

type Stored = Awaited<ReturnType<typeof picturesOf>>;

function picturesOf(tx: Tx, productId: string) {
  return tx
    .select({
      id: productImages.id,
      key: productImages.key,
      alt: productImages.alt,
      valueId: productImages.optionValueId,
      version: productImages.version,
    })
    .from(productImages)
    .where(eq(productImages.productId, productId))
    .orderBy(desc(productImages.isPrimary), asc(productImages.position), asc(productImages.id));
}

function requireOne(there: Stored, imageId: string): Stored[number] {
  const found = there.find(({ id }) => id === imageId);
  if (!found) throw new ShopError("not_found", { what: "picture" });
  return found;
}

/** The product is locked, and its pictures with it. */
async function requireCurrent(tx: Tx, there: Stored, opened: Opened): Promise<void> {
  const { version } = requireOne(there, opened.imageId);
  if (version !== opened.version)
    throw await conflictWith(
      tx,
      { what: "picture", subject: "product_images", subjectId: opened.productId, version },
      { pictures: { label: "the pictures", text: () => "" } },
    );
}

async function requireValue(tx: Tx, productId: string, valueId: string): Promise<void> {
  const [value] = await tx
    .select({ id: optionValues.id })
    .from(optionValues)
    .innerJoin(productOptions, eq(productOptions.id, optionValues.optionId))
    .where(and(eq(optionValues.id, valueId), eq(productOptions.productId, productId)));
  if (!value)
    throw new ShopError("invalid_input", { fields: { valueId: "This product has no such value any more." } });
}

async function arrange(tx: Tx, productId: string, ids: readonly string[]): Promise<void> {
  await tx.update(productImages).set({ isPrimary: false }).where(eq(productImages.productId, productId));
  for (const [position, id] of ids.entries())
    await tx
      .update(productImages)
      .set({ position, isPrimary: position === 0 })
      .where(eq(productImages.id, id));
}

async function change(
  staff: Staff,
  productId: string,
  action: string,
  work: (tx: Tx, product: Product, there: Stored) => Promise<void>,
): Answer {
  return withTx(async (tx) => {
    const product = await lockOwn(tx, staff, productId);
    const there = await picturesOf(tx, productId);
    await work(tx, product, there);
    return told(tx, staff, product, there, action);
  });
}

/** Forms of the texts stay good: pictures leave the product's version alone. */
async function told(tx: Tx, staff: Staff, product: Product, before: Stored, action: string): Answer {
  const after = await picturesOf(tx, product.id);
  await audit.write(tx, staff, {
    action,
    subject: "product_images",
    subjectId: product.id,
    before: { pictures: before.map(described) },
    after: { pictures: after.map(described) },
  });
  const tags = allTagsOf(product);
  await cache.expire(tx, tags);
  return { tags };
}

const described = ({ version: _, ...picture }: Stored[number]) => picture;
