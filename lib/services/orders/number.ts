/** Order numbers: short, readable aloud, and not guessable in sequence. */
import { randomInt } from "node:crypto";

/** Without 0, O, 1, I, L and U: nothing that is misread, and no rude words. */
const ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH = 7;

/** "MR-7K2Q9DF": 30^7 (2 × 10^10) numbers; a clash is refused by the unique key and tried again. */
export function newOrderNumber(prefix: string): string {
  const letters = Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]);
  return `${prefix}-${letters.join("")}`;
}
