/** The countries by name, for fields in which one is chosen. */
import { countries } from "./countries";

export const countryList: readonly { code: string; name: string }[] = Object.entries(countries)
  .map(([code, { name }]) => ({ code, name }))
  .sort((a, b) => a.name.localeCompare(b.name, "en"));
