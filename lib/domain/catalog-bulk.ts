/** Catalogue: one change of many products at once, as its form sends it. */
import { z } from "zod";
import { productStatuses } from "./back-office";
import { readTags } from "./catalog-input";
import { versionInput } from "./version";

const some = <T extends z.ZodType>(type: T) =>
  z
    .literal("")
    .transform(() => undefined)
    .or(type)
    .optional();
const back = z
  .string()
  .max(2_000)
  // Only a list of products is gone back to.
  .transform((path) => (/^\/admin\/products(\?[^#]*)?$/.test(path) ? path : "/admin/products"))
  .default("/admin/products");
const typed = z.string().trim().max(500).default("");

const change = {
  status: some(z.enum(productStatuses)),
  categoryId: some(z.uuid()),
  /** "percent": −10, +5,5; "set": an amount of the store's currency. */
  priceHow: some(z.enum(["set", "percent"])),
  price: typed,
  addTags: typed.transform(readTags),
  removeTags: typed.transform(readTags),
  featured: some(z.enum(["yes", "no"])),
};

export const bulkInput = z.object({
  ids: z.union(
    [z.uuid().transform((id) => [id]), z.array(z.uuid()).max(200, "At most 200 at once.")],
    "Please tick some products first.",
  ),
  /** What each row of the list showed; of one that is left out nobody asks. */
  versions: z.record(z.uuid(), versionInput).default({}),
  ...change,
  back,
});

/** One row of the list: refused where it changed since it was drawn. */
export const rowInput = z.object({
  productId: z.uuid(),
  version: versionInput,
  status: some(z.enum(productStatuses)),
  price: typed,
  back,
});

export const undoBulkInput = z.object({ batch: z.uuid(), back });

export type BulkChange = Omit<z.output<typeof bulkInput>, "ids" | "versions" | "back">;

/** Percent as typed ("−10", "+5,5 %") in parts per ten thousand of the price; undefined where it is none from −100 to 1,000. */
export function percentOf(text: string): number | undefined {
  const plain = text.replace(/\s|%/g, "").replace("−", "-").replace(",", ".");
  const hundredths = /^[+-]?\d{1,4}(?:\.\d{1,2})?$/.test(plain)
    ? Math.round(Number(plain) * 100)
    : Number.NaN;
  return hundredths >= -10_000 && hundredths <= 100_000 ? hundredths : undefined;
}

/** A price in minor units moved by hundredths of a percent, rounded half up. */
export const movedPrice = (price: number, hundredths: number): number =>
  Math.floor((price * (10_000 + hundredths) + 5_000) / 10_000);

/** Tags with some added and some taken away, each once, at most 20. */
export const changedTags = (
  tags: readonly string[],
  add: readonly string[],
  remove: readonly string[],
): string[] => [...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add])].slice(0, 20);
