/** What every object is drawn with: its ink, its pattern, light and shadow. */
import { type Field, n } from "./geometry";
import type { Ink } from "./ink";
import { patternMarks } from "./pattern";
import { type Random, randomFrom } from "./random";
import type { PatternKind } from "./spec";

export interface Kit {
  ink: Ink;
  form: number;
  random: Random;
  /** A name that is unique within the picture. */
  id(): string;
  /** The pattern over a field; each call starts from the same seed, so that two parts of one object match. */
  marks(field: Field, size?: number): string;
}

export interface Drawing {
  /** Everything, its shadow included, around 0,0 in a field of ±500. */
  svg: string;
  /** The object without its shadow. */
  box: { x: number; y: number; w: number; h: number };
  /** Where the close-up looks, and how close. */
  focus: { x: number; y: number; zoom: number };
  place: "floor" | "wall" | "flat" | "hang";
}

export type DrawObject = (kit: Kit) => Drawing;

export function kitFor(
  ink: Ink,
  pattern: PatternKind,
  seed: number,
  form: number,
  ids: { next: number },
): Kit {
  return {
    ink,
    form,
    random: randomFrom(seed ^ 0x5bd1e995),
    id: () => `k${ids.next++}`,
    marks: (field, size = 1) => patternMarks(pattern, randomFrom(seed), ink, field, size),
  };
}

/** Gradients that all objects share; no filters: blur costs more than everything else together. */
export const sharedDefs = `<radialGradient id="sh"><stop offset="0" stop-opacity=".62"/><stop offset=".35" stop-opacity=".44"/><stop offset=".62" stop-opacity=".19"/><stop offset=".84" stop-opacity=".05"/><stop offset="1" stop-opacity="0"/></radialGradient>
<radialGradient id="puff" cx=".38" cy=".3" r=".82"><stop offset="0" stop-color="#fff" stop-opacity=".4"/><stop offset=".42" stop-color="#fff" stop-opacity=".06"/><stop offset=".6" stop-opacity="0"/><stop offset="1" stop-opacity=".34"/></radialGradient>
<linearGradient id="fall" x2="1" y2="1"><stop offset="0" stop-color="#fff" stop-opacity=".24"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-opacity=".2"/></linearGradient>
<linearGradient id="down" x2="0" y2="1"><stop offset="0" stop-opacity="0"/><stop offset="1" stop-opacity=".3"/></linearGradient>
<linearGradient id="up" x2="0" y2="1"><stop offset="0" stop-opacity=".34"/><stop offset="1" stop-opacity="0"/></linearGradient>
<linearGradient id="side" x2="1" y2="0"><stop offset="0" stop-opacity=".22"/><stop offset=".2" stop-opacity="0"/><stop offset=".34" stop-color="#fff" stop-opacity=".2"/><stop offset=".55" stop-opacity="0"/><stop offset="1" stop-opacity=".36"/></linearGradient>
<radialGradient id="warm"><stop offset="0" stop-color="#ffedb0" stop-opacity=".9"/><stop offset=".3" stop-color="#ffe39a" stop-opacity=".42"/><stop offset=".65" stop-color="#ffd97c" stop-opacity=".11"/><stop offset="1" stop-color="#ffd97c" stop-opacity="0"/></radialGradient>`;

/** A soft shadow: an ellipse that has faded to nothing at its own edge. */
export function shadow(cx: number, cy: number, rx: number, ry: number, opacity = 1): string {
  return `<ellipse cx="${n(cx)}" cy="${n(cy)}" rx="${n(rx)}" ry="${n(ry)}" fill="url(#sh)" opacity="${opacity}"/>`;
}

/** The shadow of a thing that stands: a dark line of contact and a longer fall to the right. */
export function standing(cx: number, y: number, half: number, depth = 34): string {
  return (
    shadow(cx + half * 0.26, y + depth * 0.28, half * 1.36, depth * 1.5, 0.55) +
    shadow(cx, y, half * 1.1, depth * 0.72, 0.9)
  );
}

/** The shadow of a flat thing on a table or a wall: a rounded rectangle in steps, faded at every side. */
export function lying(x: number, y: number, w: number, h: number, radius: number, dx = 14, dy = 22): string {
  let out = "";
  for (let i = 0; i < 9; i++) {
    const g = 26 - i * 5.4;
    out += `<rect x="${n(x - g + dx)}" y="${n(y - g + dy)}" width="${n(w + g * 2)}" height="${n(h + g * 2)}" rx="${n(Math.max(2, radius + g))}" opacity=".042"/>`;
  }
  return out;
}

/** Contents cut to a shape. */
export function clipped(kit: Kit, shape: string, contents: string): string {
  const id = kit.id();
  return `<clipPath id="${id}">${shape}</clipPath><g clip-path="url(#${id})">${contents}</g>`;
}
