/** Countries: how each writes its addresses. Stands apart from the checks, so that the browser can follow the country without them. */
import { countryNames } from "./country-names";

/** How a country writes its addresses. */
export interface CountryRule {
  readonly name: string;
  /** A postal code as it is stored; absent where the country has none or it is not asked for. */
  readonly postalExample?: string;
  readonly postalLabel: string;
  readonly cityLabel: string;
  /** Label of the region where it is part of an address. */
  readonly regionLabel?: string;
  /** The city stands before the postal code. */
  readonly cityFirst?: boolean;
}

type Part = Partial<Omit<CountryRule, "name">>;

const BASIC = { postalLabel: "Postal code", cityLabel: "City" } as const;
const TOWN = { cityLabel: "Town or city", cityFirst: true } as const;

/** Postal codes of countries that add nothing else. */
const CODES =
  "AD AD500|AT 1010|BE 1000|BG 1000|CH 8001|CY 1010|CZ 110 00|DE 10119|DK 1050|EE 10111|ES 28013|FI 00100|" +
  "FR 75002|GR 104 31|HR 10000|HU 1051|IL 9103401|IS 101|KR 03051|LI 9490|LT 01100|LU 1111|LV 1010|MC 98000|" +
  "MT VLT 1010|MY 50050|NL 1012 JS|NO 0150|PL 00-001|PT 1100-148|RO 010011|RS 11000|SE 111 22|SG 018956|SI 1000|" +
  "SK 811 01|SM 47890|TH 10100|TR 34110|TW 100|UA 01001|VA 00120|ZA 8001";

const SPECIAL: Readonly<Record<string, Part>> = {
  AE: { regionLabel: "Emirate" },
  AU: {
    ...TOWN,
    postalExample: "2000",
    postalLabel: "Postcode",
    cityLabel: "Suburb",
    regionLabel: "State or territory",
  },
  BR: { postalExample: "01310-100", postalLabel: "CEP", regionLabel: "State" },
  CA: { postalExample: "K1A 0B1", regionLabel: "Province", cityFirst: true },
  CN: { postalExample: "100000", regionLabel: "Province" },
  GB: { ...TOWN, postalExample: "SW1A 1AA", postalLabel: "Postcode" },
  IE: { ...TOWN, postalExample: "D02 AF30", postalLabel: "Eircode" },
  IN: { postalExample: "110001", postalLabel: "PIN code", regionLabel: "State", cityFirst: true },
  IT: { postalExample: "00187", regionLabel: "Province" },
  JP: { postalExample: "100-0001", regionLabel: "Prefecture" },
  MX: { postalExample: "06000", regionLabel: "State" },
  NZ: { ...TOWN, postalExample: "6011", postalLabel: "Postcode" },
  US: { postalExample: "10001", postalLabel: "ZIP code", regionLabel: "State", cityFirst: true },
};

const parts: Readonly<Record<string, Part>> = {
  ...Object.fromEntries(
    CODES.split("|").map((entry) => [entry.slice(0, 2), { postalExample: entry.slice(3) }]),
  ),
  ...SPECIAL,
};

/** The countries of the world by ISO 3166-1 alpha-2 code; one without a rule of its own asks for no postal code. */
export const countries: Readonly<Record<string, CountryRule>> = Object.fromEntries(
  Object.entries(countryNames).map(([code, name]) => [code, { ...BASIC, ...parts[code], name }]),
);
