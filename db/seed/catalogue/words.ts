/** The names of the patterns. Each word belongs to one pattern and has one sentence of its own. */
import type { PatternKind } from "@/db/seed/art/spec";

export interface Word {
  pattern: PatternKind;
  /** Opens the description. */
  line: string;
}

const lines = (pattern: PatternKind, entries: Record<string, string>): Record<string, Word> =>
  Object.fromEntries(Object.entries(entries).map(([word, line]) => [word, { pattern, line }]));

export const words: Record<string, Word> = {
  ...lines("lines", {
    Grating:
      "Two gratings of straight lines, a few degrees apart. The broad bands you see from across the room are not printed anywhere.",
    Louvre:
      "Think of a shutter seen through another shutter at half past three in the afternoon. That was the sketch, and little has been added since.",
    Slat: "Straight lines only, laid twice. Move past it and the bands move the other way.",
    Pinstripe: "A pinstripe that has met another pinstripe and not quite agreed with it.",
    Blind:
      "Named after the blind in the workshop window, which hangs crooked and which nobody will allow to be repaired.",
  }),
  ...lines("rings", {
    Orbit:
      "Two sets of rings around two centres. Where they cross, ellipses appear that neither set contains.",
    Ripple: "Two stones, one pond, photographed in the moment before the waves reach the edge.",
    Target: "There are two bullseyes and it is hard to look at only one of them.",
    Halo: "Rings inside rings, with a second set a finger's width away. The shimmer between them is the point.",
    Echo: "The first set of rings says something. The second repeats it a little later and from slightly further away.",
  }),
  ...lines("rays", {
    Ray: "Rays from two points that sit close together. The curves between them are hyperbolas, if you like to know such things.",
    Sundial:
      "Drawn from a sundial with two gnomons, which would tell two times and is therefore not for sale.",
    Meridian: "Lines of longitude from two poles. The map they make is of nowhere.",
    Spoke: "A wheel laid on a wheel, hubs apart. It seems to turn when you put the kettle on and look back.",
    Aureole: "The rays double as they part, so the middle stays open and the edge stays full.",
  }),
  ...lines("dots", {
    Halftone:
      "A printer's screen, enlarged until the accident became the subject. The rosettes come and go with distance.",
    Speckle: "Two grids of dots, one turned a little. From near it is dots; from the door it is squares.",
    Raster: "Dots on a grid, and the same dots again at three per cent more. The difference draws itself.",
    Pinhole: "Light through one sheet of pinholes falls on another. We kept the shadow.",
    Screen: "Made from two screens that were meant for separate jobs and left on the same table overnight.",
  }),
  ...lines("waves", {
    Tide: "Two tides, one a quarter of a wave behind. The water is all in the gap between them.",
    Swell: "A long swell crossing a short one. It is calmer to live with than it sounds.",
    Ebb: "Wavy lines going out while others are still coming in.",
    Delta: "Where a river cannot decide, it does this.",
    Fathom: "Drawn over a sea chart, line for line, and then once more with the paper slipped.",
  }),
  ...lines("weave", {
    Weft: "A woven check drawn over another woven check. The soft plaid in between is borrowed from both.",
    Gingham: "Gingham, twice, at odds. It is the politest pattern here until you look for a while.",
    Lattice: "Two lattices, one turned by a few degrees, and a third, much larger one that nobody cut.",
    Trellis: "A garden trellis in front of its own shadow.",
    Selvedge: "Warp and weft at the edge of the cloth, where both begin to lose their manners.",
  }),
  ...lines("spiral", {
    Coil: "One set of spirals turns left and the other right. They meet in diamonds that widen as they go.",
    Vortex: "Opposed spirals with an open eye. The petals at their crossings are arithmetic, not botany.",
    Whorl: "The crown of a sunflower does this with seeds. We do it with two plates.",
    Eddy: "A slow turn to the left under a quick turn to the right, like water behind a bridge pier.",
    Volute: "The scroll from the top of a column, unrolled in both directions at once.",
  }),
  ...lines("hex", {
    Comb: "Honeycomb over honeycomb, one a little larger. Big cells open and close across it.",
    Honeycomb: "The bees would call the second layer a mistake. We ran three hundred of them.",
    Basalt: "After the columns on a northern beach, which also look drawn and also are not.",
    Cell: "Hexagons, four per cent apart in size. The flowers between them were not planned and were kept.",
    Hive: "Two combs out of step. Quiet from afar, busy from near, as a hive should be.",
  }),
  ...lines("chevron", {
    Herringbone: "A herringbone floor reflected in a herringbone floor.",
    Zigzag: "One zigzag steep, one shallow. Long diamonds drift between them.",
    Twill: "The diagonal of a twill, folded back on itself and printed a second time with less conviction.",
    Ridge: "A mountain range and its map laid on top of each other.",
    Arrow: "The lines point left, then right, then seem to change their minds.",
  }),
  ...lines("frames", {
    Gate: "Squares within squares, and the same squares leaning. Look at the middle and the edges open.",
    Threshold: "A doorway seen through a doorway. The second one was hung by somebody in a hurry.",
    Portal: "Two nests of frames, a little apart. It has depth from across the table and none from above.",
    Nest: "Boxes inside boxes; then the whole set again, turned by the width of a pencil.",
    Court: "The plan of a courtyard with a courtyard in it, and so on until the pen is too thick.",
  }),
};
