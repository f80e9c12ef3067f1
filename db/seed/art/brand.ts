/** The brand's own drawings: the mark (two ring sets that overlap), the hero's gratings, icons, the default share picture. */
import { n } from "./geometry";
import { backdropColours } from "./ink";
import { type Standing, standing } from "./standing";

const rings = (cx: number, cy: number, radii: readonly number[]) =>
  radii.map((r) => `<circle cx="${n(cx)}" cy="${n(cy)}" r="${n(r)}"/>`).join("");

/** The inside of the mark on a 30 × 30 field, drawn in the text's own colour; wrap it in an svg element. */
export const markInner = `<g fill="none" stroke="currentColor" stroke-width="1.25">${rings(11.6, 15, [2, 4.4, 6.8, 9.2])}${rings(18.4, 15, [2, 4.4, 6.8, 9.2])}</g>`;

/** The mark as a whole SVG, for places that are not HTML. */
export function markSvg(colour: string, size = 30): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 30 30">${markInner.replace("currentColor", colour)}</svg>`;
}

/** The icon: fewer, thicker rings that hold at 16 px; follows the theme of the browser. */
export const iconSvg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>g{stroke:#16130f}@media (prefers-color-scheme:dark){g{stroke:#f1ece2}}</style><g fill="none" stroke-width="2">${rings(12, 16, [3, 6.6, 10.2])}${rings(20, 16, [3, 6.6, 10.2])}</g></svg>`;

/** The icon on paper, for home screens and old browsers. */
export function solidIconSvg(size: number, inset: number): string {
  const box = 32 + inset * 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="${-inset} ${-inset} ${box} ${box}"><rect x="${-inset}" y="${-inset}" width="${box}" height="${box}" fill="#f6f3ec"/><g fill="none" stroke="#16130f" stroke-width="2">${rings(12, 16, [3, 6.6, 10.2])}${rings(20, 16, [3, 6.6, 10.2])}</g></svg>`;
}

/**
 * One grating of rings, to be used as a CSS mask: lay it twice, the second a few pixels off, and the moiré appears.
 * Drawn black on nothing; the colour comes from the element's background.
 */
export function ringGrating(gap = 14): string {
  const radii = Array.from({ length: Math.floor(600 / gap) }, (_, i) => gap * (i + 0.6));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 1200"><g fill="none" stroke="#000" stroke-width="${n(gap * 0.4)}">${rings(600, 600, radii)}</g></svg>`;
}

/** One grating of straight lines as a tile, upright; turn the element by a few degrees for the second layer. */
export function lineGrating(gap = 12): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${gap}" height="${gap}" viewBox="0 0 ${gap} ${gap}"><path d="M${gap / 2} 0V${gap}" stroke="#000" stroke-width="${n(gap * 0.4)}"/></svg>`;
}

const share: readonly Standing[] = [
  ["lamp", 2, "lines", "saffron", 17],
  ["cushion", 0, "rings", "vermilion", 31],
  ["vase", 0, "chevron", "cobalt", 12],
];

/** The picture that a link without one of its own shows: 1200 × 630, three goods and the rings. No letters: no font is needed. */
export function shareSvg(): string {
  const panels = share
    .map((piece, i) => {
      const back = backdropColours[piece[3] as "saffron"].light;
      return `<rect x="${i * 300 + 300}" width="301" height="630" fill="${back}"/><g transform="translate(${i * 300 + 450} 330) scale(.39)">${standing(piece, i)}</g>`;
    })
    .join("");
  const radii = Array.from({ length: 22 }, (_, i) => 5 + i * 9);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="630" viewBox="0 0 1200 630"><rect width="1200" height="630" fill="#f6f3ec"/><svg x="0" y="0" width="300" height="630" viewBox="0 0 300 630"><g fill="none" stroke="#16130f" stroke-width="3.6">${rings(126, 300, radii)}${rings(174, 330, radii)}</g></svg>${panels}</svg>`;
}
