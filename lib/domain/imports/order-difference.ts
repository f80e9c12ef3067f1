/** Imports: what an import does to an order of the former shop, in words, and nothing of the person in it. */
import { formatMoney } from "../money";
import type { Difference } from "./difference";

export interface KeptLine {
  readonly title: string;
  readonly sku: string | null;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
  readonly variantId: string | null;
}

/** What changes with time and names nobody: it follows the newest file. Moments as ISO text. */
export interface OrderFacts {
  readonly placedAt: string;
  readonly subtotal: number;
  readonly shipping: number;
  readonly tax: number;
  readonly discount: number;
  readonly total: number;
  readonly refunded: number;
  readonly financialStatus: string;
  readonly fulfilmentStatus: string;
  readonly discountCode: string | null;
  readonly shippingMethod: string | null;
  readonly cancelledAt: string | null;
}

/** What an import fills in where nothing stands, and never overwrites. What stands there is nowhere in its record. */
export const ORDER_FILLABLE = {
  externalId: "Id",
  email: "e-mail",
  address: "address",
  note: "note",
  tags: "tags",
} as const;
export type OrderFillable = keyof typeof ORDER_FILLABLE;

/** What the record of an import keeps of an order: enough to show and to undo it. */
export interface KeptOrder {
  readonly orderId: string;
  /** Of the order as the import left it. */
  readonly version: number;
  readonly isNew: boolean;
  readonly currency: string;
  /** Facts that differed; empty of a new order. */
  readonly was: Partial<OrderFacts>;
  readonly is: Partial<OrderFacts>;
  readonly filled: readonly OrderFillable[];
  /** Where they differed. */
  readonly lines?: { readonly was: readonly KeptLine[]; readonly is: readonly KeptLine[] };
}

const LABELS: Record<keyof OrderFacts, string> = {
  placedAt: "placed",
  subtotal: "goods",
  shipping: "delivery",
  tax: "taxes",
  discount: "discount",
  total: "total",
  refunded: "given back",
  financialStatus: "payment",
  fulfilmentStatus: "fulfilment",
  discountCode: "code",
  shippingMethod: "sent by",
  cancelledAt: "cancelled",
};

/** From what to what; of a new order what it is. */
export function orderDifferences({ isNew, currency, was, is, lines }: KeptOrder): Difference[] {
  const text = (field: keyof OrderFacts, facts: Partial<OrderFacts>): string => {
    const value = facts[field];
    if (value === undefined || value === null || value === "") return "";
    if (typeof value === "string") return field.endsWith("At") ? value.slice(0, 16).replace("T", " ") : value;
    return isNew && value === 0 && field !== "total" ? "" : formatMoney(value, currency);
  };
  const changed = (Object.keys(LABELS) as (keyof OrderFacts)[]).flatMap((field) => {
    const [from, to] = [text(field, was), text(field, is)];
    return from === to ? [] : [{ what: "", field: LABELS[field], from, to: to || "none" }];
  });
  if (!lines) return changed;
  const [from, to] = [lines.was.map(lineText).join("; "), lines.is.map(lineText).join("; ")];
  if (from !== to) return [...changed, { what: "", field: "lines", from, to }];
  const found = lines.is.flatMap(({ sku, variantId }, i) =>
    variantId && !lines.was[i]?.variantId
      ? [{ what: sku ?? "", field: "product", from: "", to: "found" }]
      : [],
  );
  return found.length > 0 ? [...changed, ...found] : [...changed, { what: "", field: "lines", from: "", to }];
}

const lineText = ({ quantity, title }: KeptLine): string => `${quantity} × ${title}`;

/** What is filled in, in words. */
export const orderFills = (filled: readonly string[]): string =>
  filled.flatMap((field) => ORDER_FILLABLE[field as OrderFillable] ?? []).join(", ");
