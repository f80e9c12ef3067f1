/** Facets: what a list can be narrowed down by, from counts to options with a state and an address. */
import { type ListPlace, listPath, ratingSteps, readToken, type SearchInput, tokenOf } from "./search";

/** Counts as the database answers them. */
export interface RawFacets {
  /** Path and count of each category that holds hits itself. */
  readonly categories: readonly (readonly [string, number])[];
  /** Names of all categories by path. */
  readonly names: Readonly<Record<string, string>>;
  /** Slug, name and count. */
  readonly owners: readonly (readonly [string, string, number])[];
  /** The lowest and the highest, in minor units. */
  readonly price: readonly [number | null, number | null];
  readonly stock: number;
  readonly sale: number;
  /** By `ratingSteps`. */
  readonly ratings: readonly number[];
  /** Name, value, swatch and count. */
  readonly values: readonly (readonly [string, string, string | null, number])[];
}

/** One box of a facet; `count` 0 only where it is chosen and leads to nothing. */
export interface FacetOption {
  /** The field of the form and its value. */
  readonly field: "filter" | "owner" | "rating" | "stock" | "sale";
  readonly value: string;
  readonly label: string;
  readonly swatch: string | null;
  readonly count: number;
  readonly chosen: boolean;
}

export interface Facet {
  readonly name: string;
  readonly options: readonly FacetOption[];
  /** One of them at most: radio buttons. */
  readonly single: boolean;
}

export interface Facets {
  readonly boxes: readonly Facet[];
  /** Written out in the currency; null where nothing has a price. */
  readonly price: { readonly low: string; readonly high: string } | null;
}

const MOST_VALUES = 24;
const MOST_OPTIONS = 8;

/** The facets of a list. What leads to nothing is left out, unless it is chosen. */
export function facetsOf(raw: RawFacets, input: SearchInput, money: (amount: number) => string): Facets {
  const [low, high] = raw.price;
  const boxes: Facet[] = [
    ...optionFacets(raw, input),
    {
      name: "Availability",
      single: false,
      options: [
        flagOption("stock", "In stock", raw.stock, input.stock),
        flagOption("sale", "Reduced", raw.sale, input.sale),
      ],
    },
    {
      name: "Rating",
      single: true,
      options: ratingSteps.map((stars, at) => ({
        field: "rating" as const,
        value: String(stars),
        label: `${stars} stars and more`,
        swatch: null,
        count: raw.ratings[at] ?? 0,
        chosen: input.rating === stars,
      })),
    },
    { name: "Made by", single: false, options: ownerOptions(raw, input) },
  ];
  return {
    boxes: boxes
      .map((facet) => ({
        ...facet,
        options: facet.options.filter(({ count, chosen }) => count > 0 || chosen),
      }))
      .filter(
        ({ options }) =>
          options.length > 1 || options.some(({ chosen, field }) => chosen || field === "stock"),
      ),
    price: low === null || high === null ? null : { low: money(low), high: money(high) },
  };
}

const flagOption = (field: "stock" | "sale", label: string, count: number, chosen: boolean): FacetOption => ({
  field,
  value: "1",
  label,
  swatch: null,
  count,
  chosen,
});

function ownerOptions(raw: RawFacets, input: SearchInput): FacetOption[] {
  const found = raw.owners.map(([value, label, count]) => ({
    field: "owner" as const,
    value,
    label,
    swatch: null,
    count,
    chosen: input.owner.includes(value),
  }));
  const gone = input.owner.filter((slug) => !raw.owners.some(([value]) => value === slug));
  return [
    ...found,
    ...gone.map((slug) => ({
      field: "owner" as const,
      value: slug,
      label: slug,
      swatch: null,
      count: 0,
      chosen: true,
    })),
  ];
}

