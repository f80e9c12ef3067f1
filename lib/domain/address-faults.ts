/** Addresses: what is wrong with one field, in the words of the server, light enough for the browser to say it early. */
import { type CountryRule, countries } from "./countries";

/** What must not be empty, as it stands in "Please enter …". */
export const NEEDED = { name: "your full name", line1: "street and number", city: "the city" } as const;

export const missing = (label: string): string => `Please enter ${label}.`;

export const EMAIL_FAULT = "Please enter an e-mail address like ada@example.com.";

/** What is plainly no address; the server is stricter. */
export const emailFault = (typed: string): string | undefined =>
  /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/.test(typed.trim()) ? undefined : EMAIL_FAULT;

/** For a part that must be there. */
export const emptyFault = (label: string) => (typed: string) => (typed.trim() ? undefined : missing(label));

export function postalSentence({ name, postalLabel, postalExample }: CountryRule): string {
  // Acronyms and proper names keep their capitals.
  const label = /^([A-Z]{2}|Eircode)/.test(postalLabel) ? postalLabel : postalLabel.toLowerCase();
  const article = /^[AEIO]/i.test(label) ? "An" : "A";
  const place = /^(United|Netherlands|Philippines|Czech Republic|Dominican|Isle)/.test(name)
    ? `the ${name}`
    : name;
  return `${article} ${label} in ${place} looks like ${postalExample ?? "letters and digits"}.`;
}

/** Longer and shorter codes that some countries know beside their usual one. */
const MORE_DIGITS: Readonly<Record<string, readonly number[]>> = { IL: [5, 6], RS: [6], TW: [5, 6], US: [9] };

/** Counts digits where the country's code has nothing else; never refuses what the server takes. */
export function postalFault(country: string, typed: string): string | undefined {
  const rule = countries[country];
  if (!rule?.postalExample) return undefined;
  const plain = typed
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s.\p{Pd}\u2212]/gu, "");
  if (!plain) return postalSentence(rule);
  if (!/^[\d\s-]+$/.test(rule.postalExample)) return undefined;
  const digits = plain.replace(/^[A-Z]{1,2}(?=\d)/, "");
  const lengths = [rule.postalExample.replace(/\D/g, "").length, ...(MORE_DIGITS[country] ?? [])];
  return /^\d+$/.test(digits) && lengths.includes(digits.length) ? undefined : postalSentence(rule);
}

/** Where a country's form asks for a region: none was told. */
export const regionFault = (label: string) => emptyFault(`the ${label.toLowerCase()}`);
