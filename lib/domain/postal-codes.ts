/** Postal codes: brought into the form of their country, and checked against it. Server only: big data. */
import { postcodeValidator, postcodeValidatorExistsForCountry } from "postcode-validator";
import { countries } from "./countries";

/** Where the code is broken, counted from its start or (negative) its end, and by what. */
const BREAKS: Readonly<Record<string, readonly [at: number, mark: " " | "-"]>> = {
  BR: [5, "-"],
  CA: [3, " "],
  CZ: [3, " "],
  GB: [-3, " "],
  GR: [3, " "],
  IE: [3, " "],
  JP: [3, "-"],
  MT: [3, " "],
  NL: [4, " "],
  PL: [2, "-"],
  PT: [4, "-"],
  SE: [3, " "],
  SK: [3, " "],
};

/** Forms that the data takes although a carrier would ask back, or does not know. */
const INSTEAD: Readonly<Record<string, RegExp>> = {
  PT: /^\d{4}-\d{3}$/,
  GB: /^BFPO \d{1,4}$/,
};
const NARROWER = new Set(["PT"]);

/** "sw1a1aa" as "SW1A 1AA", "D-10119" as "10119": capitals, plain digits, the country's own break. */
export function canonicalPostalCode(country: string, typed: string): string {
  const text = typed.normalize("NFKC").trim().toUpperCase().replace(/\s+/g, " ");
  const example = countries[country]?.postalExample;
  if (!example) return text;
  let plain = text.replace(/[\s.\p{Pd}\u2212]/gu, "");
  // The country's letters before a code of digits, as the post once asked for: D-10119, CH-8001.
  if (/^[\d\s-]+$/.test(example)) plain = plain.replace(/^[A-Z]{1,2}(?=\d)/, "");
  if (country === "US" && plain.length === 9) return `${plain.slice(0, 5)}-${plain.slice(5)}`;
  if (country === "GB" && plain.startsWith("BFPO")) return `BFPO ${plain.slice(4)}`;
  const [at, mark] = BREAKS[country] ?? [plain.length, ""];
  const cut = at < 0 ? Math.max(0, plain.length + at) : at;
  return plain.length > cut && cut > 0 ? `${plain.slice(0, cut)}${mark}${plain.slice(cut)}` : plain;
}

/** Whether a code in its canonical form is one of that country's; any will do where the country's form is not known. */
export function isPostalCode(country: string, code: string): boolean {
  const rule = countries[country];
  if (!rule?.postalExample) return /^[A-Z\d][A-Z\d -]{0,14}$/.test(code) || code === "";
  const own = INSTEAD[country];
  if (own && (NARROWER.has(country) || own.test(code))) return own.test(code);
  if (!postcodeValidatorExistsForCountry(country)) return code !== "";
  return postcodeValidator(code, country);
}
