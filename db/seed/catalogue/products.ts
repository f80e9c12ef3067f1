/** Makes the products of the demo shop out of the rows in the goods files: the same ones every time. */
import { inks as inkTable } from "@/db/seed/art/ink";
import { between, randomFrom, seedOf, shuffle } from "@/db/seed/art/random";
import type { InkName, PictureSpec, View } from "@/db/seed/art/spec";
import { altText, descriptionOf, subtitle } from "./copy";
import { paperAndLight } from "./goods-paper-and-light";
import { tableware } from "./goods-tableware";
import { textiles } from "./goods-textiles";
import { type GoodsRow, type GoodsSize, type Group, inkCodes } from "./group";
import type { Backdrop, DemoOption, DemoPicture, DemoProduct, DemoVariant } from "./shape";
import { type Word, words } from "./words";

const featured = new Set([
  "grating-cushion",
  "grating-lamp",
  "tide-tote",
  "halftone-no-13",
  "orbit-plate",
  "ray-notebook",
  "swell-blanket",
  "basalt-vase",
  "ridge-jug",
  "honeycomb-rug",
  "whorl-beaker",
  "halo-pendant",
  "eddy-round-cushion",
  "portal-bowl",
  "arrow-lamp",
  "sundial-tea-towel",
]);
/** Sold out in every variant, so that the shop can show what that looks like. */
const soldOut = new Set(["nest-cards", "basalt-lumbar-cushion", "screen-tray"]);
/** Another backdrop than the ink's own, for rhythm on a page of many. */
const contrast: Partial<Record<Backdrop, Backdrop>> = {
  cobalt: "saffron",
  vermilion: "stone",
  saffron: "cobalt",
  moss: "vermilion",
  plum: "moss",
  stone: "saffron",
};
const packs: Record<string, string> = { NO: "Ruling", CA: "Pack", WR: "Pack", TT: "Pack", BE: "Pack" };

