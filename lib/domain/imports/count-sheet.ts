/** Stocktake: the sheet that people count with, and what a counted row says. */
import { plainName } from "./columns";

export const SHEET_HEADER = ["SKU", "Product", "Variant", "On the shelf", "Counted"] as const;

/** Where SKU and count stand in a header; undefined where one of them is missing. */
export function sheetColumns(header: readonly string[]): { sku: number; counted: number } | undefined {
  const plain = header.map(plainName);
  const [sku, counted] = [plain.indexOf("sku"), plain.indexOf("counted")];
  return sku < 0 || counted < 0 ? undefined : { sku, counted };
}

const MOST = 100_000;

/** A count as it was typed; undefined where it is none. */
export function countedOf(text: string): number | undefined {
  const count = /^\d{1,6}(?:[.,]0+)?$/.test(text) ? Number(text.replace(/[.,]0+$/, "")) : Number.NaN;
  return count <= MOST ? count : undefined;
}

/** What a row of a stocktake keeps. */
export interface CountedRow {
  readonly variantId: string;
  readonly sku: string;
  readonly name: string;
  /** What should lie on the shelf, sold but unsent items among it, when the sheet was looked at. */
  readonly expected: number;
  readonly counted: number;
}
