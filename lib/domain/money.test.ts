/** Money is exact: shares sum up, rounding is half up, and what is written is read back. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { allocate, formatMoney, fractionDigits, minor, parseMoney, ratio, toDecimal } from "./money";

const amount = fc.maxSafeInteger();
const weights = fc.array(fc.nat({ max: 1_000_000_000 }), { minLength: 1, maxLength: 30 });

describe("allocate", () => {
  test("shares sum to the total, each within one unit of its exact part and on its side of zero", () => {
    fc.assert(
      fc.property(amount, weights, (total, parts) => {
        const shares = allocate(total, parts);
        expect(shares).toHaveLength(parts.length);
        expect(shares.reduce((sum, share) => sum + BigInt(share), 0n)).toBe(BigInt(total));
        const all = parts.reduce((sum, part) => sum + BigInt(part), 0n);
        shares.forEach((share, index) => {
          const weight = all === 0n ? 1n : BigInt(parts[index] ?? 0);
          const whole = all === 0n ? BigInt(parts.length) : all;
          const off = BigInt(share) * whole - BigInt(total) * weight;
          expect(off < whole && off > -whole).toBe(true);
          expect(share * Math.sign(total)).toBeGreaterThanOrEqual(0);
          if (weight === 0n) expect(share + 0).toBe(0);
        });
      }),
    );
  });

  test("a heavier line never gets less", () => {
    fc.assert(
      fc.property(fc.nat(), weights, (total, parts) => {
        const shares = allocate(total, parts);
        parts.forEach((one, i) => {
          parts.forEach((other, j) => {
            if (one > other) expect(shares[i]).toBeGreaterThanOrEqual(shares[j] ?? 0);
          });
        });
      }),
      { numRuns: 30 },
    );
  });

  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [-100, [1, 1, 1], [-34, -33, -33]],
    [5, [0, 0], [3, 2]],
    [10, [3, 0, 1], [8, 0, 2]],
    [0, [2, 1], [0, 0]],
    [7, [], []],
  ])("%d over %j", (total, parts, shares) => {
    expect(allocate(total, parts).map((share) => share + 0)).toEqual(shares);
  });
});

describe("ratio", () => {
  test("is the integer that lies at most a half below the exact value, or less than a half above", () => {
    const small = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
    fc.assert(
      fc.property(small, fc.nat({ max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }), (a, n, d) => {
        // Half up: rounded - 1/2 <= exact < rounded + 1/2, in units of 1/(2d).
        const exact = 2n * BigInt(a) * BigInt(n);
        const rounded = 2n * BigInt(d) * BigInt(ratio(a, n, d));
        expect(rounded - BigInt(d) <= exact && exact < rounded + BigInt(d)).toBe(true);
      }),
    );
  });

  test.each([
    [1, 1, 2, 1],
    [-1, 1, 2, 0],
    [-3, 1, 2, -1],
    [5, 1, 10, 1],
    [4, 1, 10, 0],
    [1000, 190_000, 1_190_000, 160],
    [Number.MAX_SAFE_INTEGER, 1_000_000, 1_000_000, Number.MAX_SAFE_INTEGER],
  ])("%d × %d ÷ %d = %d", (a, n, d, result) => {
    expect(ratio(a, n, d) + 0).toBe(result);
  });

  test("refuses what is no safe integer", () => {
    expect(() => ratio(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(RangeError);
    expect(() => minor(0.1)).toThrow(RangeError);
  });
});

describe("text", () => {
  const currencies = ["JPY", "EUR", "KWD"] as const;

  test("a currency has the digits that Stripe counts", () => {
    expect(currencies.map(fractionDigits)).toEqual([0, 2, 3]);
  });

  test.each(currencies)("%s: what toDecimal writes, parseMoney reads", (currency) => {
    const most = 10 ** 12;
    fc.assert(
      fc.property(fc.integer({ min: -most, max: most }), (value) => {
        expect(parseMoney(toDecimal(value, currency), currency)).toBe(value);
      }),
    );
  });

  test.each(currencies)("%s: what formatMoney shows in English and German, parseMoney reads", (currency) => {
    fc.assert(
      // Below a thousand of the main unit: beyond, "1.234" may mean either where a currency has three digits.
      fc.property(fc.nat({ max: 999_999 }), fc.constantFrom("en-IE", "de-DE"), (value, locale) => {
        const shown = formatMoney(value, currency, { locale });
        expect(parseMoney(shown.replace(/[^\d.,-]/g, ""), currency)).toBe(value);
      }),
    );
  });

  test.each([
    ["59", "EUR", 5900],
    ["59.5", "EUR", 5950],
    ["€ 59,50", "EUR", 5950],
    ["1,299.00", "EUR", 129_900],
    ["1.299,00", "EUR", 129_900],
    ["1.299", "EUR", 129_900],
    ["1,299,000.50", "EUR", 129_900_050],
    ["1,299.000", "EUR", 129_900],
    ["-5", "EUR", -500],
    ["-0", "EUR", 0],
    ["1,299", "JPY", 1299],
    ["1.234", "KWD", 1234],
    ["1,234.567", "KWD", 1_234_567],
    ["1.50", "KWD", 1500],
    ["59,50 EUR", "EUR", 5950],
    ["eur59", "EUR", 5900],
    ["1'299.00 CHF", "CHF", 129_900],
    ["1 299,00 kr", "SEK", 129_900],
    ["-€5.00", "EUR", -500],
    ["€-5.00", "EUR", -500],
  ])("%s in %s is %d", (text, currency, value) => {
    expect(parseMoney(text, currency)).toBe(value);
  });

  test.each([
    ["", "EUR"],
    ["abc", "EUR"],
    ["1.2.3", "EUR"],
    ["1,23,456", "EUR"],
    ["0.001", "EUR"],
    ["1.5", "JPY"],
    ["1.2345", "KWD"],
    ["--5", "EUR"],
    ["1o0", "EUR"],
    ["12,5x", "EUR"],
    ["12a3", "EUR"],
    ["12.50 USD", "EUR"],
    ["12 pieces", "EUR"],
    ["5%", "EUR"],
    ["99999999999999999999", "EUR"],
  ])("%s is no amount of %s", (text, currency) => {
    expect(parseMoney(text, currency)).toBeUndefined();
  });

  test("compact drops the zeros of whole amounts only", () => {
    const show = (value: number) => formatMoney(value, "EUR", { compact: true });
    expect([show(5900), show(5950), formatMoney(5900, "EUR")]).toEqual(["€59", "€59.50", "€59.00"]);
    expect([formatMoney(59, "JPY"), formatMoney(1500, "KWD")]).toEqual(["¥59", "KWD\u00a01.500"]);
  });
});
