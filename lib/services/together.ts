/** Several pieces into the cart at once, as a product page offers what is bought together. */
import { withTx } from "@/db/tx";
import type { Shopper } from "@/lib/domain/actors";
import * as cart from "./cart";

export interface AddedTogether {
  readonly names: readonly string[];
  /** Pieces in the whole cart then. */
  readonly count: number;
}

/**
 * Puts one piece of each variant into the cart: all of them or none.
 * @throws ShopError as `cart.add` does, about the first that cannot be added
 */
export function addTogether(shopper: Shopper, variantIds: readonly string[]): Promise<AddedTogether> {
  return withTx(async (tx) => {
    const names: string[] = [];
    let count = 0;
    for (const variantId of new Set(variantIds)) {
      const line = await cart.add(shopper, { variantId, quantity: 1 }, tx);
      names.push(line.name);
      count = line.count;
    }
    return { names, count };
  });
}
