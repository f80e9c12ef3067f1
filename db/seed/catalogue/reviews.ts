/** Reviews of a product: who, how many stars, what they said. The same ones every time. */
import { between, pick, type Random, randomFrom, seedOf, shuffle } from "@/db/seed/art/random";
import { customers, reviewers } from "./people";
import { products } from "./products";
import { colourRemarks, fragments, type Mood, replies, type Sort, titles } from "./review-fragments";
import type { DemoProduct, DemoReview } from "./shape";

const sorts: Record<string, Sort> = {
  cushion: "cloth",
  bolster: "cloth",
  blanket: "cloth",
  towel: "cloth",
  rug: "cloth",
  mug: "clay",
  beaker: "clay",
  plate: "clay",
  bowl: "clay",
  jug: "clay",
  vase: "clay",
  lamp: "light",
  pendant: "light",
  candle: "light",
  print: "picture",
  notebook: "paper",
  cards: "paper",
  wrap: "paper",
  case: "paper",
  tote: "bag",
};

/** Fragments that only make sense for some goods: a word in the text, and the goods it needs. */
const needs: readonly (readonly [RegExp, readonly string[]])[] = [
  [
    /linen is heavy|Lost a few feathers|Feather inner|piping|zip is very|ordinary sofa|leather sofa/,
    ["cushion"],
  ],
  [/Warm without|fringe|pilled/, ["blanket"]],
  [/Dries glasses|three per cent|Had to iron/, ["towel"]],
  [/hoover|both sides/, ["rug"]],
  [/Smells of wool|who wove/, ["blanket", "rug"]],
  [/our dog|One seam|claimed/i, ["cushion", "blanket", "bolster"]],
  [/Softened a lot|ground is creamier|Washed it twice/, ["cushion", "towel", "bolster"]],
  [/coffee stays|handle is a bit|microwave/, ["mug"]],
  [/tap water|Tea stains/, ["mug", "beaker"]],
  [/Pours/, ["jug"]],
  [/Each of the four/, ["beaker"]],
  [/One stem/, ["vase"]],
  [/Food looks/, ["plate", "bowl"]],
  [/in the dishwasher|Dishwasher every/, ["mug", "beaker", "plate", "bowl", "jug"]],
  [/By day one|reading corner|Cat walks|Switch is|right plug|read by|half a metre|cord is so nice/, ["lamp"]],
  [/sitting right below|canopy/, ["pendant"]],
  [/shade|Shade|shadow on/, ["lamp", "pendant"]],
  [/Burns evenly|Smells of almost|Flame/, ["candle"]],
  [
    /Opens flat|Fountain pen|one for notes|elastic|Dots are|Pages are|ribbon|afraid to start|label takes|Cover scuffs/,
    ["notebook"],
  ],
  [/parcel stayed|Folded crisp|One roll/, ["wrap"]],
  [/envelopes|Sent four/, ["cards"]],
  [/Zip runs/, ["case"]],
  [/Had a question about the size/, ["cushion", "rug", "print", "lamp", "tote"]],
  [
    /^I wish it came|A little smaller|look bigger/,
    ["cushion", "rug", "print", "lamp", "vase", "tray", "bowl"],
  ],
  [/first thing I see/, ["print", "lamp", "cushion", "rug", "pendant", "mug"]],
];

function suits(text: string, object: string): boolean {
  return needs.every(([words, objects]) => !words.test(text) || objects.includes(object));
}

/** 5, 4, 3, 2, 1 in the shares that shops see; `charm` moves the whole product up or down. */
function stars(random: Random, charm: number): DemoReview["rating"] {
  const luck = random() + charm;
  if (luck < 0.03) return 1;
  if (luck < 0.08) return 2;
  if (luck < 0.18) return 3;
  if (luck < 0.46) return 4;
  return 5;
}

const moodOf = (rating: number): Mood => (rating >= 4 ? "glad" : rating === 3 ? "middling" : "cross");

/** What the whole shop has said so far: fragments are used evenly and no comment twice. */
interface Said {
  times: Map<string, number>;
  comments: Set<string>;
  /** By product. */
  used: Map<string, Set<string>>;
}

