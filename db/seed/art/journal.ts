/** The pictures of the journal: gratings as diagrams that follow the reader's theme, and goods side by side. */
import { n } from "./geometry";
import { backdropColours } from "./ink";
import { type Standing, standing } from "./standing";

const WIDTH = 1200;
const HEIGHT = 675;
const THEME =
  "<style>.p{fill:#f6f3ec}.l{stroke:#16130f}@media (prefers-color-scheme:dark){.p{fill:#141210}.l{stroke:#f1ece2}}</style>";

const sheet = (inner: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${THEME}<rect class="p" width="${WIDTH}" height="${HEIGHT}"/>${inner}</svg>\n`;

/** Upright lines around a centre, as one path, wide and high enough to be turned. */
function grating(reach: number, gap: number): string {
  const half = Math.ceil(reach / gap);
  return Array.from({ length: half * 2 + 1 }, (_, i) => `M${n((i - half) * gap)} ${-reach}V${reach}`).join(
    "",
  );
}

function pair(
  id: string,
  box: { x: number; y: number; w: number; h: number },
  gap: number,
  degrees: number,
): string {
  const reach = Math.hypot(box.w, box.h) / 2 + gap;
  const path = grating(reach, gap);
  const lines = [-degrees / 2, degrees / 2]
    .map((turn) => `<path transform="rotate(${turn})" d="${path}"/>`)
    .join("");
  return `<clipPath id="${id}"><rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}"/></clipPath><g clip-path="url(#${id})"><g class="l" fill="none" stroke-width="${n(gap * 0.42)}" transform="translate(${box.x + box.w / 2} ${box.y + box.h / 2})">${lines}</g></g>`;
}

/** Two gratings, three degrees apart. */
export const gratingsSvg = (): string => sheet(pair("a", { x: 60, y: 60, w: 1080, h: 555 }, 9, 3));

/** The same lines at three angles. */
export const anglesSvg = (): string =>
  sheet(
    [2, 5, 12]
      .map((degrees, i) => pair(`a${i}`, { x: 60 + i * 370, y: 137, w: 340, h: 400 }, 8, degrees))
      .join(""),
  );

/** Two sets of rings. */
export function ringsSvg(): string {
  const ring = (x: number) =>
    Array.from({ length: 30 }, (_, i) => `<circle cx="${x}" cy="337" r="${n(6 + i * 9)}"/>`).join("");
  return sheet(`<g class="l" fill="none" stroke-width="3.8">${ring(555)}${ring(645)}</g>`);
}

type Piece = readonly [Standing, keyof typeof backdropColours];

/** Goods side by side, each on its backdrop; `rows` of them below one another. */
export function goodsSvg(pieces: readonly Piece[], rows = 1): string {
  const columns = Math.ceil(pieces.length / rows);
  const [w, h] = [WIDTH / columns, HEIGHT / rows];
  const scale = Math.min(w, h) / 1000;
  const cells = pieces.map(([piece, back], i) => {
    const [x, y] = [(i % columns) * w, Math.floor(i / columns) * h];
    return `<rect x="${x}" y="${y}" width="${w + 1}" height="${h + 1}" fill="${backdropColours[back].light}"/><g transform="translate(${n(x + w / 2)} ${n(y + h / 2)}) scale(${scale.toFixed(3)})">${standing(piece, i)}</g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${cells.join("")}</svg>`;
}

/** The pictures with goods, by file name. */
export const journalGoods: Readonly<Record<string, string>> = {
  number: goodsSvg([
    [["cushion", 0, "rings", "vermilion", 31], "vermilion"],
    [["vase", 0, "chevron", "cobalt", 12], "cobalt"],
    [["lamp", 2, "lines", "saffron", 17], "saffron"],
  ]),
  sheet: goodsSvg(
    [
      [["cushion", 0, "lines", "cobalt", 404], "cobalt"],
      [["cushion", 0, "rings", "moss", 118], "moss"],
      [["cushion", 0, "waves", "vermilion", 77], "vermilion"],
      [["cushion", 0, "dots", "plum", 2091], "plum"],
      [["cushion", 0, "hex", "saffron", 650], "saffron"],
      [["cushion", 0, "spiral", "ink", 9], "stone"],
    ],
    2,
  ),
  care: goodsSvg([
    [["towel", 0, "weave", "moss", 240], "moss"],
    [["beaker", 0, "rings", "plum", 88], "plum"],
    [["tote", 0, "lines", "ink", 512], "stone"],
  ]),
};
