/** Refunds: what a wish to give money back pays, per line, with tax and shipping. Pure; all amounts in minor units. */
import { ShopError } from "./errors";
import { allocate, formatMoney, ratio } from "./money";
import { refundOfPieces } from "./pricing";

/** Something that was paid and may be given back piece by piece: `total` contains `tax`. */
export interface Refundable {
  readonly total: number;
  readonly tax: number;
  /** Live refunds of it so far. */
  readonly refunded: number;
  readonly refundedTax: number;
}

export interface RefundableLine extends Refundable {
  readonly id: string;
  readonly name: string;
  readonly quantity: number;
  readonly refundedQuantity: number;
}

export interface RefundableOrder {
  readonly currency: string;
  readonly lines: readonly RefundableLine[];
  /** What the shopper paid for shipping, its tax included whatever the prices say. */
  readonly shipping: Refundable;
}

export interface RefundWish {
  /** Pieces of lines; a line named twice counts together. */
  readonly lines: readonly { readonly orderLineId: string; readonly quantity: number }[];
  /** What the shopper gets back for shipping, tax included, or all that is left of it. */
  readonly shipping: number | "all";
  /**
   * Without lines: a sum over all that is left, goods first, then shipping. With lines: what the named pieces pay
   * instead of their price, never more than is left of those lines.
   */
  readonly amount?: number | undefined;
}

export interface PlannedLine {
  readonly orderLineId: string;
  readonly quantity: number;
  readonly amount: number;
  readonly tax: number;
}

export interface RefundPlan {
  readonly amount: number;
  readonly tax: number;
  /** Tax included. */
  readonly shipping: number;
  readonly shippingTax: number;
  readonly lines: readonly PlannedLine[];
}

/** What is left of a line or of the shipping. */
export const leftOf = ({ total, refunded }: Refundable): number => total - refunded;

/** All that is left of an order. */
export const leftInAll = ({ lines, shipping }: RefundableOrder): number =>
  lines.reduce((sum, line) => sum + leftOf(line), 0) + leftOf(shipping);

/**
 * Works out a refund. Pieces pay by `refundOfPieces`; an amount alone is spread over what is left of the lines by
 * largest remainder. Taxes follow cumulatively, so that refunds of everything sum to exactly the order's figures.
 * @throws ShopError invalid_input naming `lines`, `shipping` or `amount` with what is left
 */
export function planRefund(order: RefundableOrder, wish: RefundWish): RefundPlan {
  if (wish.amount !== undefined && !(Number.isSafeInteger(wish.amount) && wish.amount > 0))
    throw refused({ amount: "Tell an amount above zero." });
  const pieces = piecesOf(order, wish);
  if (wish.amount !== undefined && pieces.length === 0) {
    if (wish.shipping !== 0) throw refused({ amount: "An amount alone has its shipping in it." });
    return planAmount(order, wish.amount);
  }
  const prices = pieces.map(({ line, quantity }) =>
    refundOfPieces({ ...line, refundedAmount: line.refunded, pieces: quantity }),
  );
  const lefts = pieces.map(({ line }) => leftOf(line));
  const amounts = wish.amount === undefined ? prices : share(order, wish.amount, prices, lefts);
  return assemble(
    order,
    pieces.map(({ line, quantity }, i) => ({ line, quantity, amount: amounts[i] ?? 0 })),
    shippingOf(order, wish.shipping),
  );
}

/** A sum over what is left: goods first, then shipping. @throws ShopError invalid_input for more than is left */
export function planAmount(order: RefundableOrder, amount: number): RefundPlan {
  const left = leftInAll(order);
  if (amount > left) throw refused({ amount: atMost(left, order.currency) });
  const lefts = order.lines.map(leftOf);
  const ofGoods = Math.min(amount, sum(lefts));
  const shares = allocate(ofGoods, lefts);
  return assemble(
    order,
    order.lines.map((line, i) => ({ line, quantity: 0, amount: shares[i] ?? 0 })),
    amount - ofGoods,
  );
}

/** A plan of which only `amount` is there to pay: its pieces stay, their money is shared, shipping gets what is beyond. */
export function planLess(order: RefundableOrder, plan: RefundPlan, amount: number): RefundPlan {
  const wanted = plan.lines.map((line) => line.amount);
  const ofGoods = Math.max(0, Math.min(amount, sum(wanted)));
  const shares = allocate(ofGoods, wanted);
  const parts = plan.lines.flatMap(({ orderLineId, quantity }, i) => {
    const line = order.lines.find(({ id }) => id === orderLineId);
    return line ? [{ line, quantity, amount: shares[i] ?? 0 }] : [];
  });
  return assemble(order, parts, Math.max(0, amount - ofGoods));
}

