/** Imports: the variants of a product as a file has them, with their prices and their stock. */
import { and, eq, inArray, ne, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { variants } from "@/db/schema/catalog";
import { inventory } from "@/db/schema/inventory";
import { ImportProblem } from "@/lib/domain/imports/columns";
import type { Note } from "@/lib/domain/imports/note";
import type { ProductDraft } from "@/lib/domain/imports/product";
import type { VariantDraft } from "@/lib/domain/imports/variants";
import { shortHash } from "@/lib/domain/short-hash";
import * as stock from "@/lib/services/inventory/adjust";
import { setBackorder, setThreshold } from "@/lib/services/inventory/policy";
import type { Context } from "./context";
import type { CurrentVariant } from "./current";
import { linkValues, valueKey, type WrittenOptions } from "./write-options";

type Matched = VariantDraft & { readonly there: CurrentVariant | undefined; readonly valueIds: string[] };

/** Creates, changes and takes off sale. Answers whether anything was written. @throws ImportProblem for taken SKUs. */
export async function writeVariants(
  tx: Tx,
  context: Context,
  about: {
    productId: string;
    draft: ProductDraft;
    current: CurrentVariant[];
    options: WrittenOptions;
    /** It was archived and comes back: what the file counts is what there is. */
    isBack: boolean;
  },
  notes: Note[],
): Promise<boolean> {
  const { productId, draft, options } = about;
  const setting = about.isBack ? { ...context, setStock: true } : context;
  const matched = match(draft, about.current, options.ids);
  const skus = await chooseSkus(tx, productId, draft, matched);
  let changed = await retire(tx, about, matched, notes);
  changed = (await moveAside(tx, matched)) || changed;
  // Off sale first: of those for sale each has its own combination, at every moment.
  const order = [...matched.entries()].sort(([, a], [, b]) => Number(a.isActive) - Number(b.isActive));
  for (const [position, variant] of order) {
    const { there, values, valueIds, line } = variant;
    const wanted = {
      sku: skus[position] ?? variant.derivedSku,
      title: values.join(" / "),
      optionKey: keyOf(valueIds),
      price: variant.price,
      compareAtPrice: compareAtOf(variant, notes),
      cost: variant.cost === undefined ? (there?.cost ?? null) : variant.cost,
      weight: variant.weight ?? there?.weight ?? 0,
      barcode: variant.barcode === undefined ? (there?.barcode ?? null) : variant.barcode,
      ...contentOf(variant),
      isActive: variant.isActive,
    };
    const id = there?.id ?? newId();
    if (!there) {
      await tx.insert(variants).values({ id, productId, position, ...wanted });
      await linkValues(tx, id, valueIds);
      await firstStock(tx, context, id, variant, notes);
      changed = true;
      continue;
    }
    if (keyOf(there.valueIds) !== wanted.optionKey) {
      await linkValues(tx, id, valueIds);
      changed = true;
    }
    if ((Object.keys(wanted) as (keyof typeof wanted)[]).some((field) => wanted[field] !== there[field])) {
      const version = sql`${variants.version} + 1`;
      await tx
        .update(variants)
        .set({ ...wanted, version })
        .where(eq(variants.id, id));
      changed = true;
    }
    changed = (await laterStock(tx, setting, { ...variant, there, line }, notes)) || changed;
  }
  return changed;
}

const keyOf = (valueIds: readonly string[]): string => valueIds.toSorted().join(",");

/** Which variant of the shop each of the file is: by SKU first, then by its options. */
function match(
  draft: ProductDraft,
  current: readonly CurrentVariant[],
  ids: WrittenOptions["ids"],
): Matched[] {
  const bySku = new Map(current.map((variant) => [variant.sku.toLowerCase(), variant]));
  const found = draft.variants.map(({ sku }) => (sku ? bySku.get(sku.toLowerCase()) : undefined));
  const taken = new Set(found.filter((variant) => variant !== undefined));
  return draft.variants.map((variant, i) => {
    const valueIds = variant.values.map((value, place) => ids.get(valueKey(place, value)) ?? "");
    const free = (there: CurrentVariant | undefined) => (there && !taken.has(there) ? there : undefined);
    const there =
      found[i] ??
      free(
        variant.isActive
          ? current.find((other) => other.isActive && other.optionKey === keyOf(valueIds))
          : undefined,
      ) ??
      free(variant.sku ? undefined : bySku.get(variant.derivedSku.toLowerCase()));
    if (there) taken.add(there);
    return { ...variant, valueIds, there };
  });
}

/** The file's SKU, otherwise the one it has in the shop, otherwise the derived one. */
async function chooseSkus(
  tx: Tx,
  productId: string,
  draft: ProductDraft,
  matched: readonly Matched[],
): Promise<string[]> {
  const own = new Set<string>();
  const wanted = matched.map((variant) => {
    const sku = variant.sku ?? variant.there?.sku ?? variant.derivedSku;
    const isRepeat = own.has(sku.toLowerCase());
    own.add(sku.toLowerCase());
    // "A+" and "A-" derive the same; an own SKU is never a repeat, the file was checked for that.
    return isRepeat ? longer(sku, draft, variant) : sku;
  });
  const rows = await tx
    .select({ sku: sql<string>`lower(${variants.sku})` })
    .from(variants)
    .where(
      and(
        ne(variants.productId, productId),
        inArray(
          sql`lower(${variants.sku})`,
          wanted.map((sku) => sku.toLowerCase()),
        ),
      ),
    );
  const elsewhere = new Set(rows.map((row) => row.sku));
  return wanted.map((sku, i) => {
    const variant = matched[i];
    if (!variant || !elsewhere.has(sku.toLowerCase())) return sku;
    if (!variant.sku) return longer(sku, draft, variant);
    throw new ImportProblem(`Line ${variant.line}: the SKU "${sku}" belongs to another product already.`);
  });
}

const longer = (sku: string, { slug }: ProductDraft, { values }: Matched): string =>
  `${sku}-${shortHash([slug, ...values].join("\n")).toUpperCase()}`;

/** The first few by name: a product may have a hundred. */
const listed = (skus: readonly string[]): string =>
  skus.length > 8 ? `${skus.slice(0, 6).join(", ")} and ${skus.length - 6} more` : skus.join(", ");

/** Variants of the shop that are not in the file stay, unless the product has other options now. */
async function retire(
  tx: Tx,
  { draft, current, options }: { draft: ProductDraft; current: CurrentVariant[]; options: WrittenOptions },
  matched: readonly Matched[],
  notes: Note[],
): Promise<boolean> {
  const missing = current.filter(
    (variant) => variant.isActive && !matched.some(({ there }) => there === variant),
  );
  if (missing.length === 0) return false;
  const line = draft.lines[0] ?? 0;
  const names = listed(missing.map(({ sku }) => sku));
  if (!options.added && options.obsolete.length === 0) {
    notes.push({ line, text: `not in the file, left as they are: ${names}` });
    return false;
  }
  notes.push({ line, text: `taken off sale, because the product has other options now: ${names}` });
  await tx
    .update(variants)
    .set({ isActive: false, version: sql`${variants.version} + 1` })
    .where(
      inArray(
        variants.id,
        missing.map(({ id }) => id),
      ),
    );
  return true;
}

/** Two variants may swap their options: for a moment neither holds a combination, which is unique. */
async function moveAside(tx: Tx, matched: readonly Matched[]): Promise<boolean> {
  const moving = matched.flatMap(({ there, valueIds }) =>
    there && there.optionKey !== keyOf(valueIds) ? [there.id] : [],
  );
  if (moving.length === 0) return false;
  await tx
    .update(variants)
    .set({ optionKey: sql`'moving:' || ${variants.id}` })
    .where(inArray(variants.id, moving));
  return true;
}

const contentOf = ({ content, there }: Matched) =>
  content === undefined
    ? { unitAmount: there?.unitAmount ?? null, unit: there?.unit ?? null }
    : (content ?? { unitAmount: null, unit: null });

function compareAtOf({ compareAt, price, there, line }: Matched, notes: Note[]): number | null {
  if (compareAt !== undefined) return compareAt;
  const kept = there?.compareAtPrice ?? null;
  if (kept === null || kept > price) return kept;
  notes.push({ line, text: "the shop's compare-at price was removed: the new price is not below it" });
  return null;
}

async function firstStock(
  tx: Tx,
  { actor, reason, lowStockThreshold }: Context,
  variantId: string,
  { quantity, backorder = false, backorderLimit = null, threshold = lowStockThreshold, line }: Matched,
  notes: Note[],
): Promise<void> {
  await tx.insert(inventory).values({
    variantId,
    lowStockThreshold: threshold,
    backorder,
    backorderLimit: backorder ? backorderLimit : null,
  });
  if (quantity) await stock.restock(actor, { variantId, quantity, reason }, tx);
  else if (quantity === null) notes.push({ line, text: "no quantity in the file: 0 in stock" });
}

/** Later runs leave the stock alone, because the shop has sold meanwhile; unless they are told to set it. */
async function laterStock(
  tx: Tx,
  { actor, reason, setStock }: Context,
  variant: Matched & { there: CurrentVariant },
  notes: Note[],
): Promise<boolean> {
  const { there, quantity, threshold, line } = variant;
  let changed = false;
  if (threshold !== undefined && there.threshold !== threshold) {
    await setThreshold(actor, { variantId: there.id, threshold }, tx);
    changed = true;
  }
  const { backorder, limit } = policyOf(variant);
  if (there.backorder !== backorder || there.backorderLimit !== limit) {
    const allowed = backorder ? (limit ?? Number.POSITIVE_INFINITY) : 0;
    if (-there.available > allowed) {
      notes.push({
        line,
        text: "stays open for backorders as it is: more is promised than would be allowed",
      });
    } else {
      await setBackorder(actor, { variantId: there.id, backorder, limit }, tx);
      changed = true;
    }
  }
  if (quantity === null || quantity === there.available) return changed;
  if (!setStock) {
    notes.push({ line, text: "stock left as it is in the shop" });
    return changed;
  }
  await stock.adjust(actor, { variantId: there.id, delta: quantity - there.available, reason }, tx);
  return true;
}

/** What the file does not say stays as it is in the shop. */
function policyOf({ there, ...told }: Matched & { there: CurrentVariant }) {
  const { backorder = there.backorder, backorderLimit = there.backorderLimit } = told;
  return { backorder, limit: backorder ? backorderLimit : null };
}
