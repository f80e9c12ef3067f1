/** Catalogue: changes many products at once, all of it one batch in the audit log that can be taken back. */
import { and, asc, eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { audit as auditTable } from "@/db/schema/audit";
import { categories, products, variants } from "@/db/schema/catalog";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import { type CacheTag, categoryTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { type BulkChange, changedTags, movedPrice, percentOf } from "@/lib/domain/catalog-bulk";
import { tagsFor } from "@/lib/domain/catalog-input";
import { ShopError } from "@/lib/domain/errors";
import { parseMoney, toDecimal } from "@/lib/domain/money";
import { priceFell } from "@/lib/services/alerts";
import * as audit from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { conflictWith } from "@/lib/services/conflicts";
import { allTagsOf, lockOwn, ownedBy, type Product, stampsOf, whyNotPublishable } from "./catalog-own";

export interface BulkResult {
  /** What `undoBulk` takes. */
  readonly batch: string;
  readonly changed: number;
  /** Products that cannot go into the shop as they are. */
  readonly left: number;
  /** Products that somebody changed since the list was drawn, in the order of the list. */
  readonly overtaken: readonly string[];
  readonly tags: readonly CacheTag[];
}

/**
 * Changes products; those that cannot be put into the shop stay as they were and are counted, and so do those whose
 * `versions`, as the list showed them, are no more: they are named. `version` is for one product: what its row showed.
 * @throws ShopError not_found where one is unknown or another owner's (nothing is changed then), conflict, invalid_input
 */
export async function bulkEdit(
  staff: Staff,
  {
    ids,
    version,
    versions = {},
    ...typed
  }: BulkChange & {
    ids: readonly string[];
    version?: number;
    versions?: Readonly<Record<string, number>>;
  },
): Promise<BulkResult> {
  return withTx(async (tx) => {
    await tx.execute(sql`select set_config('shop.user', ${staff.userId}, true)`);
    const move = await read(tx, staff, typed);
    const batch = newId();
    const tags = new Set<CacheTag>();
    const sum = { changed: 0, left: 0 };
    const late = new Set<string>();
    for (const id of [...new Set(ids)].sort()) {
      const before = await lockOwn(tx, staff, id);
      if (version !== undefined && version !== before.version) throw await overtaken(tx, before);
      if ((versions[id] ?? before.version) !== before.version) {
        late.add(id);
        continue;
      }
      const isFit =
        move.status !== "active" || before.status === "active" || !(await whyNotPublishable(tx, before.id));
      if (!isFit) sum.left += 1;
      else if (await changeOne(tx, staff, before, move, batch)) {
        sum.changed += 1;
        for (const tag of tagsOf(before, move.categoryId)) tags.add(tag);
      }
    }
    await cache.expire(tx, [...tags]);
    return { batch, ...sum, overtaken: [...new Set(ids)].filter((id) => late.has(id)), tags: [...tags] };
  });
}

interface Move extends Omit<BulkChange, "price" | "priceHow"> {
  readonly price: ((price: number) => number) | undefined;
}

async function read(tx: Tx, staff: Staff, { price: text, priceHow, ...typed }: BulkChange): Promise<Move> {
  const refuse = (field: string, sentence: string) =>
    new ShopError("invalid_input", { fields: { [field]: sentence } });
  if (typed.featured && staff.kind !== "admin") throw new ShopError("forbidden", {});
  if (typed.categoryId) {
    const [found] = await tx
      .select({ id: categories.id })
      .from(categories)
      .where(eq(categories.id, typed.categoryId));
    if (!found) throw refuse("categoryId", "Please choose a category.");
  }
  if (!priceHow) return { ...typed, price: undefined };
  if (priceHow === "percent") {
    const hundredths = percentOf(text);
    if (hundredths === undefined) throw refuse("price", "Please enter percent like −10 or 5.5.");
    return { ...typed, price: (price) => movedPrice(price, hundredths) };
  }
  const [store] = await tx.select({ currency: settings.currency }).from(settings);
  const currency = store?.currency ?? "EUR";
  const amount = parseMoney(text, currency);
  if (amount === undefined || amount < 0)
    throw refuse("price", `Please enter an amount like ${toDecimal(5900, currency)}.`);
  return { ...typed, price: () => amount };
}

async function changeOne(tx: Tx, staff: Staff, before: Product, move: Move, batch: string): Promise<boolean> {
  const wanted = changedTags(before.tags, move.addTags, move.removeTags);
  const after = {
    status: move.status ?? before.status,
    categoryId: move.categoryId ?? before.categoryId,
    tags: tagsFor(staff.kind, wanted, before.tags),
    isFeatured: move.featured === undefined ? before.isFeatured : move.featured === "yes",
  };
  const prices = move.price ? await changePrices(tx, before.id, move.price) : undefined;
  const isSame = (Object.keys(after) as (keyof typeof after)[]).every(
    (name) => JSON.stringify(after[name]) === JSON.stringify(before[name]),
  );
  if (isSame && !prices) return false;
  await save(tx, before, after);
  await audit.write(tx, staff, {
    action: "product.bulk",
    subject: "products",
    subjectId: before.id,
    before: { ...before, ...(prices && { prices: prices.before }) },
    after: { ...after, version: before.version + 1, batch, ...(prices && { prices: prices.after }) },
  });
  return true;
}

type Fields = Pick<Product, "status" | "categoryId" | "tags" | "isFeatured">;

const save = (tx: Tx, before: Product, after: Partial<Fields>) =>
  tx
    .update(products)
    .set({
      ...after,
      version: sql`${products.version} + 1`,
      ...stampsOf(before, after.status ?? before.status),
    })
    .where(and(eq(products.id, before.id), eq(products.version, before.version)));

type Prices = Record<string, { price: number; compareAtPrice: number | null }>;

/** The prices of the variants for sale. A former price that is not above the new one goes. */
async function changePrices(tx: Tx, productId: string, price: (price: number) => number) {
  const stored = await tx
    .select()
    .from(variants)
    .where(and(eq(variants.productId, productId), eq(variants.isActive, true)))
    .orderBy(asc(variants.id))
    .for("update");
  const [before, after]: [Prices, Prices] = [{}, {}];
  for (const variant of stored) {
    const next = price(variant.price);
    if (next === variant.price) continue;
    const was = variant.compareAtPrice;
    before[variant.id] = { price: variant.price, compareAtPrice: was };
    after[variant.id] = { price: next, compareAtPrice: was !== null && was > next ? was : null };
  }
  await setPrices(tx, before, after);
  return Object.keys(after).length > 0 ? { before, after } : undefined;
}

async function setPrices(tx: Tx, from: Prices, to: Prices): Promise<void> {
  for (const [id, next] of Object.entries(to)) {
    await tx
      .update(variants)
      .set({ ...next, version: sql`${variants.version} + 1` })
      .where(eq(variants.id, id));
    if (next.price < (from[id]?.price ?? 0)) await priceFell(tx, id);
  }
}

/**
 * Takes a batch of one's own back. A product that changed since stays as it is now, and is counted in `left`.
 * @throws ShopError not_found for batches of others, revert_refused where nothing of it can be taken back any more
 */
export async function undoBulk(
  staff: Staff,
  { batch }: { batch: string },
): Promise<Omit<BulkResult, "batch" | "overtaken">> {
  return withTx(async (tx) => {
    await tx.execute(sql`select set_config('shop.user', ${staff.userId}, true)`);
    const rows = await tx
      .select({ id: auditTable.subjectId, before: auditTable.before, after: auditTable.after })
      .from(auditTable)
      .where(
        and(
          eq(auditTable.action, "product.bulk"),
          eq(auditTable.actorId, staff.userId),
          sql`${auditTable.after}->>'batch' = ${batch}`,
        ),
      )
      .orderBy(asc(auditTable.subjectId));
    if (rows.length === 0) throw new ShopError("not_found", { what: "change" });
    const tags = new Set<CacheTag>();
    let changed = 0;
    for (const row of rows) {
      const touched = await undoOne(tx, staff, row.id ?? "", row.before ?? {}, row.after ?? {});
      for (const tag of touched) tags.add(tag);
      if (touched.length > 0) changed += 1;
    }
    if (changed === 0)
      throw new ShopError("revert_refused", {
        reason:
          "Somebody changed these products since, or it was taken back already. They stay as they are now.",
      });
    await cache.expire(tx, [...tags]);
    return { changed, left: rows.length - changed, tags: [...tags] };
  });
}

type Logged = Readonly<Record<string, unknown>>;

async function undoOne(tx: Tx, staff: Staff, id: string, was: Logged, made: Logged): Promise<CacheTag[]> {
  const [now] = await tx
    .select()
    .from(products)
    .where(and(eq(products.id, id), eq(products.version, Number(made.version)), ownedBy(staff)))
    .for("update");
  if (!now) return [];
  const [old, set] = [(was.prices ?? {}) as Prices, (made.prices ?? {}) as Prices];
  const stored = await tx.select().from(variants).where(eq(variants.productId, id)).for("update");
  const isMoved = (variantId: string) =>
    stored.find((variant) => variant.id === variantId)?.price !== set[variantId]?.price;
  if (Object.keys(set).some(isMoved)) return [];
  const fields = Object.fromEntries(
    ["status", "categoryId", "tags", "isFeatured"]
      .filter((name) => name in was)
      .map((name) => [name, was[name]]),
  ) as Partial<Fields>;
  if (fields.status === "active" && (await whyNotPublishable(tx, id))) return [];
  await save(tx, now, fields);
  await setPrices(tx, set, old);
  await audit.write(tx, staff, {
    action: "product.bulk.undo",
    subject: "products",
    subjectId: id,
    before: { ...now, prices: set },
    after: { ...fields, prices: old },
  });
  return tagsOf(now, fields.categoryId);
}

const tagsOf = (product: Product, moved: string | undefined): CacheTag[] => [
  ...allTagsOf(product),
  ...(moved ? [categoryTag(moved)] : []),
];

const overtaken = (tx: Tx, { id, version }: Product) =>
  conflictWith(
    tx,
    { what: "product", subject: "products", subjectId: id, version },
    { name: "the name", status: "the status", prices: { label: "the price", text: () => "" } },
  );
