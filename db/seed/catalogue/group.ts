/** How a group of goods is written down: what all its products share, then one row per product. */
import type { InkName, ObjectKind } from "@/db/seed/art/spec";

export interface GoodsSize {
  code: string;
  label: string;
  /** Centimetres, for the `scale` picture. */
  width: number;
  height: number;
  /** EUR cents on top of the row's price. */
  more: number;
  grams: number;
  /** What is in it, where a law asks for the price of a measure (Directive 98/6/EC): `[9, "m"]`. */
  holds?: readonly [amount: number, unit: "g" | "m"];
}

/** One product: name, category, form, inks (two letters each), price of the first size in EUR cents, sizes offered. */
export type GoodsRow = readonly [
  name: string,
  category: string,
  form: number,
  inks: string,
  price: number,
  sizes: readonly number[],
];

export interface Group {
  code: string;
  object: ObjectKind;
  owner: "line-works" | "ring-studio";
  /** For the subtitle: `Linen, feather inner`. */
  material: string;
  /** For alternative texts, with its article: `a square linen cushion`. Indexed by form. */
  things: readonly string[];
  tags: readonly string[];
  sizes: readonly GoodsSize[];
  /** How it is made: one per product in turn. */
  making: readonly string[];
  /** How it is used and kept. */
  care: readonly string[];
  rows: readonly GoodsRow[];
}

export const inkCodes: Record<string, InkName> = {
  co: "cobalt",
  ve: "vermilion",
  sa: "saffron",
  mo: "moss",
  pl: "plum",
  in: "ink",
  la: "lagoon",
  ro: "rose",
  du: "dusk",
  me: "meadow",
};
