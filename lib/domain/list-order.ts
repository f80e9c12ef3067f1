/** The order of a list in one short word, so that a form that moves something says which order it was drawn from. */
import { z } from "zod";

/** As a form sends it back. */
export const orderInput = z.string().max(16);

/** What stands where, `depth` for trees. Two orders that differ have, but for a rare accident, two words. */
export function orderWord(items: readonly { readonly id: string; readonly depth?: number }[]): string {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const char of items.map(({ id, depth = 0 }) => `${depth}:${id}`).join()) {
    a = Math.imul(a ^ char.charCodeAt(0), 0x01000193);
    b = Math.imul(b + char.charCodeAt(0), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}${(b >>> 0).toString(36)}`;
}
