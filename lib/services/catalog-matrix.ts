/** Catalogue: makes the variants that a product's options make possible and that are not there yet. */
import { eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { products, variants } from "@/db/schema/catalog";
import { inventory } from "@/db/schema/inventory";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { CacheTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import {
  type Combination,
  combinationsOf,
  isRetired,
  type MatrixInput,
  MOST_VARIANTS,
  missingOf,
  optionKeyOf,
} from "@/lib/domain/catalog-options";
import { ShopError } from "@/lib/domain/errors";
import { skuOf, slugOf } from "@/lib/domain/imports/cells";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import * as audit from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { readVariants } from "@/lib/services/imports/current";
import { linkValues } from "@/lib/services/imports/write-options";
import { once } from "@/lib/services/once";
import { orderVariants, readAllOptions } from "./catalog-options";
import { allTagsOf, lockCurrent } from "./catalog-own";

type Variant = Awaited<ReturnType<typeof readVariants>>[number];

export interface MatrixResult {
  readonly tags: readonly CacheTag[];
  readonly made: number;
  /** Variants that were there once and came back, with the stock and the SKU that they had. */
  readonly back: number;
}

/**
 * Makes the ticked combinations, all with one price and weight and SKUs of one stem. A variant that was taken off sale
 * when its value went comes back instead of a second one. Sent twice with one key they are made once.
 * @throws ShopError not_found, conflict, invalid_input
 */
export async function makeVariants(staff: Staff, input: MatrixInput): Promise<MatrixResult> {
  return withTx((tx) =>
    once(tx, staff, "product.variants", input.requestKey, async () => {
      // The trigger that keeps the price history reads who it was.
      await tx.execute(sql`select set_config('shop.user', ${staff.userId}, true)`);
      const product = await lockCurrent(tx, staff, input);
      const options = await readAllOptions(tx, product.id);
      const stored = await readVariants(tx, product.id);
      const inPlace = stored.filter(({ optionKey }) => !isRetired(optionKey));
      const wanted = missingOf(options, stored).filter(({ key }) => input.keys.includes(key));
      if (wanted.length === 0) throw refused("keys", "Please tick what is to be made.");
      if (inPlace.length + wanted.length > MOST_VARIANTS)
        throw refused("keys", `At most ${MOST_VARIANTS} variants a product.`);
      const { price, threshold } = await readStore(tx, input.price);
      const skus = await freeSkus(tx, input.sku ? slugOf(input.sku) : product.slug, wanted);
      let back = 0;
      for (const [i, combination] of wanted.entries()) {
        const twin = stored.find((variant) => isTwin(variant, combination));
        if (twin) back += 1;
        await put(tx, product.id, combination, twin, {
          sku: skus[i] ?? "",
          price,
          weight: input.weight,
          threshold,
        });
      }
      await arrange(tx, product.id, options);
      await tx
        .update(products)
        .set({ version: sql`${products.version} + 1` })
        .where(eq(products.id, product.id));
      await audit.write(tx, staff, {
        action: "product.variants",
        subject: "products",
        subjectId: product.id,
        before: { variants: inPlace.map(({ title }) => title) },
        after: { variants: [...inPlace, ...wanted].map(({ title }) => title) },
      });
      const tags = allTagsOf(product);
      await cache.expire(tx, tags);
      return { tags, made: wanted.length - back, back };
    }),
  );
}

const refused = (field: string, sentence: string) =>
  new ShopError("invalid_input", { fields: { [field]: sentence } });

const isTwin = ({ optionKey, title }: Variant, wanted: Combination): boolean =>
  optionKey.startsWith("retired:") && title.toLowerCase() === wanted.title.toLowerCase();

async function put(
  tx: Tx,
  productId: string,
  { valueIds, title }: Combination,
  twin: Variant | undefined,
  { sku, price, weight, threshold }: { sku: string; price: number; weight: number; threshold: number },
): Promise<void> {
  const optionKey = optionKeyOf(valueIds);
  if (twin) {
    const compareAtPrice =
      twin.compareAtPrice !== null && twin.compareAtPrice > price ? twin.compareAtPrice : null;
    await tx
      .update(variants)
      .set({ optionKey, title, price, compareAtPrice, isActive: true, version: sql`${variants.version} + 1` })
      .where(eq(variants.id, twin.id));
    await linkValues(tx, twin.id, valueIds);
    return;
  }
  const variantId = newId();
  await tx.insert(variants).values({ id: variantId, productId, sku, title, optionKey, price, weight });
  await linkValues(tx, variantId, valueIds);
  await tx.insert(inventory).values({ variantId, lowStockThreshold: threshold });
}

async function arrange(
  tx: Tx,
  productId: string,
  options: Parameters<typeof orderVariants>[1],
): Promise<void> {
  const byKey = new Map(combinationsOf(options).map(({ valueIds }) => [optionKeyOf(valueIds), valueIds]));
  const list = (await readVariants(tx, productId)).flatMap((variant) => {
    const valueIds = byKey.get(variant.optionKey);
    return valueIds ? [{ variant, valueIds }] : [];
  });
  await orderVariants(tx, options, list);
}

async function readStore(tx: Tx, typed: string): Promise<{ price: number; threshold: number }> {
  const [store] = await tx
    .select({ currency: settings.currency, threshold: settings.lowStockThreshold })
    .from(settings);
  const currency = store?.currency ?? "EUR";
  const price = parseMoney(typed, currency);
  if (price === undefined || price < 0)
    throw refused("price", `Please enter an amount like ${toDecimal(5900, currency)}.`);
  return { price, threshold: store?.threshold ?? 3 };
}

/** "BOWL-RED", and where that is taken "BOWL-RED-2". */
async function freeSkus(tx: Tx, stem: string, wanted: readonly Combination[]): Promise<string[]> {
  const bare = wanted.map(({ title }) => skuOf(stem, title.split(" / ")));
  const tries = (sku: string) => [sku, ...Array.from({ length: 8 }, (_, n) => `${sku}-${n + 2}`)];
  const rows = await tx
    .select({ sku: sql<string>`lower(${variants.sku})` })
    .from(variants)
    .where(
      inArray(
        sql`lower(${variants.sku})`,
        bare.flatMap(tries).map((sku) => sku.toLowerCase()),
      ),
    );
  const taken = new Set(rows.map(({ sku }) => sku));
  return bare.map((sku) => {
    const free = tries(sku).find((each) => !taken.has(each.toLowerCase()));
    if (!free) throw refused("sku", "These SKUs are taken. Please begin them with something else.");
    taken.add(free.toLowerCase());
    return free;
  });
}
