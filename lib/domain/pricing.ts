/** Totals: the one pure function that cart, checkout, order and refund share. All amounts in minor units. */
import { allocate, type MinorUnits, minor, ratio, ZERO } from "./money";

export interface PriceableLine {
  readonly id: string;
  readonly unitPrice: number;
  readonly quantity: number;
  /** Parts per million. */
  readonly taxRate: number;
}

/** `value`: whole per cent for `percentage`, minor units for `fixed`. `lineIds` null: the whole order. */
export interface AppliedDiscount {
  readonly id: string;
  readonly kind: "percentage" | "fixed" | "free_shipping";
  readonly value: number;
  readonly lineIds: readonly string[] | null;
}

export interface ShippingCharge {
  readonly amount: number;
  /** Parts per million; 0 where shipping is not taxed. */
  readonly taxRate: number;
}

export interface PriceInput {
  readonly lines: readonly PriceableLine[];
  readonly discounts: readonly AppliedDiscount[];
  /** Null while the destination is not known. */
  readonly shipping: ShippingCharge | null;
  readonly pricesIncludeTax: boolean;
}

export interface PricedLine {
  readonly id: string;
  readonly subtotal: MinorUnits;
  readonly discount: MinorUnits;
  readonly tax: MinorUnits;
  /** What the shopper pays for the line: without-tax prices have the tax added. */
  readonly total: MinorUnits;
}

export interface Totals {
  readonly subtotal: MinorUnits;
  readonly discount: MinorUnits;
  readonly shipping: MinorUnits;
  readonly shippingTax: MinorUnits;
  readonly tax: MinorUnits;
  readonly total: MinorUnits;
  readonly lines: readonly PricedLine[];
  /** What each discount took off, in the order they were applied; free shipping counts what it lifted. */
  readonly discounts: readonly { readonly id: string; readonly amount: MinorUnits }[];
}

/**
 * Prices an order. Discounts work in their given order, each on what those before it left. Tax is rounded half up once
 * per rate on the discounted sum and shared to the lines by largest remainder, so that lines always sum to the order.
 * Free shipping lowers `shipping`, never `discount`. Where a remainder has to fall somewhere it goes by the lines' ids,
 * so that an order costs the same however its lines are sorted.
 */
export function priceOrder(input: PriceInput): Totals {
  const byId = [...input.lines].sort((a, b) => (a.id < b.id ? -1 : 1));
  const totals = priceSorted({ ...input, lines: byId });
  const lineOf = new Map(totals.lines.map((line) => [line.id, line]));
  return { ...totals, lines: input.lines.flatMap(({ id }) => lineOf.get(id) ?? []) };
}

function priceSorted(input: PriceInput): Totals {
  const subtotals = input.lines.map((line) => minor(line.unitPrice * line.quantity));
  const { left, taken } = discounted(input, subtotals);
  const lineTax = taxOfLines(input, left);
  const lift = input.discounts.findIndex((discount) => discount.kind === "free_shipping");
  const charge = input.shipping?.amount ?? 0;
  const shipping = minor(lift >= 0 ? 0 : charge);
  const shippingTax = taxOf(shipping, input.shipping?.taxRate ?? 0, input.pricesIncludeTax);
  const lines = input.lines.map((line, i) => {
    const subtotal = subtotals[i] ?? ZERO;
    const paid = left[i] ?? ZERO;
    const tax = lineTax[i] ?? ZERO;
    const total = input.pricesIncludeTax ? paid : minor(paid + tax);
    return { id: line.id, subtotal, discount: minor(subtotal - paid), tax, total };
  });
  const tax = minor(sum(lineTax) + shippingTax);
  const subtotal = minor(sum(subtotals));
  const discount = minor(subtotal - sum(left));
  const total = minor(subtotal - discount + shipping + (input.pricesIncludeTax ? 0 : tax));
  // Shipping is lifted once, whoever else would lift it too.
  const discounts = input.discounts.map(({ id }, i) => ({
    id,
    amount: i === lift ? minor(charge) : (taken[i] ?? ZERO),
  }));
  return { subtotal, discount, shipping, shippingTax, tax, total, lines, discounts };
}

/** Tax on (or contained in) an amount, half up. `rate` in parts per million. */
export function taxOf(amount: number, rate: number, included: boolean): MinorUnits {
  return included ? ratio(amount, rate, 1_000_000 + rate) : ratio(amount, rate, 1_000_000);
}

/**
 * What giving back k more of n pieces pays: round(paid × cumulative k ÷ n) less what was given back before, so that
 * pieces given back one by one always sum to what the line cost.
 */
export function refundOfPieces(line: {
  total: number;
  quantity: number;
  refundedQuantity: number;
  refundedAmount: number;
  pieces: number;
}): MinorUnits {
  const cumulative = line.refundedQuantity + line.pieces;
  return minor(Math.max(0, ratio(line.total, cumulative, line.quantity) - line.refundedAmount));
}

function discounted({ lines, discounts }: PriceInput, subtotals: readonly MinorUnits[]) {
  const left = [...subtotals];
  const taken = discounts.map(({ kind, value, lineIds }) => {
    if (kind === "free_shipping") return ZERO;
    const eligible = lines.map((line, i) =>
      lineIds === null || lineIds.includes(line.id) ? (left[i] ?? 0) : 0,
    );
    const base = sum(eligible);
    const amount = kind === "percentage" ? ratio(base, value, 100) : minor(Math.min(value, base));
    allocate(amount, eligible).forEach((share, i) => {
      left[i] = minor((left[i] ?? 0) - share);
    });
    return base === 0 ? ZERO : amount;
  });
  return { left, taken };
}

function taxOfLines({ lines, pricesIncludeTax }: PriceInput, left: readonly MinorUnits[]): MinorUnits[] {
  const tax = lines.map(() => ZERO);
  for (const rate of new Set(lines.map((line) => line.taxRate))) {
    const weights = lines.map((line, i) => (line.taxRate === rate ? (left[i] ?? 0) : 0));
    const base = sum(weights);
    if (base === 0) continue;
    allocate(taxOf(base, rate, pricesIncludeTax), weights).forEach((share, i) => {
      tax[i] = minor((tax[i] ?? 0) + share);
    });
  }
  return tax;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((a, b) => a + b, 0);
}
