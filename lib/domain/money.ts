/** Money as integer minor units: parsing, formatting and sharing without losing a cent. */
import { numberFormat } from "./formats";

/** An integer amount in the currency's minor unit: cents for EUR, yen for JPY, fils for KWD. */
export type MinorUnits = number & { readonly __unit: "minor" };

const NO_FRACTION = new Set([
  "BIF",
  "CLP",
  "DJF",
  "GNF",
  "JPY",
  "KMF",
  "KRW",
  "MGA",
  "PYG",
  "RWF",
  "UGX",
  "VND",
  "VUV",
  "XAF",
  "XOF",
  "XPF",
]);
const THREE_DIGITS = new Set(["BHD", "JOD", "KWD", "OMR", "TND"]);

/** Marks a safe integer as an amount in minor units. @throws RangeError when it is not a safe integer. */
export function minor(amount: number): MinorUnits {
  if (!Number.isSafeInteger(amount))
    throw new RangeError(`${amount} is not an integer amount in minor units`);
  return amount as MinorUnits;
}

export const ZERO = minor(0);

/** Digits after the decimal mark, as Stripe counts them (https://docs.stripe.com/currencies#zero-decimal). */
export function fractionDigits(currency: string): 0 | 2 | 3 {
  if (NO_FRACTION.has(currency)) return 0;
  return THREE_DIGITS.has(currency) ? 3 : 2;
}

/** "€59.00" for display; whole amounts may drop their zeros ("€59") where `compact` is set. */
export function formatMoney(
  amount: number,
  currency: string,
  { locale = "en-IE", compact = false }: { locale?: string; compact?: boolean } = {},
): string {
  const digits = fractionDigits(currency);
  const whole = compact && amount % 10 ** digits === 0;
  return numberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: whole ? 0 : digits,
    maximumFractionDigits: whole ? 0 : digits,
  }).format(amount / 10 ** digits);
}

/** "59.00": a plain decimal string for fields, CSV and machine-readable prices. */
export function toDecimal(amount: number, currency: string): string {
  const digits = fractionDigits(currency);
  const sign = amount < 0 ? "-" : "";
  const padded = String(Math.abs(amount)).padStart(digits + 1, "0");
  return digits === 0 ? sign + padded : `${sign}${padded.slice(0, -digits)}.${padded.slice(-digits)}`;
}

const LONE_MARK = /^(-?)(\d+)[.,](\d+)$/;
const GROUPED = /^(-?)([1-9]\d{0,2}(?:,\d{3})+|[1-9]\d{0,2}(?:\.\d{3})+|\d+)(?:[.,](\d+))?$/;

/** A number, and before or after it what may be its currency: "€ 59", "59,50 EUR", "-5". */
const AMOUNT = /^(-?)([^\d.,-]*)(-?\d[\d.,]*)([^\d.,-]*)$/;

/** Whether it has the form of an amount, whatever the currency is. */
export const isAmountLike = (text: string): boolean => AMOUNT.test(withoutGaps(text));

/** Reads "59", "59.5", "1,299.00" or "1.299,00"; undefined where it is no amount of that currency. */
export function parseMoney(text: string, currency: string): MinorUnits | undefined {
  const digits = fractionDigits(currency);
  const [, minus = "", before = "", number = "", after = ""] = AMOUNT.exec(withoutGaps(text)) ?? [];
  // A slip ("1o0", "12x") is told, never read as another amount.
  if (!isUnitOf(before, currency) || !isUnitOf(after, currency)) return undefined;
  const plain = minus + number;
  // Where a currency has three digits, a lone mark before three digits is the decimal mark: "1.234" KWD.
  const lone = digits === 3 && plain.split(/[.,]/).length === 2;
  const match = (lone ? LONE_MARK : GROUPED).exec(plain);
  if (!match) return undefined;
  const [, sign = "", whole = "", fraction = ""] = match;
  if (fraction.length > digits && /[1-9]/.test(fraction.slice(digits))) return undefined;
  const amount = Number(whole.replace(/[.,]/g, "") + fraction.slice(0, digits).padEnd(digits, "0"));
  return Number.isSafeInteger(amount) ? minor(sign && amount > 0 ? -amount : amount) : undefined;
}

const withoutGaps = (text: string): string => text.replace(/[\s'’]/g, "");

/** Any currency's sign, or this one's code or short name: "€", "EUR", "kr". */
function isUnitOf(unit: string, currency: string): boolean {
  if (unit === "" || /^\p{Sc}$/u.test(unit) || unit.toUpperCase() === currency) return true;
  const parts = numberFormat("en-IE", {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
  }).formatToParts(1);
  return parts.some(({ type, value }) => type === "currency" && value === unit);
}

/** amount × numerator ÷ denominator, rounded half up, exact for all safe integers. */
export function ratio(amount: number, numerator: number, denominator: number): MinorUnits {
  const product = BigInt(amount) * BigInt(numerator);
  const divisor = BigInt(denominator);
  const doubled = 2n * product + divisor;
  const floor = doubled / (2n * divisor);
  const rounded = doubled < 0n && doubled % (2n * divisor) !== 0n ? floor - 1n : floor;
  return minor(Number(rounded));
}

/**
 * Shares `total` over `weights` by largest remainder, so that the shares sum to `total` exactly.
 * Ties go to the earlier line. All weights zero: equal weights.
 */
export function allocate(total: number, weights: readonly number[]): MinorUnits[] {
  if (weights.length === 0) return [];
  const sum = weights.reduce((a, b) => a + BigInt(b), 0n);
  const use = sum === 0n ? weights.map(() => 1n) : weights.map(BigInt);
  const whole = sum === 0n ? BigInt(weights.length) : sum;
  const sign = total < 0 ? -1n : 1n;
  const amount = BigInt(Math.abs(total));
  const shares = use.map((weight) => (amount * weight) / whole);
  let left = amount - shares.reduce((a, b) => a + b, 0n);
  const byRemainder = use
    .map((weight, index) => ({ index, remainder: (amount * weight) % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    shares[index] = (shares[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return shares.map((share) => minor(Number(sign * share)));
}
