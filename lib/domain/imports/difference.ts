/** Imports: a product before and after, and the difference between the two in words. */
import { formatMoney } from "../money";

/** A product as an import finds or leaves it; money in minor units, weight in grams, stock in items. */
export interface Snapshot {
  readonly product: Readonly<Record<string, unknown>> & { readonly name: string; readonly status: string };
  readonly options: readonly {
    readonly id: string;
    readonly name: string;
    readonly position: number;
    readonly values: readonly { readonly id: string; readonly value: string; readonly position: number }[];
  }[];
  readonly variants: readonly VariantState[];
  readonly images: readonly {
    readonly id: string;
    readonly key: string;
    readonly alt: string;
    readonly position: number;
    /** Absent in what imports wrote down before they read it. */
    readonly backdrop?: string | null;
  }[];
}

export interface VariantState {
  readonly id: string;
  readonly sku: string;
  readonly title: string;
  readonly optionKey: string;
  readonly price: number;
  readonly compareAtPrice: number | null;
  /** Absent in what imports wrote down before they read it. */
  readonly cost?: number | null;
  readonly weight: number;
  readonly barcode: string | null;
  readonly isActive: boolean;
  readonly unitAmount: number | null;
  readonly unit: string | null;
  readonly threshold: number;
  readonly available: number;
  readonly backorder: boolean;
  /** Absent in what imports wrote down before they read it. */
  readonly backorderLimit?: number | null;
  readonly valueIds: readonly string[];
}

/** One thing that an import changes. `what` is empty for the product itself, else the SKU. */
export interface Difference {
  readonly what: string;
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

/** The fields of a product that an import writes, by what people call them. */
export const PRODUCT_FIELDS = {
  name: "Name",
  subtitle: "Subtitle",
  description: "Description",
  details: "Details",
  tags: "Tags",
  status: "Status",
  categoryId: "Category",
  metaTitle: "Title for search engines",
  metaDescription: "Description for search engines",
  isFeatured: "Featured",
  taxClassId: "Tax class",
  publishAt: "Goes into the shop",
  unpublishAt: "Goes out of the shop",
} as const;

/** Fields that hold an id, with the one that says it in words. */
const IN_WORDS: Readonly<Record<string, string>> = { categoryId: "categoryName", taxClassId: "taxClassName" };

export const VARIANT_FIELDS = {
  sku: "SKU",
  price: "Price",
  compareAtPrice: "Former price",
  cost: "Cost",
  weight: "Weight",
  barcode: "Barcode",
  unitAmount: "Content",
  unit: "Unit of the content",
} as const;

export type VariantField = keyof typeof VARIANT_FIELDS;

export const same = (a: unknown, b: unknown): boolean =>
  JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/** What differs, the product's own fields first. `before` is null for a new product. */
export function differencesOf(before: Snapshot | null, after: Snapshot, currency: string): Difference[] {
  const found: Difference[] = [];
  for (const [field, label] of Object.entries(PRODUCT_FIELDS)) {
    const [from, to] = [before?.product[field], after.product[field]];
    if (!before || same(from, to)) continue;
    const read = (state: Snapshot) => shown(state.product[IN_WORDS[field] ?? field]);
    found.push({ what: "", field: label, from: read(before), to: read(after) });
  }
  for (const variant of after.variants) {
    const was = before?.variants.find(({ id }) => id === variant.id);
    if (!was) {
      const stock = variant.available > 0 ? `, ${variant.available} in stock` : "";
      found.push({
        what: variant.sku,
        field: "New variant",
        from: "",
        to: `${variant.title && `${variant.title}, `}${formatMoney(variant.price, currency)}${stock}`,
      });
      continue;
    }
    found.push(...ofVariant(was, variant, currency));
  }
  for (const image of before?.images ?? []) {
    const told = after.images.find(({ id }) => id === image.id);
    if (told && told.alt !== image.alt)
      found.push({ what: "", field: "Picture in words", from: shown(image.alt), to: shown(told.alt) });
    if (told && !same(told.backdrop, image.backdrop))
      found.push({
        ...{ what: "", field: "Backdrop of a picture" },
        ...{ from: shown(image.backdrop), to: shown(told.backdrop) },
      });
  }
  const images = after.images.length - (before?.images.length ?? 0);
  if (images > 0) found.push({ what: "", field: "Pictures", from: "", to: `${images} new` });
  return found;
}

function ofVariant(was: VariantState, is: VariantState, currency: string): Difference[] {
  const found: Difference[] = [];
  const note = (field: string, from: string, to: string) => {
    if (from !== to) found.push({ what: is.sku, field, from, to });
  };
  const money = (amount: number | null) => (amount === null ? "none" : formatMoney(amount, currency));
  note("SKU", was.sku, is.sku);
  note("Price", money(was.price), money(is.price));
  note("Former price", money(was.compareAtPrice), money(is.compareAtPrice));
  note("Cost", money(was.cost ?? null), money(is.cost ?? null));
  note("Weight", `${was.weight} g`, `${is.weight} g`);
  note("Barcode", was.barcode || "none", is.barcode || "none");
  const content = ({ unitAmount, unit }: VariantState) => (unitAmount ? `${unitAmount} ${unit}` : "none");
  note("Content", content(was), content(is));
  note("Low from", String(was.threshold), String(is.threshold));
  note("Options", was.title || "none", is.title || "none");
  note("Stock", String(was.available), String(is.available));
  note("For sale", was.isActive ? "yes" : "no", is.isActive ? "yes" : "no");
  const policy = ({ backorder, backorderLimit = null }: VariantState) =>
    !backorder ? "no" : backorderLimit === null ? "yes" : `yes, at most ${backorderLimit}`;
  note("Sold when there is none", policy(was), policy(is));
  return found;
}

const LONGEST = 120;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

function shown(value: unknown): string {
  if (typeof value === "boolean") return value ? "yes" : "no";
  const text = Array.isArray(value) ? value.join(", ") : String(value ?? "");
  if (MOMENT.test(text)) return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
  const plain = text
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (plain === "") return "none";
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST - 1)}…` : plain;
}
