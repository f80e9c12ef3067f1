/** Inventory: what the forms of the stock page take in. */
import { z } from "zod";
import { stockReasons } from "./inventory-reasons";
import { versionInput } from "./version";

/** How a count is changed by hand, in the words of the form. */
export const stockChanges = {
  receive: "Received from the maker",
  correct: "Correct by plus or minus",
  count: "Counted on the shelf",
} as const;
export type StockChange = keyof typeof stockChanges;

const LIMIT = 100_000;

export const stockInput = z
  .object({
    variantId: z.uuid(),
    /** How often people had changed the count; a count of the whole shelf alone asks. */
    version: versionInput,
    how: z.enum(["receive", "correct", "count"], "Please choose one."),
    /** Items: signed for a correction, the whole shelf for a count. */
    delta: z
      .string()
      .trim()
      // A typographic minus is what people copy from a list.
      .transform((typed) => typed.replace("−", "-"))
      .pipe(z.string().regex(/^[+-]?\d{1,6}$/, "Please enter a whole number."))
      .transform(Number)
      .pipe(z.number().min(-LIMIT).max(LIMIT)),
    reason: z.string().trim().min(3, "Please say why.").max(200, "At most 200 characters."),
    /** The form's own name, so that a repeated request counts once. */
    requestKey: z.uuid().optional(),
  })
  .refine(({ how, delta }) => how !== "receive" || delta > 0, {
    path: ["delta"],
    message: "At least one item.",
  })
  .refine(({ how, delta }) => how !== "correct" || delta !== 0, {
    path: ["delta"],
    message: "Plus or minus at least one.",
  })
  .refine(({ how, delta }) => how !== "count" || delta >= 0, {
    path: ["delta"],
    message: "A shelf holds no fewer than none.",
  });

export const thresholdInput = z.object({
  variantId: z.uuid(),
  /** The mark that the form showed. */
  version: versionInput,
  threshold: z.coerce
    .number("Please enter a whole number.")
    .int("Please enter a whole number.")
    .min(0, "Not below zero.")
    .max(LIMIT, "At most 100,000."),
});

const back = z
  .string()
  .max(2_000)
  // Only a list of products is gone back to.
  .transform((path) => (/^\/admin\/products(\?[^#]*)?$/.test(path) ? path : "/admin/products"))
  .default("/admin/products");

/** The count in a row of the list of products: refused where it moved since the row was drawn. */
export const rowStockInput = z.object({
  variantId: z.uuid(),
  available: z
    .string()
    .trim()
    .regex(/^-?\d{1,6}$/, "Please enter a whole number.")
    .transform(Number)
    .pipe(z.number().max(LIMIT, "At most 100,000.")),
  was: z.coerce.number().int(),
  reason: z.enum(stockReasons).default(stockReasons[0]),
  requestKey: z.uuid().optional(),
  back,
});
