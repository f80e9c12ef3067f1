/** The shop's own product file: the columns that an export writes and an import reads back without a loss. */
import { fractionDigits } from "../money";

/** A product with everything that the file holds; money in minor units, weight in grams, stock in items. */
export interface ExportedProduct {
  readonly slug: string;
  readonly name: string;
  readonly subtitle: string;
  readonly description: string;
  readonly descriptionFormat: string;
  readonly details: string;
  readonly categoryPath: string;
  readonly tags: readonly string[];
  readonly status: string;
  readonly metaTitle: string | null;
  readonly metaDescription: string | null;
  readonly isFeatured: boolean;
  /** Its code; null: the store's usual one. */
  readonly taxClass: string | null;
  /** When it goes into the shop by itself, and out of it, in milliseconds; null: never. */
  readonly publishAt: number | null;
  readonly unpublishAt: number | null;
  /** In their order. */
  readonly options: readonly string[];
  readonly variants: readonly {
    readonly sku: string;
    /** One per option. */
    readonly values: readonly string[];
    readonly price: number;
    readonly compareAtPrice: number | null;
    readonly weight: number;
    readonly barcode: string | null;
    readonly available: number;
    readonly backorder: boolean;
    readonly unitAmount: number | null;
    readonly unit: string | null;
    /** From how many items on it counts as low. */
    readonly threshold: number;
    readonly isActive: boolean;
    /** What one costs, without tax; null: not told. */
    readonly cost: number | null;
    /** How many may be promised beyond the stock; null: any number. */
    readonly backorderLimit: number | null;
  }[];
  readonly images: readonly {
    readonly key: string;
    readonly alt: string;
    readonly position: number;
    readonly shows: string | null;
    /** Name of the backdrop that it is cut out for. */
    readonly backdrop: string | null;
  }[];
}

const MOST_OPTIONS = 5;

export const OWN_HEADER: readonly string[] = [
  "Handle",
  "Title",
  "Subtitle",
  "Description",
  "Description format",
  "Details",
  "Category path",
  "Tags",
  "Status",
  "SEO title",
  "SEO description",
  "Featured",
  "Tax class",
  "Publish at",
  "Unpublish at",
  ...Array.from({ length: MOST_OPTIONS }, (_, i) => [`Option ${i + 1} name`, `Option ${i + 1} value`]).flat(),
  "SKU",
  "Price",
  "Compare-at price",
  "Weight value (grams)",
  "Barcode",
  "Inventory quantity",
  "Continue selling when out of stock",
  "Unit content",
  "Content unit",
  "Low-stock threshold",
  "Variant for sale",
  "Cost per item",
  "Backorder limit",
  "Product image URL",
  "Image position",
  "Image alt text",
  "Image shows",
  "Image backdrop",
];

/** The lines of a product: what it is on the first, then a variant and a picture a line. */
export function ownLines(
  product: ExportedProduct,
  currency: string,
  mediaUrl: string,
): (string | number)[][] {
  const { variants, images, options } = product;
  const rows = Math.max(variants.length, images.length, 1);
  return Array.from({ length: rows }, (_, i) => {
    const variant = variants[i];
    const image = images[i];
    const about =
      i === 0
        ? [
            product.name,
            product.subtitle,
            product.description,
            product.descriptionFormat,
            product.details,
            product.categoryPath,
            product.tags.join(", "),
            product.status,
            product.metaTitle ?? "",
            product.metaDescription ?? "",
            yesNo(product.isFeatured),
            product.taxClass ?? "",
            momentText(product.publishAt),
            momentText(product.unpublishAt),
          ]
        : Array.from({ length: 14 }, () => "");
    return [
      product.slug,
      ...about,
      ...Array.from({ length: MOST_OPTIONS }, (_, place) => [
        variant ? (options[place] ?? "") : "",
        variant?.values[place] ?? "",
      ]).flat(),
      ...(variant
        ? [
            variant.sku,
            plainAmount(variant.price, currency),
            variant.compareAtPrice === null ? "" : plainAmount(variant.compareAtPrice, currency),
            variant.weight,
            variant.barcode ?? "",
            variant.available,
            yesNo(variant.backorder),
            variant.unitAmount ?? "",
            variant.unit ?? "",
            variant.threshold,
            yesNo(variant.isActive),
            variant.cost === null ? "" : plainAmount(variant.cost, currency),
            variant.backorderLimit ?? "",
          ]
        : Array.from({ length: 13 }, () => "")),
      ...(image
        ? [`${mediaUrl}/${image.key}`, image.position, image.alt, image.shows ?? "", image.backdrop ?? ""]
        : Array.from({ length: 5 }, () => "")),
    ];
  });
}

/** With its zone, so that it is the same moment wherever the file is read. */
const momentText = (at: number | null): string => (at === null ? "" : new Date(at).toISOString());

const yesNo = (is: boolean): string => (is ? "TRUE" : "FALSE");

/** "12.50": a point and the currency's digits, as every import reads it. */
export function plainAmount(amount: number, currency: string): string {
  const digits = fractionDigits(currency);
  if (digits === 0) return String(amount);
  const text = String(amount).padStart(digits + 1, "0");
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

/** The key of a picture of this shop in an address of ours; undefined for every other address. */
export function ownKey(url: string): string | undefined {
  const path = URL.canParse(url) ? new URL(url).pathname : "";
  return path.startsWith("/media/") ? decodeURI(path.slice("/media/".length)) : undefined;
}
