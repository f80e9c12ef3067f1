/** Imports: the variants of a product and the options that tell them apart. */
import { LIMITS } from "../catalog-limits";
import type { MinorUnits } from "../money";
import { countOf, gramsOf, isNo, priceOf, skuOf } from "./cells";
import { ImportProblem, type Row } from "./columns";
import type { Group } from "./groups";
import type { Note } from "./note";

export interface VariantDraft {
  readonly line: number;
  /** One value per option, in the order of the options. */
  readonly values: readonly string[];
  /** The file's own; null where it has none. */
  readonly sku: string | null;
  /** What stands in for a missing SKU. */
  readonly derivedSku: string;
  /** Minor units of the store's currency. */
  readonly price: MinorUnits;
  /** Minor units, always above `price`; undefined: the file has no such column. */
  readonly compareAt: MinorUnits | null | undefined;
  /** What a piece costs, without tax; null: not told; undefined: the file has no such column. */
  readonly cost: MinorUnits | null | undefined;
  readonly barcode: string | null | undefined;
  /** Grams. */
  readonly weight: number | undefined;
  /** Items that can be sold, never negative; null: the file does not say. */
  readonly quantity: number | null;
  /** May be sold when there is none left; undefined: the file does not say. */
  readonly backorder: boolean | undefined;
  /** How many of them at most; null: any number; undefined: the file does not say. */
  readonly backorderLimit: number | null | undefined;
  /** What a piece holds, for unit prices; null: nothing is said of it; undefined: the file has no such column. */
  readonly content: Content | null | undefined;
  /** From how many items on it counts as low; undefined: the file does not say. */
  readonly threshold: number | undefined;
  /** False: kept, but not for sale. */
  readonly isActive: boolean;
  /** Address of its own picture. */
  readonly image: string | undefined;
}

export interface Content {
  readonly unitAmount: number;
  readonly unit: string;
}

export interface OptionDraft {
  readonly name: string;
  readonly values: readonly string[];
}

const OPTIONS = [
  ["option1Name", "option1Value"],
  ["option2Name", "option2Value"],
  ["option3Name", "option3Value"],
  ["option4Name", "option4Value"],
  ["option5Name", "option5Value"],
] as const;

/** @throws ImportProblem naming the line that is wrong. Remarks that stop nothing are added to `notes`. */
export function readVariants(group: Group, currency: string, notes: Note[]) {
  const all = group.rows.filter(isVariant);
  if (all.length === 0) throw new ImportProblem("No row of the product has a price.");
  const rows = withoutRetired(all, notes);
  const used = OPTIONS.filter(([, value]) => rows.some(({ cells }) => cells[value])).filter(
    ([name, value]) => !isPlaceholder(group, rows, name, value),
  );
  const names = used.map(
    ([name], i) => group.rows.find(({ cells }) => cells[name])?.cells[name] ?? `Option ${i + 1}`,
  );
  const repeated = names.find((name, i) => names.findIndex((other) => same(other, name)) !== i);
  if (repeated) throw new ImportProblem(`Two options are named "${repeated}".`);
  const canonical = used.map(() => new Map<string, string>());
  const variants = rows.map((row) => {
    const values = used.map(([, column], i) => {
      const value = row.cells[column];
      if (!value) throw new ImportProblem(`Line ${row.line} has no value for the option "${names[i]}".`);
      // "blue" and "Blue" are one value, as the first row writes it.
      const known = canonical[i]?.get(value.toLowerCase()) ?? value.slice(0, 255);
      canonical[i]?.set(value.toLowerCase(), known);
      return known;
    });
    return readVariant(row, values, group.slug, currency, notes);
  });
  refuseRepeats(variants);
  const options: OptionDraft[] = names.map((name, i) => ({
    name: name.slice(0, 255),
    values: [...(canonical[i]?.values() ?? [])],
  }));
  return { options, variants };
}

// An image row has a handle and a picture, and nothing of a variant.
function isVariant({ cells }: Row): boolean {
  return Boolean(cells.price || cells.sku || OPTIONS.some(([, value]) => cells[value]));
}

/** A product without options has one "Title" with the value "Default Title". */
function isPlaceholder(
  group: Group,
  rows: readonly Row[],
  name: (typeof OPTIONS)[number][0],
  value: (typeof OPTIONS)[number][1],
): boolean {
  const title = group.rows.find(({ cells }) => cells[name])?.cells[name] ?? "Title";
  return same(title, "Title") && rows.every(({ cells }) => same(cells[value] ?? "", "Default Title"));
}

