/** Catalogue: what the forms of the category tree take in. */
import { z } from "zod";
import { orderInput } from "./list-order";
import { versionInput } from "./version";

const line = (max: number) => z.string().trim().max(max, `At most ${max} characters.`);
const slug = line(80).regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "Small letters, digits and single dashes only.");

export const newCategoryInput = z.object({
  name: line(80).min(1, "Please enter a name."),
  /** Empty: at the top. */
  parentId: z
    .literal("")
    .transform(() => null)
    .or(z.uuid()),
});

export const categoryInput = z.object({
  categoryId: z.uuid(),
  version: versionInput,
  name: line(80).min(1, "Please enter a name."),
  slug,
  description: line(2_000).transform((typed) => typed.replace(/\r\n?/g, "\n")),
  /** Shown in menus, with a page of its own. */
  isActive: z
    .string()
    .optional()
    .transform((tick) => tick !== undefined),
});

/** "in": below the one before it; "out": behind the one that it stands below. */
export const moveCategoryInput = z.object({
  categoryId: z.uuid(),
  way: z.enum(["up", "down", "in", "out"]),
  place: orderInput,
});

export const placeCategoryInput = z.object({
  categoryId: z.uuid(),
  /** Where it was dropped. */
  targetId: z.uuid(),
  place: orderInput,
  targetPlace: orderInput,
});

export const removeCategoryInput = z.object({ categoryId: z.uuid(), version: versionInput });

/** All goods of a category into another; with the tick the category then goes. */
export const emptyCategoryInput = z.object({
  categoryId: z.uuid(),
  version: versionInput,
  targetId: z.uuid("Please choose a category."),
  remove: z
    .string()
    .optional()
    .transform((tick) => tick !== undefined),
});
