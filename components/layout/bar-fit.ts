/** Which links of the bar stand on its one line, reckoned on the server from the widths of their letters: no script, no jump. */
import type { NavLink } from "./nav";

/** Windows from 64 and from 80 rem wide on; in smaller ones the menu holds the links. */
export interface Windows {
  readonly lg: boolean;
  readonly xl: boolean;
}

export interface FittedLink extends NavLink {
  /** The windows in which it stands in the bar; in the others it is folded away. */
  readonly inBar: Windows;
}

/** In rem, as the classes of header.tsx and brand-mark.tsx lay them out. */
const BAR = {
  lg: { brandAndLinks: 34.4, gap: 1 },
  xl: { brandAndLinks: 38.8, gap: 1.5 },
} as const;
const RINGS = 2.5;
const BRAND_MOST = 14;
const LABEL_MOST = 10;
/** "More" and its arrow. */
const FOLD = 3.6;
/** The name is set larger and bolder than the links. */
const NAME_TO_TEXT = 1.17;

/** What a letter takes, in em: the widths of the shop's face. */
const LETTERS: readonly (readonly [string, number])[] = [
  [" ", 0.2],
  ["ijlI.,:;'’|!", 0.25],
  ["frt()/", 0.38],
  ["szJ-", 0.49],
  ["acekvxy12357", 0.55],
  ["bdghnopquFL04689ß–", 0.6],
  ["BEPRSTZ", 0.65],
  ["KXY", 0.69],
  ["ACDGHNUV&", 0.74],
  ["wOQ", 0.78],
  ["mM", 0.92],
  ["WÆŒ@", 1.08],
];
const WIDTHS = new Map(LETTERS.flatMap(([letters, width]) => [...letters].map((letter) => [letter, width])));
/** Signs that are as wide as they are high. */
const SQUARE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]|\p{Extended_Pictographic}/u;
const ANY = 0.77;

/** Divides the links between the line and the fold, for each window. A marked one always stands on the line. */
export function fitBar(name: string, links: readonly NavLink[]): FittedLink[] {
  const lg = fitting("lg", name, links);
  const xl = fitting("xl", name, links);
  return links.map((link) => ({ ...link, inBar: { lg: lg.has(link), xl: xl.has(link) } }));
}

/** The links that stand on the line: all, or as many of the first as leave room for the fold. */
function fitting(window: keyof Windows, name: string, links: readonly NavLink[]): Set<NavLink> {
  const { brandAndLinks, gap } = BAR[window];
  const brand = Math.min(RINGS + widthOf(name) * NAME_TO_TEXT, BRAND_MOST);
  const room = brandAndLinks - brand + gap;
  const taken = (link: NavLink) => Math.min(widthOf(link.label), LABEL_MOST) + gap;
  const sum = (some: readonly NavLink[]) => some.reduce((width, link) => width + taken(link), 0);
  if (sum(links) <= room) return new Set(links);
  const marked = links.filter((link) => link.marked);
  const fits = new Set(marked);
  let left = room - FOLD - gap - sum(marked);
  for (const link of links) {
    if (link.marked) continue;
    left -= taken(link);
    // Those after it stay behind it, also where they would fit: their order is the shop's.
    if (left < 0) break;
    fits.add(link);
  }
  return fits;
}

/** In em. */
export function widthOf(text: string): number {
  const letters = text.normalize("NFD").replace(/\p{Mark}/gu, "");
  return [...letters].reduce(
    (sum, letter) => sum + (WIDTHS.get(letter) ?? (SQUARE.test(letter) ? 1 : ANY)),
    0,
  );
}