function readVariant(
  { line, cells }: Row,
  values: readonly string[],
  slug: string,
  currency: string,
  notes: Note[],
): VariantDraft {
  const note = (text: string) => notes.push({ line, text });
  if (!cells.price) throw new ImportProblem(`Line ${line} has no price.`);
  const price = priceOf(cells.price, currency);
  if (price === undefined)
    throw new ImportProblem(`Line ${line}: "${cells.price}" is no price in ${currency}.`);
  if (cells.sku && cells.sku.length > LIMITS.sku)
    throw new ImportProblem(`Line ${line}: the SKU is longer than ${LIMITS.sku} characters.`);
  return {
    line,
    values,
    sku: cells.sku || null,
    derivedSku: skuOf(slug, values),
    price,
    compareAt:
      cells.compareAt === undefined ? undefined : compareAtOf(cells.compareAt, price, currency, note),
    cost: cells.cost === undefined ? undefined : costOf(cells.cost, currency, note),
    // Spreadsheets keep leading zeros with an apostrophe, and Shopify exports it.
    barcode:
      cells.barcode === undefined
        ? undefined
        : cells.barcode.replace(/^'/, "").slice(0, LIMITS.barcode) || null,
    weight: weightOf(cells, note),
    quantity: quantityOf(cells.quantity, note),
    backorder: cells.policy ? /^(?:continue|true|yes)$/i.test(cells.policy) : undefined,
    backorderLimit: limitOf(cells.backorderLimit, note),
    content: contentOf(cells, note),
    threshold: thresholdOf(cells.threshold, note),
    isActive: !isNo(cells.forSale),
    image: cells.variantImage || undefined,
  };
}

/** Variants that are off sale because the product has other options now have no values for those: nothing to write. */
function withoutRetired(rows: readonly Row[], notes: Note[]): Row[] {
  const used = OPTIONS.filter(([, value]) => rows.some(({ cells }) => cells[value]));
  return rows.filter(({ line, cells }) => {
    if (!isNo(cells.forSale) || used.every(([, value]) => cells[value])) return true;
    notes.push({ line, text: `left as it is: ${cells.sku || "it"} is not for sale and has no options` });
    return false;
  });
}

/** Units of the shop, and those of others as so many of them. */
const UNITS: Readonly<Record<string, readonly [string, number]>> = {
  ml: ["ml", 1],
  cl: ["ml", 10],
  l: ["ml", 1_000],
  g: ["g", 1],
  kg: ["g", 1_000],
  m: ["m", 1],
  piece: ["piece", 1],
};

function contentOf({ unitAmount, unit }: Row["cells"], note: Remark): VariantDraft["content"] {
  if (unitAmount === undefined || unit === undefined) return undefined;
  if (!unitAmount && !unit) return null;
  const [name, factor] = UNITS[unit.toLowerCase()] ?? [];
  const amount = /^\d+(?:\.\d+)?$/.test(unitAmount) && factor ? Number(unitAmount) * factor : Number.NaN;
  if (name && Number.isInteger(amount) && amount > 0 && amount <= 2_147_483_647)
    return { unitAmount: amount, unit: name };
  note(`content "${unitAmount} ${unit}" left out: it is no whole number of ml, g, m or piece`);
  return undefined;
}

function limitOf(text: string | undefined, note: Remark): VariantDraft["backorderLimit"] {
  if (!text) return text === "" ? null : undefined;
  const count = countOf(text);
  if (count !== undefined && count >= 0) return count;
  note(`backorder limit "${text}" left out: it is no whole number`);
  return undefined;
}

function thresholdOf(text: string | undefined, note: Remark): number | undefined {
  if (!text) return undefined;
  const count = countOf(text);
  if (count !== undefined && count >= 0) return count;
  note(`low-stock threshold "${text}" left out: it is no whole number`);
  return undefined;
}

type Remark = (text: string) => void;

function compareAtOf(text: string, price: MinorUnits, currency: string, note: Remark): MinorUnits | null {
  if (text === "") return null;
  const amount = priceOf(text, currency);
  if (amount !== undefined && amount > price) return amount;
  // Shopify writes 0 where there was never another price.
  if (amount !== 0) note(`compare-at price ${text} left out: it is not above the price`);
  return null;
}

function costOf(text: string, currency: string, note: Remark): MinorUnits | null | undefined {
  if (text === "") return null;
  const amount = priceOf(text, currency);
  if (amount === undefined) note(`cost "${text}" left out: it is no amount in ${currency}`);
  return amount;
}

function weightOf(cells: Row["cells"], note: Remark): number | undefined {
  const [text, unit] =
    cells.grams !== undefined ? [cells.grams, "g"] : [cells.weight, cells.weightUnit || "g"];
  if (text === undefined) return undefined;
  if (text === "") return 0;
  const grams = gramsOf(text, unit);
  if (grams === undefined) note(`weight "${text} ${unit}" left out: it cannot be read`);
  return grams;
}

function quantityOf(text: string | undefined, note: Remark): number | null {
  if (!text) return null;
  const count = countOf(text);
  if (count === undefined) note(`quantity "${text}" left out: it is no whole number`);
  if (count !== undefined && count < 0) note(`quantity ${text} became 0`);
  return count === undefined ? null : Math.max(0, count);
}

function refuseRepeats(variants: readonly VariantDraft[]): void {
  const seen = new Map<string, number>();
  for (const { line, sku, values, isActive } of variants) {
    // Of those that are for sale each has its own combination; others may have had the same once.
    const keys: [string, string][] = isActive
      ? [[`options ${values.join("\n").toLowerCase()}`, "options"]]
      : [];
    if (sku) keys.push([`sku ${sku.toLowerCase()}`, `SKU "${sku}"`]);
    for (const [key, what] of keys) {
      const before = seen.get(key);
      if (before !== undefined) throw new ImportProblem(`Lines ${before} and ${line} have the same ${what}.`);
      seen.set(key, line);
    }
  }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
