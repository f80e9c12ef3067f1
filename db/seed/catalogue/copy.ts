/** The words around a product: alternative texts, subtitle, description. Dry, exact, warm. */
import { patternMeasure } from "@/db/seed/art/pattern";
import type { InkName, ObjectKind, PatternKind, View } from "@/db/seed/art/spec";
import type { GoodsSize, Group } from "./group";
import type { Word } from "./words";

export const patternPhrase: Record<PatternKind, string> = {
  lines: "two gratings of straight lines",
  rings: "two overlapping sets of rings",
  rays: "rays from two centres",
  dots: "two turned grids of dots",
  waves: "two sets of wavy lines",
  weave: "two overlaid checks",
  spiral: "opposed spirals",
  hex: "overlapping honeycombs",
  chevron: "crossing zigzag lines",
  frames: "nested, leaning squares",
};

export const inkPhrase: Record<InkName, string> = {
  cobalt: "cobalt blue on warm white",
  vermilion: "vermilion red on cream",
  saffron: "saffron yellow and brown on cream",
  moss: "moss green on off-white",
  plum: "plum on pale rose white",
  ink: "black on warm white",
  lagoon: "deep teal on off-white",
  rose: "rose pink and wine red on cream",
  dusk: "vermilion and cobalt on cream",
  meadow: "saffron and green on cream",
};

/** One remark per ink: what it does in daylight. */
const inkRemark: Record<InkName, readonly string[]> = {
  cobalt: [
    "Cobalt is printed over a warm white, so that it never looks like a uniform.",
    "Our cobalt leans towards the evening. In the morning it is merely blue.",
  ],
  vermilion: [
    "Vermilion is one drop of yellow away from orange. We stopped before the drop.",
    "The vermilion is the loudest ink in the house and the first to sell out.",
  ],
  saffron: [
    "Saffron needs the brown beside it, or it floats off the surface.",
    "Saffron is at its best in north light, which is where few people put it.",
  ],
  moss: [
    "The moss green has grey in it, so plants beside it look greener.",
    "Moss was mixed to match a roof in Sintra, in February, in rain.",
  ],
  plum: [
    "Plum turns brown by candlelight and purple by window. Both are right.",
    "The plum is two reds and a very small blue.",
  ],
  ink: ["Ink is not black: hold it beside a cat.", "We call it ink because black is cheaper and looks it."],
  lagoon: [
    "Lagoon is a teal that has read about the sea.",
    "The lagoon is mixed fresh for each run and varies by about one shade of opinion.",
  ],
  rose: [
    "Rose comes with a wine red beneath it, to keep it from being sweet.",
    "The rose is nearer to brick than to confectionery.",
  ],
  dusk: [
    "Dusk prints vermilion first and cobalt over it. The violet is made by your eye.",
    "Two inks that should not agree. At two metres they do.",
  ],
  meadow: [
    "Meadow is saffron under green, and greener the further away you stand.",
    "In meadow the two gratings are easy to tell apart, which makes it the teaching copy.",
  ],
};

const one = (value: number) => value.toFixed(1).replace(/\.0$/, "");

/** What a ruler and a protractor say about this pattern. */
function figures(number: number, seed: number, kind: PatternKind): string {
  const { tilt, gap } = patternMeasure(seed);
  const spacing = gap / 4;
  const beat = spacing / (2 * Math.sin((tilt * Math.PI) / 360));
  const forms = [
    `Pattern ${number}. The gratings meet at ${one(tilt)} degrees, and the third pattern returns every ${Math.round(beat)} mm.`,
    `This is pattern ${number}: lines ${one(spacing)} mm apart, turned against each other by ${one(tilt)} degrees.`,
    `Pattern ${number} in the book. Spacing ${one(spacing)} mm, angle ${one(tilt)} degrees, and bands ${Math.round(beat)} mm wide that nobody drew.`,
    `The angle is ${one(tilt)} degrees. At one degree less you would see nothing; at one more, too much. Pattern ${number}.`,
    `Numbered ${number}. From three metres the bands are ${Math.round(beat)} mm wide; from thirty centimetres they are gone.`,
    `Pattern ${number}, drawn in an afternoon and corrected for a month: ${one(spacing)} mm between the lines, ${one(tilt)} degrees between the sheets.`,
    `We list it as ${number}. The two layers differ by ${one(tilt)} degrees, about the lean of a picture that someone has dusted.`,
  ];
  const round: Partial<Record<PatternKind, string>> = {
    rings: `Pattern ${number}. The centres lie a few centimetres apart and the rings ${one(spacing)} mm; everything else is consequence.`,
    spiral: `Pattern ${number}. One spiral closes slightly faster than the other, by ${one(tilt)} degrees a turn.`,
    dots: `Pattern ${number}. Dots ${one(spacing * 1.55)} mm apart, the second grid turned by ${one(tilt)} degrees.`,
    rays: `Pattern ${number}. The rays double twice on the way out. Where they cross you can count hyperbolas, about ${Math.round(beat / 4)} of them.`,
  };
  const own = round[kind];
  return own && number % 2 === 0 ? own : (forms[number % forms.length] ?? "");
}

