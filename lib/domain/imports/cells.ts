/** Imports: single cells of a file as amounts, counts, weights and names. */
import { LIMITS } from "../catalog-limits";
import { fractionDigits, type MinorUnits, minor, parseMoney } from "../money";
import { shortHash } from "../short-hash";

/** The largest number that an integer column holds. */
const MAX_COUNT = 2_147_483_647;
const GRAMS = { g: 1, kg: 1_000, oz: 28.349523125, lb: 453.59237 } as const;

/**
 * A price in minor units; undefined where it is none or negative. A point is the decimal mark, as Shopify writes it:
 * "19.990" is 19.99 and never nineteen thousand.
 */
export function priceOf(text: string, currency: string): MinorUnits | undefined {
  const plain = text.replace(/^\p{Sc}\s*|\s*\p{Sc}$/gu, "");
  const pointed = /^(\d+)\.(\d+)$/.exec(plain);
  if (!pointed) return /^\d[\d.,]*$/.test(plain) ? parseMoney(plain, currency) : undefined;
  const [, whole = "", fraction = ""] = pointed;
  const digits = fractionDigits(currency);
  if (/[1-9]/.test(fraction.slice(digits))) return undefined;
  const amount = Number(whole + fraction.slice(0, digits).padEnd(digits, "0"));
  return Number.isSafeInteger(amount) ? minor(amount) : undefined;
}

/** A whole number, also written "3.0"; undefined where it is none or does not fit. */
export function countOf(text: string): number | undefined {
  const count = /^-?\d+(?:\.0+)?$/.test(text) ? Number(text) : Number.NaN;
  return Number.isInteger(count) && Math.abs(count) <= MAX_COUNT ? count : undefined;
}

/** Whole grams of a weight in a unit (g, kg, oz, lb; grams where it is left out); undefined where it is no weight. */
export function gramsOf(text: string, unit = "g"): number | undefined {
  const factor = GRAMS[unit.toLowerCase() as keyof typeof GRAMS];
  if (factor === undefined || !/^\d+(?:\.\d+)?$/.test(text)) return undefined;
  const grams = Math.round(Number(text) * factor);
  return grams <= MAX_COUNT ? grams : undefined;
}

/** A moment with its zone, as our own export writes it; undefined where it is none. */
export function momentOf(text: string): Date | undefined {
  const at = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text)
    ? new Date(text)
    : undefined;
  return at && !Number.isNaN(at.getTime()) ? at : undefined;
}

export const isYes = (text: string | undefined): boolean => /^(?:true|yes|1)$/i.test(text ?? "");
export const isNo = (text: string | undefined): boolean => /^(?:false|no|0)$/i.test(text ?? "");

/** Tags without repeats, in their order, at most a hundred of at most a hundred characters. */
export function tagsOf(text: string): string[] {
  const tags = new Map<string, string>();
  for (const tag of text.split(",").map((word) => word.trim().slice(0, LIMITS.tag))) {
    if (tag && !tags.has(tag.toLowerCase())) tags.set(tag.toLowerCase(), tag);
  }
  return [...tags.values()].slice(0, LIMITS.tags);
}

const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  ø: "o",
  œ: "oe",
  ł: "l",
  đ: "d",
  þ: "th",
};

/** A text as part of an address: "Crème brûlée" is "creme-brulee". Empty where no Latin letter or digit is in it. */
function latin(text: string): string {
  return text
    .toLowerCase()
    .replace(/[ßæøœłđþ]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/['’]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
}

/** A slug that is not too long, the same for the same text; of text without Latin letters it is a number. */
export function slugOf(text: string): string {
  const slug = latin(text);
  if (slug === "") return `item-${shortHash(text)}`;
  return slug.length <= LIMITS.slug
    ? slug
    : `${slug.slice(0, LIMITS.slug - 9).replace(/-+$/, "")}-${shortHash(text)}`;
}

/** The SKU of a variant that has none: made from its product and its options, so that it is the same every time. */
export function skuOf(slug: string, values: readonly string[]): string {
  const parts = [slug, ...values.map((value) => latin(value) || shortHash(value))];
  const sku = parts.join("-").toUpperCase();
  return sku.length <= 64 ? sku : `${sku.slice(0, 55).replace(/-+$/, "")}-${shortHash(sku).toUpperCase()}`;
}
