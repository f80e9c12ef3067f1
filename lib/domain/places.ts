/** Places as people write them in a field: "Germany", "DE", "United States: Alaska", one a line. Server only. */
import { countries } from "./countries";
import { canonicalRegion, regionsOf } from "./regions";

export interface TypedPlace {
  readonly country: string;
  readonly region: string | null;
}

const fold = (text: string) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}]/gu, "");

const byName = new Map(Object.entries(countries).map(([code, { name }]) => [fold(name), code]));

/** The code of a country from its code or its English name; undefined for neither. */
export function countryCode(typed: string): string | undefined {
  const code = typed.trim().toUpperCase();
  return Object.hasOwn(countries, code) ? code : byName.get(fold(typed));
}

/** Reads a list of places; lines that name none come back as they were typed. A place that is named twice is one. */
export function readPlaces(text: string): { places: TypedPlace[]; unknown: string[] } {
  const places = new Map<string, TypedPlace>();
  const unknown: string[] = [];
  for (const line of text.split(/[\n;]/).map((each) => each.trim())) {
    if (!line) continue;
    const [head = "", ...rest] = line.split(/[:/]/);
    const country = countryCode(head);
    const named = rest.join(" ").trim();
    const region = country && named ? canonicalRegion(country, named) : null;
    if (!country || region === undefined) unknown.push(line);
    else places.set(`${country}/${region}`, { country, region });
  }
  return { places: [...places.values()], unknown };
}

/** "Germany", "United States: Alaska". */
export function placeName({ country, region }: TypedPlace): string {
  const name = countries[country]?.name ?? country;
  if (!region) return name;
  return `${name}: ${regionsOf(country).find(({ value }) => value === region)?.name ?? region}`;
}
