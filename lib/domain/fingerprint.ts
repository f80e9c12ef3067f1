/** The fingerprint of a quote: says whether what is ordered is what was shown, where a total alone could not. */
import type { Quote } from "./quote";

/**
 * Sixteen hexadecimal digits over goods × quantity × price, discounts, delivery, currency and total. The order of the
 * lines plays no part. Not a secret and no seal: the shopper's own page hands it back, and prices are never read from it.
 */
export function fingerprintOf({ lines, discounts, chosenRate, currency, totals }: Quote): string {
  const bought = new Set(totals.lines.map(({ id }) => id));
  const goods = lines
    .filter(({ itemId }) => bought.has(itemId))
    .map(({ variantId, buyable, price }) => `${variantId}*${buyable}*${price}`)
    .sort();
  const off = discounts.map(({ id, amount }) => `${id}-${amount}`).sort();
  const sums = [chosenRate?.id ?? "", totals.shipping, totals.tax, totals.total, currency];
  return hash([goods, off, sums].map((part) => part.join(",")).join(";"));
}

/** FNV-1a with 64 bits. */
function hash(text: string): string {
  let state = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text))
    state = BigInt.asUintN(64, (state ^ BigInt(byte)) * 0x100000001b3n);
  return state.toString(16).padStart(16, "0");
}