/** A refund as it was made before: the same pieces and sums. @throws ShopError invalid_input for more than is left */
export function planAgain(
  order: RefundableOrder,
  { lines, shipping }: { lines: readonly Omit<PlannedLine, "tax">[]; shipping: number },
): RefundPlan {
  const parts = lines.map(({ orderLineId, quantity, amount }) => {
    const line = order.lines.find(({ id }) => id === orderLineId);
    if (!line) throw new ShopError("not_found", { what: "line of the order" });
    if (quantity > line.quantity - line.refundedQuantity || amount > leftOf(line))
      throw refused({ lines: `Less than that is left of ${line.name}.` });
    return { line, quantity, amount };
  });
  return assemble(order, parts, shippingOf(order, shipping));
}

/**
 * A plan whose sum the gateway can pay: a multiple of `step` minor units, rounded up for the shopper. The difference
 * goes to the plan's lines, then to others, then to shipping, and later refunds of them pay that much less.
 */
export function inSteps(order: RefundableOrder, plan: RefundPlan, step: number): RefundPlan {
  let more = (step - (plan.amount % step)) % step;
  if (more === 0 || more > leftInAll(order) - plan.amount) return plan;
  const amounts = new Map(plan.lines.map((line) => [line.orderLineId, line]));
  const planned = order.lines.filter(({ id }) => amounts.has(id));
  const parts = [...planned, ...order.lines.filter(({ id }) => !amounts.has(id))].map((line) => {
    const { quantity = 0, amount = 0 } = amounts.get(line.id) ?? {};
    const extra = Math.min(more, leftOf(line) - amount);
    more -= extra;
    return { line, quantity, amount: amount + extra };
  });
  return assemble(order, parts, plan.shipping + more);
}

/** Everything that is left, pieces included. */
export function planRest(order: RefundableOrder): RefundPlan {
  const lines = order.lines.map((line) => ({
    line,
    quantity: line.quantity - line.refundedQuantity,
    amount: leftOf(line),
  }));
  return assemble(order, lines, leftOf(order.shipping));
}

/**
 * The tax in `amount` more of something: cumulative, rounded half up, and kept where what is left after it can still
 * be given back exactly even when refunds in between failed.
 */
export function taxIn(of: Refundable, amount: number): number {
  if (of.total === 0) return 0;
  const taxLeft = of.tax - of.refundedTax;
  const aim = ratio(of.tax, of.refunded + amount, of.total) - of.refundedTax;
  const least = Math.max(0, taxLeft - (leftOf(of) - amount));
  return Math.max(least, Math.min(aim, amount, taxLeft));
}

function assemble(
  order: RefundableOrder,
  parts: readonly { line: RefundableLine; quantity: number; amount: number }[],
  shipping: number,
): RefundPlan {
  const lines = parts
    .filter(({ quantity, amount }) => quantity > 0 || amount > 0)
    .map(({ line, quantity, amount }) => ({
      orderLineId: line.id,
      quantity,
      amount,
      tax: taxIn(line, amount),
    }));
  const shippingTax = taxIn(order.shipping, shipping);
  return {
    amount: sum(lines.map((line) => line.amount)) + shipping,
    tax: sum(lines.map((line) => line.tax)) + shippingTax,
    shipping,
    shippingTax,
    lines,
  };
}

function piecesOf(order: RefundableOrder, { lines }: RefundWish) {
  const wanted = new Map<string, number>();
  for (const { orderLineId, quantity } of lines) {
    if (!Number.isSafeInteger(quantity) || quantity < 0)
      throw refused({ lines: "Count the items in whole numbers." });
    if (quantity > 0) wanted.set(orderLineId, (wanted.get(orderLineId) ?? 0) + quantity);
  }
  return [...wanted].map(([id, quantity]) => {
    const line = order.lines.find((one) => one.id === id);
    if (!line) throw new ShopError("not_found", { what: "line of the order" });
    const left = line.quantity - line.refundedQuantity;
    if (quantity > left) throw refused({ lines: `Only ${left} of ${line.name} left to refund.` });
    return { line, quantity };
  });
}

function shippingOf({ shipping, currency }: RefundableOrder, wish: number | "all"): number {
  const left = leftOf(shipping);
  if (wish === "all") return left;
  if (!Number.isSafeInteger(wish) || wish < 0) throw refused({ shipping: "Tell an amount of zero or more." });
  if (wish > left) throw refused({ shipping: atMost(left, currency) });
  return wish;
}

/** A sum over named lines: by what their pieces cost, and by what is left where one line cannot bear its share. */
function share(
  { currency }: RefundableOrder,
  amount: number,
  prices: readonly number[],
  lefts: readonly number[],
): number[] {
  const left = sum(lefts);
  if (amount > left) throw refused({ amount: atMost(left, currency) });
  const byPrice = allocate(amount, prices);
  return byPrice.every((part, i) => part <= (lefts[i] ?? 0)) ? byPrice : allocate(amount, lefts);
}

const refused = (fields: Record<string, string>) => new ShopError("invalid_input", { fields });
const atMost = (left: number, currency: string) => `At most ${formatMoney(left, currency)} is left.`;
const sum = (amounts: readonly number[]) => amounts.reduce((a, b) => a + b, 0);
