/** The language of the bench's catalogue: objects, materials, colours, and as many made-up words as it takes. */

/** A few words are common and most are rare, as in real catalogues. */
export function rank(random: number, count: number): number {
  return Math.min(count - 1, Math.floor(count ** random - 1 + random));
}

const ONSETS = [
  "b",
  "br",
  "d",
  "dr",
  "f",
  "g",
  "gl",
  "h",
  "k",
  "l",
  "m",
  "n",
  "p",
  "pl",
  "r",
  "s",
  "st",
  "t",
  "tr",
  "v",
];
const NUCLEI = ["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const CODAS = ["", "l", "m", "n", "r", "s", "t", "nd", "rk", "st"];

/** `count` different words of two or three syllables. */
export function makeWords(count: number, random: () => number): string[] {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? "";
  const made = new Set<string>();
  while (made.size < count) {
    const syllables = Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(ONSETS) + pick(NUCLEI));
    made.add(syllables.join("") + pick(CODAS));
  }
  return [...made];
}

/** Object by category. */
export const OBJECTS: Readonly<Record<string, readonly string[]>> = {
  Kitchen: ["mug", "bowl", "plate", "jug", "teapot", "tray", "apron", "towel"],
  Seating: ["chair", "armchair", "stool", "bench", "sofa", "ottoman"],
  Tables: ["desk", "table", "sideboard", "nightstand", "console"],
  Light: ["lamp", "lantern", "pendant", "sconce", "candle"],
  Textiles: ["cushion", "blanket", "rug", "curtain", "quilt", "pillowcase", "throw"],
  Paper: ["notebook", "print", "poster", "calendar", "envelope", "sketchbook"],
  Storage: ["shelf", "basket", "box", "cabinet", "hook", "wardrobe"],
  Garden: ["planter", "vase", "hammock", "birdhouse", "watering can"],
  Bath: ["mirror", "soap dish", "bath mat", "robe", "laundry bag"],
  Carry: ["tote", "backpack", "pouch", "wallet", "suitcase", "umbrella"],
};
export const MATERIALS = [
  "oak",
  "linen",
  "walnut",
  "wool",
  "ceramic",
  "brass",
  "cotton",
  "glass",
  "steel",
  "bamboo",
  "leather",
  "marble",
  "velvet",
  "rattan",
  "cork",
  "concrete",
  "ash",
  "porcelain",
  "copper",
  "canvas",
  "felt",
  "birch",
  "stoneware",
  "jute",
];
export const COLOURS: readonly (readonly [name: string, swatch: string])[] = [
  ["Cobalt", "#1f3fbf"],
  ["Vermilion", "#e2472a"],
  ["Saffron", "#e39a12"],
  ["Moss", "#4c7a3f"],
  ["Plum", "#8a2d5e"],
  ["Ink", "#2a2724"],
  ["Stone", "#d8d2c7"],
  ["White", "#ffffff"],
  ["Sand", "#d9c6a5"],
  ["Rose", "#e3a5a5"],
  ["Teal", "#1f7a7a"],
  ["Grey", "#8a8a8a"],
];
export const SIZES = ["Small", "Medium", "Large", "40 × 40", "50 × 50", "60 × 90"];
