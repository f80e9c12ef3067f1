/** A cart's quote: its lines told truthfully, the discounts that hold and why others do not, deliveries and totals. */
import type { PricingDiscount, PricingLine, PricingRate, PricingRows } from "@/db/pricing";
import { formatMoney } from "./money";
import { type AppliedDiscount, type PriceInput, priceOrder, type Totals } from "./pricing";

/** gone: not for sale any more · sold_out: nothing left · short: fewer left than asked for. */
export type LineState = "ok" | "short" | "sold_out" | "gone";

export type QuoteLine = PricingLine & {
  state: LineState;
  /** The live price when it differs from what the shopper last saw. */
  priceChange: { from: number; to: number } | null;
  /** Items that can be bought: what was asked for, or what is left of it. */
  buyable: number;
  /** price × buyable in minor units. */
  subtotal: number;
};

export type QuoteRate = PricingRate & { price: number };

export type QuoteDiscount = { id: string; code: string | null; title: string; amount: number };

export type Quote = {
  currency: string;
  pricesIncludeTax: boolean;
  /** All lines of the cart in order; only `ok` and `short` ones are priced. */
  lines: QuoteLine[];
  /** Deliveries for the place that fit the weight and subtotal; empty while no place is known. */
  rates: QuoteRate[];
  chosenRate: QuoteRate | null;
  discounts: QuoteDiscount[];
  /** The code in the cart does not hold: why, in a sentence. */
  refusedCode: { code: string; reason: string } | null;
  totals: Totals;
  /** True where a line needs the shopper's look before ordering. */
  needsAttention: boolean;
};

/** Quotes a cart. `rateId` chooses a delivery; the cheapest stands in while none is chosen but a place is known. */
export function quoteCart(rows: PricingRows, { rateId = null }: { rateId?: string | null } = {}): Quote {
  const lines = rows.lines.map(quoteLine);
  const priced = lines.filter((line) => line.state === "ok" || line.state === "short");
  const base: PriceInput = {
    lines: priced.map(({ itemId, price, buyable, taxRate }) => ({
      id: itemId,
      unitPrice: price,
      quantity: buyable,
      taxRate,
    })),
    discounts: [],
    shipping: null,
    pricesIncludeTax: rows.settings.pricesIncludeTax,
  };
  const subtotal = priced.reduce((sum, line) => sum + line.subtotal, 0);
  const held = rows.discounts.filter(
    (discount) => !refusal(discount, subtotal, priced, rows.settings.currency),
  );
  const applied = held.map((discount) => toApplied(discount, priced));
  const goods = priceOrder({ ...base, discounts: applied });
  const worth = goods.subtotal - goods.discount;
  const weight = priced.reduce((sum, line) => sum + line.weight * line.buyable, 0);
  const rates = rows.rates
    .filter((rate) => fits(rate, worth, weight))
    .map((rate) => ({ ...rate, price: priceOf(rate, worth) }));
  const cheapest = [...rates].sort((a, b) => a.price - b.price)[0];
  const chosenRate = rates.find((rate) => rate.id === rateId) ?? (rateId ? null : (cheapest ?? null));
  const shipping = chosenRate ? { amount: chosenRate.price, taxRate: rows.shippingTaxRate } : null;
  const totals = priceOrder({ ...base, discounts: applied, shipping });
  return {
    currency: rows.settings.currency,
    pricesIncludeTax: rows.settings.pricesIncludeTax,
    lines,
    rates,
    chosenRate,
    discounts: held.map(({ id, code, title }, i) => ({
      id,
      code,
      title,
      amount: totals.discounts[i]?.amount ?? 0,
    })),
    refusedCode: refusedCode(rows, subtotal, priced),
    totals,
    needsAttention: lines.some((line) => line.state !== "ok" || line.priceChange !== null),
  };
}

function quoteLine(line: PricingLine): QuoteLine {
  const changed = line.price !== line.priceSnapshot;
  const state = stateOf(line);
  const buyable = state === "short" ? line.available : line.quantity;
  return {
    ...line,
    state,
    buyable,
    priceChange: changed ? { from: line.priceSnapshot, to: line.price } : null,
    subtotal: line.price * buyable,
  };
}

function stateOf({ isForSale, available, backorder, quantity }: PricingLine): LineState {
  if (!isForSale) return "gone";
  if (backorder || available >= quantity) return "ok";
  return available > 0 ? "short" : "sold_out";
}

function fits({ kind, rangeMin, rangeMax }: PricingRate, worth: number, weight: number): boolean {
  if (kind === "flat") return true;
  const measure = kind === "weight" ? weight : worth;
  return measure >= (rangeMin ?? 0) && (rangeMax === null || measure < rangeMax);
}

function priceOf({ amount, freeOver }: PricingRate, worth: number): number {
  return freeOver !== null && worth >= freeOver ? 0 : amount;
}

function toApplied(
  { id, kind, value, itemIds }: PricingDiscount,
  priced: readonly QuoteLine[],
): AppliedDiscount {
  const lineIds = itemIds && priced.map((line) => line.itemId).filter((item) => itemIds.includes(item));
  return { id, kind, value: value ?? 0, lineIds };
}

function refusedCode(
  rows: PricingRows,
  subtotal: number,
  priced: readonly QuoteLine[],
): Quote["refusedCode"] {
  const code = rows.discountCode;
  if (!code) return null;
  const discount = rows.discounts.find((row) => row.code?.toUpperCase() === code.toUpperCase());
  const reason = discount
    ? refusal(discount, subtotal, priced, rows.settings.currency)
    : "There is no such code.";
  return reason ? { code, reason } : null;
}

/** Why a discount does not hold, as a sentence; undefined where it does. */
function refusal(
  discount: PricingDiscount,
  subtotal: number,
  priced: readonly QuoteLine[],
  currency: string,
): string | undefined {
  if (!discount.isActive) return "This code is not active.";
  if (!discount.hasStarted) return "This code does not hold yet.";
  if (discount.hasEnded) return "This code has ended.";
  if (discount.isUsedUp) return "This code has been used up.";
  if (discount.isUsedUpByCustomer) return "You have used this code already.";
  if (!discount.isForTier) return "This code is for members.";
  if (discount.minSubtotal !== null && subtotal < discount.minSubtotal) {
    return `This code holds from ${formatMoney(discount.minSubtotal, currency)} on.`;
  }
  const { itemIds } = discount;
  if (itemIds && !priced.some((line) => itemIds.includes(line.itemId)))
    return "This code is for other goods than those in your cart.";
  return undefined;
}
