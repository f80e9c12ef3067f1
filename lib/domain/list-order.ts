/** The order of a list in one short word, so that a form that moves something says which order it was drawn from. */
import { z } from "zod";

/** As a form sends it back. */
export const orderInput = z.string().max(16);

/** What stands where. Two orders that differ have, but for a rare accident, two words. */
export function orderWord(items: readonly { readonly id: string }[]): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const char of items.map(({ id }) => id).join()) {
    a = Math.imul(a ^ char.charCodeAt(0), 0x01000193);
    b = Math.imul(b + char.charCodeAt(0), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}

/**
 * Where one of a tree stands: below what, and after what. What others put elsewhere in the tree, or behind it, is no
 * change of that.
 */
export const placeWord = (row: { id: string; parentId: string | null; above: string | null }): string =>
  orderWord([{ id: row.parentId ?? "top" }, { id: row.above ?? "first" }, row]);
