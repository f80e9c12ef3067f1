/** Catalogue: what the form of a product takes in. Prices stay text here: only the store knows its currency. */
import { z } from "zod";

export const productStatuses = ["active", "draft", "archived"] as const;

const line = (max: number) => z.string().trim().max(max, `At most ${max} characters.`);
const text = (max: number) => line(max).transform((typed) => typed.replace(/\r\n?/g, "\n"));
const tick = z
  .string()
  .optional()
  .transform((value) => value !== undefined);
const version = z.coerce.number().int().min(1);

const variantInput = z.object({
  id: z.uuid(),
  version,
  /** As written: "59", "59.50", "59,50". */
  price: line(20).min(1, "Please enter a price."),
  compareAtPrice: line(20).default(""),
  isActive: tick,
});

export const productInput = z.object({
  productId: z.uuid(),
  version,
  name: line(120).min(1, "Please enter a name."),
  subtitle: line(160),
  slug: line(100).regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Small letters, digits and single dashes only."),
  description: text(20_000),
  status: z.enum(productStatuses, "Please choose one."),
  categoryId: z.uuid("Please choose a category."),
  tags: line(500).transform(readTags),
  isFeatured: tick,
  variants: z.array(variantInput).min(1).max(250),
});
export type ProductInput = z.output<typeof productInput>;

/** "Linen, new , linen" as `["linen", "new"]`: lower case, each once, at most 20. */
export function readTags(typed: string): string[] {
  const tags = typed.split(",").map((tag) => tag.trim().replace(/\s+/g, " ").toLowerCase());
  return [...new Set(tags.filter(Boolean))].slice(0, 20);
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
