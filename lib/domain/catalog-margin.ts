/** Catalogue: what is left of a price once the tax in it and the cost of the piece are paid. */

/**
 * Parts of a hundred of the price without tax, rounded; null where the price is nothing. `taxPpm` is the rate that the
 * price contains, in parts per million: 0 where prices stand without tax.
 */
export function marginOf(price: number, cost: number, taxPpm: number): number | null {
  const net = (price * 1_000_000) / (1_000_000 + taxPpm);
  return net > 0 ? Math.round(((net - cost) * 100) / net) : null;
}
