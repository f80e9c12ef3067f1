/** Addresses: the parts that a country needs, each checked and brought into one form, with its repair. Server only: big data. */
import { formatAddress } from "localized-address-format";
import { z } from "zod";
import { missing, NEEDED, postalSentence } from "./address-faults";
import { countries } from "./countries";
import { canonicalPhone, phoneExample } from "./phones";
import { canonicalPostalCode, isPostalCode } from "./postal-codes";
import { canonicalRegion, regionsOf } from "./regions";

export { countries };

/** The most characters of each part; far more than any name on a passport or line on a label has. */
export const ADDRESS_MAXIMA = {
  name: 120,
  company: 120,
  line1: 120,
  line2: 120,
  city: 120,
  region: 80,
  postalCode: 20,
  phone: 40,
} as const;

type Part = keyof typeof ADDRESS_MAXIMA;

// Control characters, line and paragraph separators, and marks that turn the direction of a label around.
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Cs}/u;

const typed = (part: Part) =>
  z
    .string()
    .trim()
    .max(ADDRESS_MAXIMA[part], `At most ${ADDRESS_MAXIMA[part]} characters.`)
    .refine((text) => !UNPRINTABLE.test(text), "Please leave out line breaks and invisible characters.")
    .transform((text) => text.normalize("NFC").replace(/\p{Zs}+/gu, " "));
const required = (part: Part, label: string) => typed(part).refine((text) => text !== "", missing(label));
const optional = (part: Part) =>
  typed(part)
    .optional()
    .transform((value) => value || undefined);

/** What a person types into an address form. Messages say how to repair. */
export const addressInput = z
  .object({
    name: required("name", NEEDED.name),
    company: optional("company"),
    line1: required("line1", NEEDED.line1),
    line2: optional("line2"),
    city: required("city", NEEDED.city),
    region: optional("region"),
    postalCode: optional("postalCode"),
    country: z.string().refine((code) => Object.hasOwn(countries, code), "Please choose a country."),
    phone: optional("phone"),
  })
  // Also while other fields are wrong: a person should see all that is to mend at once.
  .check(({ value, issues }) => {
    for (const [part, message] of faults(value)) {
      if (issues.every(({ path }) => path?.[0] !== part))
        issues.push({ code: "custom", path: [part], message, input: value });
    }
  })
  .transform((address) => canonical(address));

export type Address = z.output<typeof addressInput>;

interface Loose {
  readonly country?: string | undefined;
  readonly region?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly phone?: string | undefined;
}

function faults({ country = "", region = "", postalCode = "", phone = "" }: Loose): [Part, string][] {
  const rule = Object.hasOwn(countries, country) ? countries[country] : undefined;
  if (!rule) return [];
  const found: [Part, string][] = [];
  if (!isPostalCode(country, canonicalPostalCode(country, postalCode))) {
    found.push(["postalCode", postalSentence(rule)]);
  }
  const label = rule.regionLabel?.toLowerCase();
  if (label && !region.trim()) found.push(["region", missing(`the ${label}`)]);
  else if (label && !canonicalRegion(country, region)) {
    const [first] = regionsOf(country);
    const example = first ? `, like ${first.value} for ${first.name}` : "";
    found.push(["region", `We do not know that ${label} of ${rule.name}. Write its name or code${example}.`]);
  }
  if (phone.trim() && !canonicalPhone(country, phone)) {
    const like = phoneExample(country);
    found.push([
      "phone",
      `We cannot read that phone number. Write it like ${like}, or with + and the code of its country.`,
    ]);
  }
  return found;
}

function canonical<A extends Loose & { readonly country: string }>(address: A): A {
  const { country, region, postalCode, phone } = address;
  return {
    ...address,
    // A region where it is no part of the address is kept as typed: it decides nothing.
    region: region && (canonicalRegion(country, region) ?? region),
    postalCode: postalCode && canonicalPostalCode(country, postalCode),
    phone: phone && canonicalPhone(country, phone),
  };
}

/** The lines of an address as they stand on a parcel of that country, the country's name last. */
export function addressLines(address: {
  name: string;
  company?: string | null;
  line1: string;
  line2?: string | null;
  city: string;
  region?: string | null;
  postalCode?: string | null;
  country: string;
}): string[] {
  const { name, company, line1, line2, city, region, postalCode, country } = address;
  const rule = countries[country];
  // A label in the country's own order where it is written in its own letters.
  const script = /[\p{sc=Han}\p{sc=Hangul}\p{sc=Thai}]/u.test(`${line1}${city}`) ? "local" : "latin";
  const has = (part: "locality" | "postalCode") =>
    formatAddress({ postalCountry: country, [part]: "?" }, script)
      .join()
      .includes("?");
  const found = formatAddress(
    {
      postalCountry: country,
      name,
      // Some forms have no place for the town: there it is a line of the address.
      addressLines: [line1, line2, has("locality") ? "" : city].flatMap((line) => line || []),
      locality: city,
      ...(company && { organization: company }),
      ...(postalCode && { postalCode }),
      ...(rule?.regionLabel && region && { administrativeArea: region }),
    },
    script,
  );
  // A form that joins two parts by a comma leaves it to the next line where the first part has several.
  const lines = found.join("\n").replaceAll("\n, ", ", ").split("\n");
  return [...lines, ...(postalCode && !has("postalCode") ? [postalCode] : []), rule?.name ?? country];
}
