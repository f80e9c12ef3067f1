/** Countries: how each writes its addresses. Stands apart from the checks, so that the browser can follow the country without them. */

/** How a country writes its addresses. */
export interface CountryRule {
  readonly name: string;
  /** Form of the postal code; absent where the country has none. */
  readonly postal?: RegExp;
  readonly postalExample?: string;
  readonly postalLabel: string;
  readonly cityLabel: string;
  /** Label of the region where it is part of an address. */
  readonly regionLabel?: string;
}

const plain = { postalLabel: "Postal code", cityLabel: "City" } as const;

/** Where the shop can be asked to deliver. Postal forms after the Universal Postal Union's addressing sheets. */
export const countries: Readonly<Record<string, CountryRule>> = {
  AT: { ...plain, name: "Austria", postal: /^\d{4}$/, postalExample: "1010" },
  BE: { ...plain, name: "Belgium", postal: /^\d{4}$/, postalExample: "1000" },
  CA: {
    name: "Canada",
    postal: /^[A-Z]\d[A-Z] ?\d[A-Z]\d$/,
    postalExample: "K1A 0B1",
    postalLabel: "Postal code",
    cityLabel: "City",
    regionLabel: "Province",
  },
  CH: { ...plain, name: "Switzerland", postal: /^\d{4}$/, postalExample: "8001" },
  DE: { ...plain, name: "Germany", postal: /^\d{5}$/, postalExample: "10119" },
  DK: { ...plain, name: "Denmark", postal: /^\d{4}$/, postalExample: "1050" },
  ES: { ...plain, name: "Spain", postal: /^\d{5}$/, postalExample: "28013" },
  FI: { ...plain, name: "Finland", postal: /^\d{5}$/, postalExample: "00100" },
  FR: { ...plain, name: "France", postal: /^\d{5}$/, postalExample: "75002" },
  GB: {
    name: "United Kingdom",
    postal: /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/,
    postalExample: "SW1A 1AA",
    postalLabel: "Postcode",
    cityLabel: "Town or city",
  },
  IE: {
    name: "Ireland",
    postal: /^[A-Z]\d[\dW] ?[A-Z\d]{4}$/,
    postalExample: "D02 AF30",
    postalLabel: "Eircode",
    cityLabel: "Town or city",
  },
  IT: { ...plain, name: "Italy", postal: /^\d{5}$/, postalExample: "00187", regionLabel: "Province" },
  JP: {
    ...plain,
    name: "Japan",
    postal: /^\d{3}-?\d{4}$/,
    postalExample: "100-0001",
    regionLabel: "Prefecture",
  },
  LU: { ...plain, name: "Luxembourg", postal: /^\d{4}$/, postalExample: "1111" },
  NL: { ...plain, name: "Netherlands", postal: /^\d{4} ?[A-Z]{2}$/, postalExample: "1012 JS" },
  NO: { ...plain, name: "Norway", postal: /^\d{4}$/, postalExample: "0150" },
  PL: { ...plain, name: "Poland", postal: /^\d{2}-\d{3}$/, postalExample: "00-001" },
  PT: { ...plain, name: "Portugal", postal: /^\d{4}-\d{3}$/, postalExample: "1100-148" },
  SE: { ...plain, name: "Sweden", postal: /^\d{3} ?\d{2}$/, postalExample: "111 22" },
  US: {
    name: "United States",
    postal: /^\d{5}(-\d{4})?$/,
    postalExample: "10001",
    postalLabel: "ZIP code",
    cityLabel: "City",
    regionLabel: "State",
  },
};
