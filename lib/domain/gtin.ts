/** Trade item numbers: which barcodes are real ones, so that machines are never told a wrong one. */

/**
 * The barcode where it is a GTIN with 8, 12, 13 or 14 digits whose check digit fits and that is no number for use
 * within one company (gs1.org; Google refuses those); otherwise null.
 */
export function gtinOf(barcode: string | null | undefined): string | null {
  const digits = barcode?.replace(/[\s-]/g, "") ?? "";
  if (!/^(?:\d{8}|\d{12,14})$/.test(digits)) return null;
  const isOwn = digits.length === 8 ? /^[02]/ : /^(?:2|02|04)/;
  if (isOwn.test(digits.length === 8 ? digits : digits.padStart(14, "0").slice(1))) return null;
  const sum = [...digits.slice(0, -1)]
    .reverse()
    .reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === Number(digits.at(-1)) ? digits : null;
}
