/** Addresses: the parts that a country needs, the form of its postal code, and the checks with their repairs. */
import { z } from "zod";
import { countries } from "./countries";

export { countries };

const required = (label: string) =>
  z.string().trim().min(1, `Please enter ${label}.`).max(120, "At most 120 characters.");
const optional = z
  .string()
  .trim()
  .max(120, "At most 120 characters.")
  .optional()
  .transform((value) => value || undefined);

/** What a person types into an address form. Messages say how to repair. */
export const addressInput = z
  .object({
    name: required("your full name"),
    company: optional,
    line1: required("street and number"),
    line2: optional,
    city: required("the city"),
    region: optional,
    postalCode: optional,
    country: z.string().refine((code) => code in countries, "Please choose a country."),
    phone: optional.refine(
      (value) => !value || /^\+?[\d\s()/.-]{6,20}$/.test(value),
      "A phone number has digits, like +49 30 123456.",
    ),
  })
  // Also while other fields are wrong: a person should see all that is to mend at once.
  .refine((address) => !postalFault(address), {
    path: ["postalCode"],
    error: ({ input }) => postalFault(input as Partial<Record<"country" | "postalCode", string>>),
    when: () => true,
  })
  .refine(({ country, region }) => Boolean(region?.trim()) || !countries[country]?.regionLabel, {
    path: ["region"],
    error: ({ input }) => {
      const { country = "" } = input as { country?: string };
      return `Please enter the ${countries[country]?.regionLabel?.toLowerCase()}.`;
    },
    when: () => true,
  })
  .transform((address) => ({ ...address, postalCode: address.postalCode?.toUpperCase() }));

function postalFault({
  country = "",
  postalCode = "",
}: {
  country?: string;
  postalCode?: string;
}): string | undefined {
  const rule = countries[country];
  if (!rule?.postal || rule.postal.test(postalCode.trim().toUpperCase())) return undefined;
  return `A ${rule.postalLabel.toLowerCase()} in ${rule.name} looks like ${rule.postalExample}.`;
}

export type Address = z.output<typeof addressInput>;

/** The lines of an address as they stand on a parcel. */
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
  const place = ["GB", "US", "CA", "IE"].includes(address.country)
    ? [address.city, [address.region, address.postalCode].filter(Boolean).join(" ")]
        .filter(Boolean)
        .join(", ")
    : [address.postalCode, address.city, address.region].filter(Boolean).join(" ");
  return [
    address.name,
    address.company,
    address.line1,
    address.line2,
    place,
    countries[address.country]?.name ?? address.country,
  ].filter((line): line is string => Boolean(line));
}