function write(product: DemoProduct, said: Said, spares?: number): DemoReview[] {
  const random = randomFrom(seedOf(`${product.slug} ${spares ? "spare " : ""}reviews`));
  const object = product.pictures[0]?.spec.object ?? "cushion";
  const sort = sorts[object];
  const own = sort ? fragments[sort] : fragments.any;
  const age = product.createdDaysAgo;
  const popular = product.featured ? 1.7 : random() < 0.12 ? 0 : between(random, 0.2, 1.1);
  const count = spares ?? (age < 12 ? 0 : Math.min(40, Math.round(popular * (4 + age / 22))));
  const charm = between(random, -0.05, 0.14);
  const colours = product.options.find((option) => option.name === "Colour")?.values ?? [];
  const people = shuffle(random, [...customers, ...reviewers]).map((person) => person.username);
  const used = said.used.get(product.slug) ?? new Set<string>();
  said.used.set(product.slug, used);
  const fresh = (list: readonly string[]): string | null => {
    const free = shuffle(
      random,
      list.filter((text) => !used.has(text) && suits(text, object)),
    );
    const times = (text: string) => said.times.get(text) ?? 0;
    const text = free.sort((a, b) => times(a) - times(b))[random() < 0.7 ? 0 : Math.min(1, free.length - 1)];
    if (text === undefined) return null;
    used.add(text);
    said.times.set(text, times(text) + 1);
    return text;
  };
  const comment = (rating: number): string | null => {
    const mood = moodOf(rating);
    const parts: (string | null)[] = [];
    if (random() < 0.75) parts.push(fresh(own[mood]));
    if (parts.length === 0 || random() < 0.5) parts.push(fresh(fragments.any[mood]));
    // four stars often carry a small complaint
    if (rating === 4 && random() < 0.45) parts.push(fresh(own.middling));
    const remark = mood === "cross" || colours.length === 0 || random() < 0.72 ? null : fresh(colourRemarks);
    if (remark) parts.push(remark.replaceAll("%", pick(random, colours).value.toLowerCase()));
    const text = shuffle(
      random,
      parts.filter((part) => part !== null),
    ).join(" ");
    if (!text || said.comments.has(text)) return null;
    said.comments.add(text);
    return text;
  };
  return Array.from({ length: count }, (_, i): DemoReview => {
    const rating = stars(random, charm);
    const text = random() < 0.82 ? comment(rating) : null;
    return {
      handle: people[i] ?? `reader-${i}`,
      rating,
      title: random() < (text ? 0.6 : 0.3) ? fresh(titles[moodOf(rating)]) : null,
      comment: text,
      daysAgo: Math.max(1, Math.floor(between(random, 0, 1) ** 1.2 * (age - 8))),
    };
  });
}

/** Reviews that nobody wrote yet, for those who buy later. */
const SPARES = 6;

let all: { written: Map<string, DemoReview[]>; spare: Map<string, DemoReview[]> } | null = null;

function everything() {
  if (!all) {
    const said: Said = { times: new Map(), comments: new Set(), used: new Map() };
    const written = new Map(products.map((one) => [one.slug, write(one, said)]));
    const spare = new Map(products.map((one) => [one.slug, write(one, said, SPARES)]));
    all = { written, spare };
  }
  return all;
}

/** Between 0 and 40 reviews; older products have more, and none is older than the product. */
export const reviewsFor = (product: DemoProduct): DemoReview[] =>
  everything().written.get(product.slug) ?? [];

/** What customers may still say of a product; its handles and days say nothing. */
export const spareReviewsFor = (slug: string): DemoReview[] => everything().spare.get(slug) ?? [];

/** What the owner answers to a review, or nothing: to most complaints, and now and then to praise. */
export function replyTo({ rating, comment }: DemoReview, salt: number): string | null {
  if (!comment || (rating >= 4 && salt % 9 !== 4) || (rating === 3 && salt % 3 !== 1)) return null;
  const said = replies[moodOf(rating)];
  return said[salt % said.length] ?? null;
}
