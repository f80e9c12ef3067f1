/** Catalogue: the options of a product as its form sends them, and the variants that they make possible. */
import { z } from "zod";
import { priceText } from "./catalog-input";
import { versionInput } from "./version";

export const MOST_OPTIONS = 3;
export const MOST_VALUES = 50;
/** Variants of one product that the matrix makes. */
export const MOST_VARIANTS = 100;
/** How a colour is written. */
export const SWATCH_EXAMPLE = "#c8402f";

const line = (max: number) => z.string().trim().max(max, `At most ${max} characters.`);
const name = line(60).transform((typed) => typed.replace(/\s+/g, " "));

const valueInput = z.object({
  id: z.uuid(),
  value: name.pipe(z.string().min(1, "Please enter a value.")),
  swatch: line(7)
    .toLowerCase()
    .regex(/^(#[0-9a-f]{6})?$/, `Please write a colour like ${SWATCH_EXAMPLE}.`)
    .default(""),
});

const optionInput = z.object({
  id: z.uuid(),
  name: name.pipe(z.string().min(1, "Please enter a name.")),
  values: z.array(valueInput).max(MOST_VALUES).default([]),
  add: line(1_000).transform(readValues).default([]),
});

export const optionsInput = z.object({
  productId: z.uuid(),
  version: versionInput,
  options: z.array(optionInput).max(10).default([]),
  newName: name.default(""),
  newValues: line(1_000).transform(readValues).default([]),
  /** The button that was pressed: "up:ID", "down:ID" and "drop:ID" name an option or a value. */
  do: z
    .string()
    .regex(/^((up|down|drop):[0-9a-f-]{36})?$/)
    .default(""),
});
export type OptionsInput = z.output<typeof optionsInput>;

export const matrixInput = z.object({
  productId: z.uuid(),
  version: versionInput,
  requestKey: line(100).min(8),
  /** Value ids joined with ",", in the order of the options. */
  keys: z
    .union([
      z
        .string()
        .max(200)
        .transform((one) => [one]),
      z.array(z.string().max(200)).max(MOST_VARIANTS),
    ])
    .optional()
    .transform((keys) => keys ?? []),
  price: priceText,
  weight: line(9)
    .regex(/^\d*$/, "Whole grams, please.")
    .transform((grams) => Number(grams || 0)),
  /** What their SKUs begin with. */
  sku: line(40).default(""),
});
export type MatrixInput = z.output<typeof matrixInput>;

/** "Red, Blue, red" as `["Red", "Blue"]`. */
export function readValues(typed: string): string[] {
  const seen = new Set<string>();
  return typed
    .split(/[,\n]/)
    .map((value) => value.trim().replace(/\s+/g, " ").slice(0, 60))
    .filter((value) => {
      const isNew = value !== "" && !seen.has(value.toLowerCase());
      seen.add(value.toLowerCase());
      return isNew;
    });
}

export interface Option {
  readonly id: string;
  readonly name: string;
  readonly values: readonly { readonly id: string; readonly value: string; readonly swatch: string | null }[];
}

export interface Combination {
  /** Value ids joined with ",", in the order of the options. */
  readonly key: string;
  readonly valueIds: readonly string[];
  readonly title: string;
}

/** How many variants the options make possible, without making them. */
export const sizeOf = (options: readonly Option[]): number =>
  options.length === 0 ? 0 : options.reduce((product, { values }) => product * values.length, 1);

/** All combinations in the order of the options; none where there are no options or more than `most`. */
export function combinationsOf(options: readonly Option[], most = 1_000): Combination[] {
  if (options.length === 0 || sizeOf(options) > most) return [];
  let rows: { id: string; value: string }[][] = [[]];
  for (const { values } of options) rows = rows.flatMap((row) => values.map((value) => [...row, value]));
  return rows.map((row) => ({
    key: row.map(({ id }) => id).join(","),
    valueIds: row.map(({ id }) => id),
    title: row.map(({ value }) => value).join(" / "),
  }));
}

/** The stored name of a combination: the same whatever the order of the options. */
export const optionKeyOf = (valueIds: readonly string[]): string => valueIds.toSorted().join(",");

/** A variant that lost its place in the matrix: its stock, orders and history are kept, and it cannot be sold. */
export const isRetired = (optionKey: string): boolean => /^(?:retired|undone):/.test(optionKey);

/** The combinations that no variant has. */
export function missingOf(
  options: readonly Option[],
  variants: readonly { readonly optionKey: string }[],
): Combination[] {
  const there = new Set(variants.map(({ optionKey }) => optionKey));
  return combinationsOf(options).filter(({ valueIds }) => !there.has(optionKeyOf(valueIds)));
}
