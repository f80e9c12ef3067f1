/** The order of a list in one short word, so that a form that moves something says which order it was drawn from. */
import { z } from "zod";
import { shortHash } from "./short-hash";

/** As a form sends it back. */
export const orderInput = z.string().max(16);

/** What stands where. Two orders that differ have, but for a rare accident, two words. */
export const orderWord = (items: readonly { readonly id: string }[]): string =>
  shortHash(items.map(({ id }) => id).join());

/**
 * Where one of a tree stands: below what, and after what. What others put elsewhere in the tree, or behind it, is no
 * change of that.
 */
export const placeWord = (row: { id: string; parentId: string | null; above: string | null }): string =>
  orderWord([{ id: row.parentId ?? "top" }, { id: row.above ?? "first" }, row]);
