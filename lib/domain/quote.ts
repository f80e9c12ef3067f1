/** A cart's quote: its lines told truthfully, the discounts that hold and why others do not, deliveries and totals. */
import type { PricingDiscount, PricingLine, PricingRate, PricingRows } from "@/db/pricing";
import { type Against, IDLE, reasonAgainst } from "./discount-reasons";
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

export type QuoteRefusal = {
  id: string;
  code: string | null;
  title: string;
  reason: string;
  isIdle: boolean;
};

export type Quote = {
  currency: string;
  pricesIncludeTax: boolean;
  /** All lines of the cart in order; only `ok` and `short` ones are priced. */
  lines: QuoteLine[];
  /** Deliveries for the place that fit the weight and subtotal; empty while no place is known. */
  rates: QuoteRate[];
  chosenRate: QuoteRate | null;
  discounts: QuoteDiscount[];
  /** Discounts that do not hold, by code and by themselves, each with its reason as a sentence. */
  refused: QuoteRefusal[];
  /** The code in the cart takes nothing off: why, in a sentence. An idle one holds but is not needed, and is not used. */
  refusedCode: { code: string; reason: string; isIdle: boolean } | null;
  totals: Totals;
  /** True where a line needs the shopper's look before ordering. */
  needsAttention: boolean;
};

/**
 * Quotes a cart. Discounts combine in one order: those that apply by themselves, the oldest first, then the code; each
 * works on what those before it left, so that together they never take more than there is. `rateId` chooses a delivery; the cheapest stands in while none is chosen but a place is known.
 */
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
  const cart: Against = {
    subtotal,
    itemIds: priced.map(({ itemId }) => itemId),
    currency: rows.settings.currency,
  };
  const sorted = [...rows.discounts].sort(byTurn);
  const held = sorted.filter((discount) => !reasonAgainst(discount, cart));
  const applied = held.map((discount) => toApplied(discount, priced));
  const goods = priceOrder({ ...base, discounts: applied });
  const worth = goods.subtotal - goods.discount;
  const weight = priced.reduce((sum, line) => sum + line.weight * line.buyable, 0);
  const rates = ratesFor(rows.rates, worth, weight);
  const cheapest = [...rates].sort((a, b) => a.price - b.price)[0];
  const chosenRate = rates.find((rate) => rate.id === rateId) ?? (rateId ? null : (cheapest ?? null));
  const shipping = chosenRate ? { amount: chosenRate.price, taxRate: rows.shippingTaxRate } : null;
  const totals = priceOrder({ ...base, discounts: applied, shipping });
  const amountOf = (discount: PricingDiscount) => totals.discounts[held.indexOf(discount)]?.amount ?? 0;
  const refused = sorted.flatMap((discount): QuoteRefusal[] => {
    const { id, code, title } = discount;
    const against = reasonAgainst(discount, cart);
    if (against) return [{ id, code, title, reason: against, isIdle: false }];
    // Free shipping waits until it is known what shipping costs.
    const isOpen = discount.kind === "free_shipping" ? shipping === null : priced.length === 0;
    return isOpen || amountOf(discount) > 0 ? [] : [{ id, code, title, reason: IDLE, isIdle: true }];
  });
  return {
    currency: rows.settings.currency,
    pricesIncludeTax: rows.settings.pricesIncludeTax,
    lines,
    rates,
    chosenRate,
    discounts: held
      .filter((discount) => !refused.some(({ id }) => id === discount.id))
      .map((discount) => ({
        id: discount.id,
        code: discount.code,
        title: discount.title,
        amount: amountOf(discount),
      })),
    refused,
    refusedCode: refusedCode(rows, refused),
    totals,
    needsAttention: lines.some((line) => line.state !== "ok" || line.priceChange !== null),
  };
}

function quoteLine(line: PricingLine): QuoteLine {
  const changed = line.price !== line.priceSnapshot;
  const state = stateOf(line);
  const buyable = state === "short" ? line.room : line.quantity;
  return {
    ...line,
    state,
    buyable,
    priceChange: changed ? { from: line.priceSnapshot, to: line.price } : null,
    subtotal: line.price * buyable,
  };
}

function stateOf({ isForSale, room, quantity }: PricingLine): LineState {
  if (!isForSale) return "gone";
  if (room >= quantity) return "ok";
  return room > 0 ? "short" : "sold_out";
}

/** The deliveries that take goods of this worth (minor units, after discounts) and weight (grams), with their prices. */
export const ratesFor = (rates: readonly PricingRate[], worth: number, weight: number): QuoteRate[] =>
  rates.filter((rate) => fits(rate, worth, weight)).map((rate) => ({ ...rate, price: priceOf(rate, worth) }));

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

function byTurn(a: PricingDiscount, b: PricingDiscount): number {
  if ((a.code === null) !== (b.code === null)) return a.code === null ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

function refusedCode(
  { discountCode: code, discounts }: PricingRows,
  refused: readonly QuoteRefusal[],
): Quote["refusedCode"] {
  if (!code) return null;
  const isIt = (one: { code: string | null }) => one.code?.toUpperCase() === code.toUpperCase();
  if (!discounts.some(isIt)) return { code, reason: "There is no such code.", isIdle: false };
  const found = refused.find(isIt);
  return found ? { code, reason: found.reason, isIdle: found.isIdle } : null;
}