function measures(sizes: readonly GoodsSize[]): string {
  const [first] = sizes;
  if (!first) return "";
  if (sizes.length === 1) return `Measures: ${first.label}.`;
  return `In ${sizes.length === 2 ? "two" : "three"} versions: ${sizes.map((size) => size.label).join("; ")}.`;
}

export function descriptionOf(input: {
  group: Group;
  row: number;
  word: Word;
  ink: InkName;
  number: number;
  seed: number;
  sizes: readonly GoodsSize[];
}): string {
  const { group, row, word, ink, number, seed } = input;
  const take = (list: readonly string[], at: number) => list[at % list.length] ?? "";
  const remark = take(inkRemark[ink], number);
  const paragraphs = [
    word.line,
    take(group.making, row),
    `${figures(number, seed, word.pattern)} ${remark}`,
    `${take(group.care, row + (row >> 2))} ${measures(input.sizes)}`,
  ];
  // every fourth text is shorter: a shop that always says four things says nothing
  if (row % 4 === 3) paragraphs.splice(0, 2, `${word.line} ${take(group.making, row)}`);
  return paragraphs.join("\n\n");
}

export function subtitle(group: Group, sizes: readonly GoodsSize[]): string {
  const labels = sizes.map((size) => size.label);
  if (labels.length === 1) return `${group.material}, ${lower(labels[0]?.replace(/^One, /, ""))}`;
  if (labels.length === 2) return `${group.material}, ${lower(labels[0])} or ${lower(labels[1])}`;
  return `${group.material}, in ${labels.length === 3 ? "three" : labels.length} sizes`;
}

const lower = (label = "") =>
  /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

const setting: Record<ObjectKind, string> = {
  cushion: "on a sofa under a small framed print",
  bolster: "on a sofa under a small framed print",
  blanket: "in a room with a plant",
  towel: "on a peg rail above a bench",
  rug: "on a wooden floor with an armchair and a plant",
  mug: "on an oak table beside books and a plant",
  beaker: "on an oak table beside books and a plant",
  plate: "on a wooden table, from above, beside a cup of coffee",
  bowl: "on an oak table beside books and a plant",
  jug: "on an oak table beside books and a plant",
  vase: "on an oak table beside books and a plant",
  tray: "on a wooden table, from above, beside a cup of coffee",
  lamp: "lit on a sideboard in the evening",
  pendant: "lit above a table in the evening",
  candle: "burning on an oak table beside books and a plant",
  print: "on the wall above an oak sideboard",
  notebook: "on a desk, from above, beside a pen and a cup of coffee",
  cards: "on a desk, from above, beside a pen and a cup of coffee",
  wrap: "on a desk, from above, beside a pen and a cup of coffee",
  case: "on a desk, from above, beside a pen and a cup of coffee",
  tote: "on a peg rail above a bench",
};

/** What a picture shows, for those who do not see it. */
export function altText(input: {
  view: View;
  thing: string;
  object: ObjectKind;
  pattern: PatternKind;
  inks: readonly InkName[];
  size: GoodsSize;
  labels: readonly string[];
}): string {
  const { view, thing, object, pattern, inks, size, labels } = input;
  const [ink] = inks;
  const what = `${thing} patterned with ${patternPhrase[pattern]} in ${ink ? inkPhrase[ink] : ""}`;
  const start = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
  switch (view) {
    case "detail":
      return start(`close-up of ${what}`);
    case "room":
      return start(`${what}, ${setting[object]}`);
    case "scale":
      return start(
        `${what}, at true scale beside a drawn ${Math.max(size.width, size.height) > 58 ? "chair" : "hand"}: ${size.width} by ${size.height} cm`,
      );
    case "stack":
      return start(
        `${thing} in ${labels.length} colours side by side: ${labels.join(", ").toLowerCase()}; ${patternPhrase[pattern]}`,
      );
    default:
      return start(what);
  }
}
