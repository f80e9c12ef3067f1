/** From a spec to a picture: SVG text first, then WebP bytes. The same spec always gives the same SVG. */
import sharp from "sharp";
import { beaker, bowl, jug, mug, plate, tray, vase } from "./ceramics";
import { pencilCase, tote } from "./bags";
import { inks } from "./ink";
import { type DrawObject, type Drawing, kitFor, sharedDefs } from "./kit";
import { candle, lamp, pendant } from "./light";
import { cards, notebook, print, wrap } from "./paper";
import type { ObjectKind, PictureSpec } from "./spec";
import { blanket, bolster, cushion, rug, towel } from "./textiles";

const objects: Record<ObjectKind, DrawObject> = {
  cushion,
  bolster,
  blanket,
  towel,
  rug,
  mug,
  beaker,
  plate,
  bowl,
  jug,
  vase,
  tray,
  lamp,
  pendant,
  candle,
  print,
  notebook,
  cards,
  wrap,
  case: pencilCase,
  tote,
};

/** One object of a spec, alone. */
export function drawObject(spec: PictureSpec, ids: { next: number }, ink = spec.ink): Drawing {
  return objects[spec.object](kitFor(inks[ink], spec.pattern, spec.seed, spec.form, ids));
}

/** The whole picture as SVG text, square. */
export function pictureSvg(spec: PictureSpec, size = 900): string {
  const ids = { next: 0 };
  const drawing = drawObject(spec, ids);
  let body = drawing.svg;
  if (spec.view === "detail") {
    const { x, y, zoom } = drawing.focus;
    body = `<g transform="scale(${zoom}) translate(${-x} ${-y})">${drawing.svg}</g>`;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="-500 -500 1000 1000"><defs>${sharedDefs}</defs>${body}</svg>`;
}