export function slugify(name: string): string {
  return name
    .normalize("NFD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "-");
}

/** The check digit of the first twelve digits of an EAN-13. */
export function eanCheckDigit(twelve: string): number {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += Number(twelve.charAt(i)) * (i % 2 ? 3 : 1);
  return (10 - (sum % 10)) % 10;
}

function wordOf(name: string): Word {
  for (const part of name.split(" ")) {
    const word = words[part];
    if (word) return word;
  }
  const found = Object.entries(words).find(([word]) => name.includes(word));
  if (!found) throw new RangeError(`no pattern word in "${name}"`);
  return found[1];
}

function stockFor(random: () => number): number {
  const luck = random();
  if (luck < 0.07) return 0;
  if (luck < 0.17) return 1 + Math.floor(random() * 4);
  return 6 + Math.floor(random() ** 2 * 74);
}

let barcodes = 0;

function makeProduct(
  group: Group,
  row: GoodsRow,
  index: number,
  number: number,
  daysAgo: number,
): DemoProduct {
  const [name, category, form, inkText, firstPrice, sizeIndexes] = row;
  const slug = slugify(name);
  const seed = seedOf(slug) % 100_000;
  const random = randomFrom(seed);
  const word = wordOf(name);
  const inkNames = inkText.split(" ").map((code): InkName => {
    const ink = inkCodes[code];
    if (!ink) throw new RangeError(`no ink ${code}`);
    return ink;
  });
  const sizes = sizeIndexes.map((at): GoodsSize => {
    const size = group.sizes[at];
    if (!size) throw new RangeError(`no size ${at} in ${group.code}`);
    return size;
  });
  const [mainInk = "ink"] = inkNames;
  const shown = sizes[Math.min(1, sizes.length - 1)] ?? sizes[0];
  if (!shown) throw new RangeError(`${name} has no size`);

  const swap = seed % 4 === 0;
  const backdropFor = (ink: InkName): Backdrop => {
    const own = inkTable[ink].back;
    return swap ? (contrast[own] ?? own) : own;
  };
  const spec = (ink: InkName, view: View): PictureSpec => ({
    object: group.object,
    form,
    pattern: word.pattern,
    ink,
    seed,
    view,
    width: shown.width,
    height: shown.height,
    others: inkNames.filter((other) => other !== ink).slice(0, 2),
  });
  const skuOf = (ink: InkName, size: GoodsSize) =>
    `${group.code}-${number}-${ink.slice(0, 3).toUpperCase()}-${size.code}`;
  const thing = group.things[form % group.things.length] ?? name;
  const labels = inkNames.map((ink) => inkTable[ink].label);
  const pictures: DemoPicture[] = [];
  const add = (ink: InkName, view: View, skus: string[]) => {
    pictures.push({
      key: `${slug}/${ink}-${view}`,
      spec: spec(ink, view),
      view,
      alt: altText({
        view,
        thing,
        object: group.object,
        pattern: word.pattern,
        inks: [ink],
        size: shown,
        labels,
      }),
      backdrop: backdropFor(ink),
      position: pictures.length,
      primary: pictures.length === 0,
      eager: pictures.length === 0,
      skus,
    });
  };
  const skusOf = (ink: InkName) => sizes.map((size) => skuOf(ink, size));
  add(mainInk, "front", skusOf(mainInk));
  add(mainInk, "detail", []);
  add(mainInk, "room", []);
  // folded or rolled things have no one measure to show
  if (!["blanket", "wrap", "cards"].includes(group.object)) add(mainInk, "scale", []);
  for (const ink of inkNames.slice(1)) add(ink, "front", skusOf(ink));
  if (inkNames.length > 1) add(mainInk, "stack", []);

  const options: DemoOption[] = [];
  const single = inkNames.length === 1 && sizes.length === 1;
  const sizeName = packs[group.code] ?? "Size";
  if (!single)
    options.push({
      name: "Colour",
      values: inkNames.map((ink) => ({ value: inkTable[ink].label, swatch: inkTable[ink].a })),
    });
  if (sizes.length > 1)
    options.push({ name: sizeName, values: sizes.map((size) => ({ value: size.label, swatch: null })) });

  const reduced = random() < 0.13;
  const variants = inkNames.flatMap((ink) =>
    sizes.map((size): DemoVariant => {
      const full = firstPrice + size.more;
      const price = reduced ? Math.round((full * 0.8) / 100) * 100 : full;
      const twelve = `20${group.owner === "line-works" ? 1 : 2}${String(++barcodes).padStart(9, "0")}`;
      const chosen: Record<string, string> = {};
      if (!single) chosen.Colour = inkTable[ink].label;
      if (sizes.length > 1) chosen[sizeName] = size.label;
      const values = Object.values(chosen);
      const stock = stockFor(random);
      return {
        sku: skuOf(ink, size),
        title: values.length > 0 ? values.join(" / ") : "Default",
        options: chosen,
        price,
        compareAt: reduced && price < full ? full : null,
        weight: size.grams,
        holds: size.holds ?? null,
        barcode: `${twelve}${eanCheckDigit(twelve)}`,
        stock: soldOut.has(slug) ? 0 : stock,
        lowStockThreshold: 5,
        picture: `${slug}/${ink}-front`,
      };
    }),
  );
  return {
    slug,
    name,
    subtitle: subtitle(group, sizes),
    description: descriptionOf({ group, row: index, word, ink: mainInk, number, seed, sizes }),
    category,
    tags: [...group.tags, word.pattern, ...(reduced ? ["last run"] : [])],
    owner: group.owner,
    featured: featured.has(slug),
    createdDaysAgo: daysAgo,
    options,
    variants,
    pictures,
  };
}

function makeAll(): DemoProduct[] {
  const rows = [...textiles, ...tableware, ...paperAndLight].flatMap((group) =>
    group.rows.map((row, index) => ({ group, row, index })),
  );
  const random = randomFrom(20);
  const numbers = shuffle(
    random,
    rows.map((_, i) => 101 + i * 3 + (i % 2)),
  );
  const ages = shuffle(
    random,
    rows.map((_, i) => Math.round(2 + (i / rows.length) ** 1.25 * 360 + between(random, 0, 2))),
  );
  return rows.map(({ group, row, index }, i) =>
    makeProduct(group, row, index, numbers[i] ?? i, ages[i] ?? 100),
  );
}

export const products: DemoProduct[] = makeAll();
