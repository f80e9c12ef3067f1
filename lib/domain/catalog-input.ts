/** Catalogue: what the form of a product takes in. Prices stay text here: only the store knows its currency. */
import { z } from "zod";
import { productStatuses } from "./back-office";
import { LIMITS } from "./catalog-limits";
import { orderInput } from "./list-order";
import { isAmountLike } from "./money";
import { versionInput } from "./version";

const line = (max: number) => z.string().trim().max(max, `At most ${max} characters.`);
/** What a piece's content is counted in, for its unit price: the first two by 100, the others by one. */
export const CONTENT_UNITS = ["ml", "g", "m", "piece"] as const;

/** As written ("59", "59.50", "59,50"): its form is told with all else that is wrong; who knows the currency reads it. */
const amountText = line(20).refine(
  (typed) => typed === "" || isAmountLike(typed),
  "Please enter an amount in digits, like 59.",
);
export const priceText = amountText.min(1, "Please enter a price.");
const text = (max: number) => line(max).transform((typed) => typed.replace(/\r\n?/g, "\n"));
const tick = z
  .string()
  .optional()
  .transform((value) => value !== undefined);

const variantInput = z.object({
  id: z.uuid(),
  /** Empty: somebody else's change was told, and this one is meant. Asked first: as a number it would be 0. */
  version: z
    .literal("")
    .transform(() => undefined)
    .or(versionInput),
  price: priceText,
  compareAtPrice: amountText.default(""),
  isActive: tick,
  /** Left out: as it was. So are the next two. */
  sku: line(LIMITS.sku).min(1, "Please enter a SKU.").optional(),
  barcode: line(LIMITS.barcode).optional(),
  /** Whole grams, as written. */
  weight: line(9)
    .regex(/^\d*$/, "Whole grams, please.")
    .transform((grams) => Number(grams || 0))
    .optional(),
  /** As written; empty: not told. Left out: as it was, as are the next two. */
  cost: amountText.optional(),
  /** Once nothing is left: no further sale, or sold to be delivered later. */
  policy: z.enum(["stop", "sell"]).optional(),
  /** How many may be promised beyond the stock; empty: any number. */
  backorderLimit: line(6).regex(/^\d*$/, "A whole number, please.").optional(),
  /** What a piece holds, for its unit price: whole numbers of `unit`, both empty: not told. Left out: as it was. */
  unitAmount: line(9).regex(/^\d*$/, "A whole number, please.").optional(),
  unit: z.enum(["", ...CONTENT_UNITS], "Please choose one.").optional(),
});
export type VariantInput = z.output<typeof variantInput>;

export const productInput = z.object({
  productId: z.uuid(),
  version: versionInput,
  name: line(LIMITS.name).min(1, "Please enter a name."),
  subtitle: line(160),
  slug: line(LIMITS.slug).regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
    "Small letters, digits and single dashes only.",
  ),
  description: text(100_000),
  /** How the description is written; left out: as it was. */
  descriptionFormat: z.enum(["text", "html"]).optional(),
  /** "Material and care", paragraphs of plain text whatever the description is; left out: as it was. */
  details: text(100_000).optional(),
  status: z.enum(productStatuses, "Please choose one."),
  categoryId: z.uuid("Please choose a category."),
  tags: line(LIMITS.tags * (LIMITS.tag + 2)).transform(readTags),
  isFeatured: tick,
  /** Empty: the store's usual one; left out: as it was. Owners do not choose it. */
  taxClassId: z
    .literal("")
    .transform(() => null)
    .or(z.uuid("Please choose one."))
    .nullish(),
  /** What search engines show; left out: as it was, empty: the name and the first lines. */
  metaTitle: line(LIMITS.metaTitle).nullish(),
  metaDescription: line(LIMITS.metaDescription).nullish(),
  variants: z.array(variantInput).min(1).max(LIMITS.variants),
});
export type ProductInput = z.output<typeof productInput>;

export const newProductInput = z.object({
  name: line(LIMITS.name).min(1, "Please enter a name."),
  categoryId: z.uuid("Please choose a category."),
  price: priceText,
  sku: line(LIMITS.sku).default(""),
  /** The first count; empty: none. */
  stock: line(6)
    .regex(/^\d*$/, "A whole number, please.")
    .transform((count) => Number(count || 0))
    .default(0),
  /** Whose it is; admins choose. */
  ownerId: z.uuid("Please choose who sells it.").optional(),
  requestKey: line(100).min(8),
});
export type NewProductInput = z.output<typeof newProductInput>;

export const duplicateInput = z.object({ productId: z.uuid(), requestKey: line(100).min(8) });

const file = z.instanceof(File);

export const picturesInput = z.object({
  productId: z.uuid(),
  alt: line(LIMITS.alt).default(""),
  files: z
    .union([file.transform((one) => [one]), z.array(file)], "Please choose a picture.")
    .refine((files) => files.some(({ size }) => size > 0), "Please choose a picture.")
    .refine((files) => files.length <= 20, "At most 20 at once."),
});

export const pictureTextInput = z.object({
  productId: z.uuid(),
  imageId: z.uuid(),
  version: versionInput,
  alt: line(LIMITS.alt),
  /** The option value that it shows; empty: all of them, left out: as it was. */
  valueId: z
    .literal("")
    .transform(() => null)
    .or(z.uuid())
    .optional(),
});
export const pictureMoveInput = z.object({
  productId: z.uuid(),
  imageId: z.uuid(),
  to: z.coerce.number().int().min(0).max(1_000),
  order: orderInput,
});
export const pictureInput = z.object({ productId: z.uuid(), imageId: z.uuid(), version: versionInput });

/** "Linen, new , linen" as `["linen", "new"]`: lower case, each once, at most as many as an import brings. */
export function readTags(typed: string): string[] {
  const tags = typed.split(",").map((tag) => tag.trim().replace(/\s+/g, " ").toLowerCase());
  return [...new Set(tags.filter(Boolean))].slice(0, LIMITS.tags);
}

/** Tags that decide what the shop itself shows first; owners neither set nor remove them. */
export const SHOP_TAGS: readonly string[] = ["front page"];

/** What an owner's tags become: theirs as typed, the shop's as they were. */
export function tagsFor(
  kind: "owner" | "admin",
  typed: readonly string[],
  before: readonly string[],
): string[] {
  if (kind === "admin") return [...typed];
  const isShops = (tag: string) => SHOP_TAGS.includes(tag);
  return [...typed.filter((tag) => !isShops(tag)), ...before.filter(isShops)];
}
