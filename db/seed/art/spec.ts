/** What a picture is made of: the words that the drawing code and the catalogue share. */

export const patternKinds = [
  "lines",
  "rings",
  "rays",
  "dots",
  "waves",
  "weave",
  "spiral",
  "hex",
  "chevron",
  "frames",
] as const;
export type PatternKind = (typeof patternKinds)[number];

export const objectKinds = [
  "cushion",
  "bolster",
  "blanket",
  "towel",
  "rug",
  "mug",
  "beaker",
  "plate",
  "bowl",
  "jug",
  "vase",
  "tray",
  "lamp",
  "pendant",
  "candle",
  "print",
  "notebook",
  "cards",
  "wrap",
  "case",
  "tote",
] as const;
export type ObjectKind = (typeof objectKinds)[number];

export const inkNames = [
  "cobalt",
  "vermilion",
  "saffron",
  "moss",
  "plum",
  "ink",
  "lagoon",
  "rose",
  "dusk",
  "meadow",
] as const;
export type InkName = (typeof inkNames)[number];

export const views = ["front", "detail", "room", "scale", "stack"] as const;
export type View = (typeof views)[number];

export interface PictureSpec {
  object: ObjectKind;
  /** Shape within the kind (a vase has three), from 0; counted round when too large. */
  form: number;
  pattern: PatternKind;
  ink: InkName;
  /** Any integer; the same spec always draws the same picture. */
  seed: number;
  view: View;
  /** Centimetres, written beside the object in the `scale` view. */
  width: number;
  height: number;
  /** Further inks for the `stack` view. */
  others: InkName[];
}