/** One facet for each option; the commonest first, values by count, chosen ones always among them. */
function optionFacets(raw: RawFacets, input: SearchInput): Facet[] {
  const byName = new Map<string, FacetOption[]>();
  const labels = new Map<string, string>();
  for (const [name, value, swatch, count] of raw.values) {
    const key = name.toLowerCase();
    const token = tokenOf(name, value);
    labels.set(key, labels.get(key) ?? name);
    const option = {
      field: "filter" as const,
      value: token,
      label: value,
      swatch,
      count,
      chosen: input.filter.includes(token),
    };
    byName.set(key, [...(byName.get(key) ?? []), option]);
  }
  for (const token of input.filter) {
    const [name, value] = readToken(token);
    const options = byName.get(name) ?? [];
    if (options.some((option) => option.value === token)) continue;
    labels.set(name, labels.get(name) ?? capital(name));
    byName.set(name, [
      ...options,
      { field: "filter", value: token, label: capital(value), swatch: null, count: 0, chosen: true },
    ]);
  }
  const total = (options: readonly FacetOption[]) => options.reduce((sum, { count }) => sum + count, 0);
  return [...byName]
    .sort(([, a], [, b]) => Number(hasChosen(b)) - Number(hasChosen(a)) || total(b) - total(a))
    .slice(0, MOST_OPTIONS)
    .map(([key, options]) => ({
      key,
      options: options.filter((option, at) => at < MOST_VALUES || option.chosen),
    }))
    .sort((a, b) => total(b.options) - total(a.options) || (a.key < b.key ? -1 : 1))
    .map(({ key, options }) => ({
      name: labels.get(key) ?? key,
      single: false,
      options: options.toSorted((a, b) => a.label.localeCompare(b.label, "en", { numeric: true })),
    }));
}

const hasChosen = (options: readonly FacetOption[]) => options.some(({ chosen }) => chosen);
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Something chosen, and the address of the list without it. */
export interface ChosenFilter {
  readonly key: string;
  readonly label: string;
  readonly without: string;
}

/** What is chosen, for the removable chips above a list. */
export function chosenFilters(
  { boxes }: Facets,
  input: SearchInput,
  place: ListPlace,
  money: { min: string | null; max: string | null },
): ChosenFilter[] {
  const options = boxes.flatMap(({ options }) => options).filter(({ chosen }) => chosen);
  const chips = options.map((option) => ({
    key: `${option.field}:${option.value}`,
    label: option.label,
    without: listPath(place, without(input, option)),
  }));
  const price = priceLabel(money.min, money.max);
  if (price)
    chips.push({
      key: "price",
      label: price,
      without: listPath(place, { ...input, min: "", max: "", page: 1 }),
    });
  return chips;
}

function without(input: SearchInput, { field, value }: FacetOption): SearchInput {
  const first = { ...input, page: 1 };
  if (field === "filter") return { ...first, filter: input.filter.filter((token) => token !== value) };
  if (field === "owner") return { ...first, owner: input.owner.filter((slug) => slug !== value) };
  if (field === "rating") return { ...first, rating: undefined };
  return field === "stock" ? { ...first, stock: false } : { ...first, sale: false };
}

function priceLabel(min: string | null, max: string | null): string | null {
  if (min !== null && max !== null) return `${min} to ${max}`;
  if (min !== null) return `from ${min}`;
  return max === null ? null : `up to ${max}`;
}

/** A category to go to from here, with what it holds of the list. */
export interface CategoryChoice {
  readonly name: string;
  readonly path: string;
  readonly count: number;
}

/** The counts of categories rolled up to the children of `under` ("" for the top). */
export function rollUp({ categories, names }: RawFacets, under: string): CategoryChoice[] {
  const sums = new Map<string, number>();
  const start = under === "" ? "" : `${under}/`;
  for (const [path, count] of categories) {
    if (!path.startsWith(start) || path === under) continue;
    const [step = ""] = path.slice(start.length).split("/");
    sums.set(start + step, (sums.get(start + step) ?? 0) + count);
  }
  // A hidden category has no name here, and no page.
  return [...sums]
    .flatMap(([path, count]) =>
      Object.hasOwn(names, path) ? [{ path, count, name: names[path] ?? path }] : [],
    )
    .sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
