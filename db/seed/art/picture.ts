/** From a spec to a picture: SVG text first, then WebP bytes. The same spec always gives the same SVG. */
import sharp from "sharp";
import { pencilCase, tote } from "./bags";
import { beaker, bowl, jug, mug, vase } from "./ceramics";
import { n } from "./geometry";
import { inks } from "./ink";
import { type Drawing, type DrawObject, kitFor, sharedDefs } from "./kit";
import { candle, lamp, pendant } from "./light";
import { scaleSvg } from "./measure";
import { cards, notebook, print, wrap } from "./paper";
import { plate, tray } from "./plates";
import { roomSvg } from "./room";
import type { InkName, ObjectKind, PictureSpec } from "./spec";
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

export interface Picture {
  webp: Buffer;
  /** Pixels. */
  width: number;
  height: number;
  /** A tiny picture as a data address, at most 300 characters, to show blurred while the real one loads. */
  placeholder: string;
}

/** Pixels of a side as stored: the storefront scales down from here. */
export const pictureSize = 900;

function draw(spec: PictureSpec, ids: { next: number }, ink: InkName): Drawing {
  return objects[spec.object](kitFor(inks[ink], spec.pattern, spec.seed, spec.form, ids));
}

/** Two or three colourways together: behind one another when they stand, overlapping when they lie or hang. */
function stackSvg(spec: PictureSpec, ids: { next: number }): string {
  const names = [...new Set([spec.ink, ...spec.others])].slice(0, 3).reverse();
  const drawings = names.map((name) => draw(spec, ids, name));
  const count = drawings.length;
  const [first] = drawings;
  if (!first) return "";
  const { box, place } = first;
  const s = Math.min(count === 1 ? 0.9 : 0.62, 560 / box.w, 600 / box.h);
  const spread = count === 1 ? 0 : Math.min(box.w * s * 0.72, (900 - box.w * s) / (count - 1));
  return drawings
    .map((drawing, i) => {
      const at = i - (count - 1) / 2;
      const centre = { x: box.x + box.w / 2, y: box.y + box.h / 2 };
      const rise =
        place === "floor"
          ? (i - (count - 1) / 2) * 64
          : place === "flat"
            ? -at * 90
            : place === "hang"
              ? 0
              : at * 46;
      const across = place === "floor" || place === "flat" ? at * spread : at * spread;
      return `<g transform="translate(${n(across - centre.x * s)} ${n(rise - centre.y * s)}) scale(${s.toFixed(3)})">${drawing.svg}</g>`;
    })
    .join("");
}

/** The whole picture as SVG text, square. `size` in pixels. */
export function pictureSvg(spec: PictureSpec, size = pictureSize): string {
  const ids = { next: 0 };
  const body = (): string => {
    if (spec.view === "stack") return stackSvg(spec, ids);
    const drawing = draw(spec, ids, spec.ink);
    if (spec.view === "room") return roomSvg(spec.object, inks[spec.ink], drawing);
    if (spec.view === "scale")
      return scaleSvg(drawing, spec.width, spec.height, inks[spec.ink].trim, spec.seed);
    if (spec.view === "detail") {
      const { x, y, zoom } = drawing.focus;
      return `<g transform="scale(${zoom}) translate(${-x} ${-y})">${drawing.svg}</g>`;
    }
    return drawing.svg;
  };
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="-500 -500 1000 1000"><defs>${sharedDefs}</defs>${body()}</svg>`;
}

/** Draws, rasterises and packs one picture (about 0.2 s of one core at 900 px). */
export async function renderPicture(spec: PictureSpec, size = pictureSize): Promise<Picture> {
  const { data, info } = await sharp(Buffer.from(pictureSvg(spec, size)))
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raw = { width: info.width, height: info.height, channels: info.channels } as const;
  const [webp, tiny] = await Promise.all([
    sharp(data, { raw }).webp({ quality: 80, alphaQuality: 80, effort: 2, smartSubsample: false }).toBuffer(),
    sharp(data, { raw }).resize(8, 8).webp({ quality: 30, alphaQuality: 30, effort: 4 }).toBuffer(),
  ]);
  return {
    webp,
    width: info.width,
    height: info.height,
    placeholder: `data:image/webp;base64,${tiny.toString("base64")}`,
  };
}
