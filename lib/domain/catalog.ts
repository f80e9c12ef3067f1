/** Catalogue: what pages know of products and categories, and the choice of a variant, without any I/O. */
import type { StockBand } from "./inventory";

/** Where a product's page says that its last piece went between two requests. */
export const SOLD_MEANWHILE = "sold-meanwhile";

export interface Shot {
  /** Storage key; the picture is served at `/media/KEY`. */
  key: string;
  alt: string;
  /** Name of a backdrop token. */
  backdrop: string | null;
  /** The option value that it shows; null for all. */
  valueId: string | null;
}

/** A product as lists show it. Prices are written out in the store's currency. */
export interface Card {
  id: string;
  slug: string;
  name: string;
  subtitle: string;
  price: string;
  was: string | null;
  image: Pick<Shot, "key" | "alt" | "backdrop"> | null;
  swatches: readonly { value: string; swatch: string }[];
  rating: number;
  ratingCount: number;
  band: StockBand;
  isNew: boolean;
}

export interface OptionValue {
  id: string;
  value: string;
  /** `#rrggbb` where the value is a colour. */
  swatch: string | null;
}

export interface ProductOption {
  name: string;
  values: readonly OptionValue[];
}

export interface Variant {
  id: string;
  sku: string;
  title: string;
  /** Minor units. */
  amount: number;
  price: string;
  /** The lowest price of the 30 days before it fell, where it fell. */
  was: string | null;
  /** The same in minor units. */
  wasAmount: number | null;
  /** "€12.40 / 100 ml", where the content is known. */
  unitPrice: string | null;
  /** Grams. */
  weight: number;
  barcode: string | null;
  band: StockBand;
  /** One id per option, in the order of the options. */
  valueIds: readonly string[];
}

/** One value of an option, seen from the chosen variant. */
export interface Choice extends OptionValue {
  /** Where choosing it leads; null where no variant has it. */
  sku: string | null;
  chosen: boolean;
  /** False: choosing it changes another option as well, because the pair does not exist. */
  fits: boolean;
  soldOut: boolean;
}

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const NEW_DAYS = 14;

/** Whether a part of an address can be a slug at all; what cannot is not looked up. */
export const isSlug = (text: string): boolean => text.length <= 200 && SLUG.test(text);

export const productPath = (slug: string, sku?: string): string =>
  sku ? `/p/${slug}/${encodeURIComponent(sku)}` : `/p/${slug}`;

export const categoryPath = (path: string, page = 1): string =>
  page > 1 ? `/c/${path}/page/${page}` : `/c/${path}`;

/** The same page as plain text for machines. */
export const markdownPath = (path: string): string => `${path}.md`;

export const mediaPath = (key: string): string => `/media/${key}`;

/** The picture small and on its backdrop, as JPEG: for mails. */
export const thumbPath = (key: string, backdrop: string | null): string =>
  `/thumb/${backdrop ?? "stone"}/${key}.jpg`;

/** Products on one page of a category: with two pictures of double size they fill seven rows of four. */
export const PAGE_SIZE = 22;

/** Which places of a page of `count` cards get a double-size picture: never the last row, or it would not close. */
export function bigPlaces(count: number): ReadonlySet<number> {
  return new Set([0, 15].filter((place) => count >= place + 5));
}

/** `textiles/cushions/page/2` as path and page; undefined where it cannot be an address of ours. */
export function readCategorySegments(
  segments: readonly string[],
): { path: string; page: number; isCanonical: boolean } | undefined {
  const paged = segments.length > 2 && segments.at(-2) === "page";
  const parts = paged ? segments.slice(0, -2) : segments;
  const page = paged ? Number(segments.at(-1)) : 1;
  if (!parts.every(isSlug) || !Number.isInteger(page) || page < 1 || page > 10_000) return undefined;
  return { path: parts.join("/"), page, isCanonical: !paged || (page > 1 && segments.at(-1) === `${page}`) };
}

/** Whether a product counts as new at a moment, both in milliseconds. */
export const isNew = (publishedAt: number, now: number): boolean => now - publishedAt < NEW_DAYS * 86_400_000;

/** The variant that a page opens with: the first that can be bought, otherwise the first. */
export function openingVariant(variants: readonly Variant[]): Variant | undefined {
  return variants.find((variant) => variant.band !== "out") ?? variants[0];
}

/**
 * The values of the option at `place` as links: each leads to the variant that keeps the other choices, or, where
 * that pair does not exist, to the one that keeps the most of them.
 */
export function choicesOf(
  option: ProductOption,
  place: number,
  variants: readonly Variant[],
  chosen: Variant,
): Choice[] {
  return option.values.map((value) => {
    const having = variants.filter((variant) => variant.valueIds[place] === value.id);
    const kept = (variant: Variant) =>
      variant.valueIds.filter((id, i) => i !== place && id === chosen.valueIds[i]).length;
    const best = having.toSorted(
      (a, b) => kept(b) - kept(a) || Number(a.band === "out") - Number(b.band === "out"),
    )[0];
    return {
      ...value,
      sku: best?.sku ?? null,
      chosen: chosen.valueIds[place] === value.id,
      fits: best !== undefined && kept(best) === chosen.valueIds.length - 1,
      soldOut: best?.band === "out",
    };
  });
}

/** The pictures to show for a variant: its own first, then those for all; with none, everything there is. */
export function shotsFor(shots: readonly Shot[], variant: Variant | undefined): Shot[] {
  const own = shots.filter((shot) => shot.valueId !== null && variant?.valueIds.includes(shot.valueId));
  const common = shots.filter((shot) => shot.valueId === null);
  if (own.length > 0) return [...own, ...common];
  return common.length > 0 ? common : [...shots];
}

/** The paragraphs of a description. Markup is dropped, so that stored text can never bring a tag to a page. */
export function paragraphsOf(text: string, format: string): string[] {
  const plain =
    format === "html"
      ? text
          .replace(/<(?:script|style)[^>]*>[\s\S]*?<\/(?:script|style)>/gi, "")
          .replace(/<li[^>]*>/gi, "\n\n• ")
          .replace(/<br\s*\/?>/gi, "\n")
          .replace(/<\/?(?:p|div|ul|ol|h[1-6]|table|tr|blockquote|section)[^>]*>/gi, "\n\n")
          .replace(/<[^>]*>/g, "")
          .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (_, name: string) => entities[name] ?? " ")
      : text;
  return plain
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean);
}

/** The text below "Material and care" as it is written by hand; in HTML it may have come from elsewhere. */
export const detailsText = (details: string, format: string): string =>
  (format === "html" ? paragraphsOf(details, format).join("\n\n") : details).replaceAll("\r\n", "\n");

const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", nbsp: " " };
