/** Regions: the states and provinces of a country, and the one way in which the shop writes each. Server only: big data. */
import { allCountries } from "country-region-data";
import { countries } from "./countries";

/** Where carriers and tax offices go by the short code; elsewhere the name stands on the parcel. */
const BY_CODE = new Set(["AU", "BR", "CA", "US"]);

/** Where the list is whole and its names are what people write in that country's own letters. */
const STRICT = BY_CODE;

/** Countries whose regions in the data are not what their addresses name: Italy writes provinces, not regions. */
const UNFIT = new Set(["IT"]);

export interface Region {
  /** As it is stored: a code such as "NY", or a name such as "Tokyo". */
  readonly value: string;
  readonly name: string;
}

/** The known regions of a country, by name; empty where none are known. */
export function regionsOf(country: string): readonly Region[] {
  if (UNFIT.has(country)) return [];
  const found = allCountries.find(([, code]) => code === country)?.[2] ?? [];
  return found.map(([name, code]) => ({ name, value: BY_CODE.has(country) ? code : name }));
}

/** The regions to choose from, for the countries whose address form asks for one and whose regions are known. */
export function regionChoices(codes: readonly string[]): Readonly<Record<string, readonly Region[]>> {
  return Object.fromEntries(
    codes.flatMap((code) => {
      const list = countries[code]?.regionLabel ? regionsOf(code) : [];
      return list.length > 0 ? [[code, list]] : [];
    }),
  );
}

/**
 * A region as the shop stores it, from its code or name in any spelling: "new york" and "ny" are "NY". What is not
 * known stays as typed, trimmed; undefined where the country's list is whole and this is not on it.
 */
export function canonicalRegion(country: string, typed: string): string | undefined {
  const text = typed.trim().replace(/\s+/g, " ");
  if (!text || UNFIT.has(country)) return text || undefined;
  const wanted = fold(text);
  const found = (allCountries.find(([, code]) => code === country)?.[2] ?? []).find(
    ([name, code]) => fold(name) === wanted || (/[A-Z]/.test(code) && fold(code) === wanted),
  );
  if (found) return BY_CODE.has(country) ? found[1] : found[0];
  return STRICT.has(country) ? undefined : text;
}

/** Letters alone: case, accents, dots, dashes and a "-to" or "prefecture" at the end make no other region. */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/(-(to|fu|ken)|\s+prefecture)$/, "")
    .replace(/[^\p{L}\p{N}]/gu, "");
}
