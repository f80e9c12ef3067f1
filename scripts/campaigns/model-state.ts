/** The model: a shop in a few numbers of its own, against which the real one is held after every step. */

/** Minor units, as in the cast: prices hold 19 % tax, shipping costs 490, the shop keeps 15 % of what an owner sells. */
export const PRICE = 2_000;
export const SHIPPING = 490;
export const CODE_OFF = 300;

export interface ModelOrder {
  readonly orderId: string;
  readonly shelf: number;
  readonly quantity: number;
  readonly hasCode: boolean;
  status: "pending" | "confirmed" | "shipped" | "delivered" | "completed" | "cancelled";
  captured: number;
  /** In all; `goodsBack` of it for the goods, and how many of them are paid back as pieces. */
  refunded: number;
  goodsBack: number;
  piecesBack: number;
  dispute: "none" | "open" | "won" | "lost";
  /** What its owner has been paid of it. */
  paidOut: number;
  readonly returns: {
    readonly id: string;
    readonly quantity: number;
    status: "approved" | "received" | "refunded";
  }[];
}

export interface Model {
  readonly shelves: { onHand: number; reserved: number }[];
  readonly orders: ModelOrder[];
  readonly codeLimit: number;
  codeUsed: number;
  /** What the owner was owed before, less what was paid of it. */
  owedBefore: number;
}

export const goodsOf = ({ quantity, hasCode }: ModelOrder): number =>
  quantity * PRICE - (hasCode ? CODE_OFF : 0);
export const totalOf = (order: ModelOrder): number => goodsOf(order) + SHIPPING;
export const isHeld = ({ dispute }: ModelOrder): boolean => dispute === "open" || dispute === "lost";

const half = (amount: number, of: number, by: number): number =>
  Math.floor((amount * of * 2 + by) / (by * 2));

/** Whether an amount may go back, and what is left then: goods first, then shipping. */
export function giveAmount(order: ModelOrder, amount: number): boolean {
  if (order.captured === 0 || isHeld(order) || amount > totalOf(order) - order.refunded) return false;
  order.goodsBack += Math.min(amount, goodsOf(order) - order.goodsBack);
  order.refunded += amount;
  return true;
}

/** What the next `pieces` cost, less what went back of their price already. */
export function priceOfPieces(order: ModelOrder, pieces: number): number {
  return Math.max(0, half(goodsOf(order), order.piecesBack + pieces, order.quantity) - order.goodsBack);
}

/** Pays pieces back; answers the sum, null where that may not be. */
export function givePieces(order: ModelOrder, pieces: number): number | null {
  if (order.captured === 0 || pieces > order.quantity - order.piecesBack) return null;
  const amount = priceOfPieces(order, pieces);
  if (amount > 0 && isHeld(order)) return null;
  if (amount > totalOf(order) - order.refunded) return null;
  if (amount === 0) return 0;
  order.piecesBack += pieces;
  order.goodsBack += amount;
  order.refunded += amount;
  return amount;
}

/** All that is left goes back, unless the bank holds it. */
export function giveRest(order: ModelOrder): void {
  if (order.captured === 0 || isHeld(order)) return;
  order.refunded = order.captured;
  order.goodsBack = goodsOf(order);
  order.piecesBack = order.quantity;
}

/** An order ends without a sale, or after one: stock, coupon and money go back. */
export function giveBack(model: Model, order: ModelOrder): void {
  const shelf = shelfOf(model, order);
  if (order.status === "pending") shelf.reserved -= order.quantity;
  else shelf.onHand += order.quantity;
  order.status = "cancelled";
  giveRest(order);
  if (order.hasCode) model.codeUsed -= 1;
}

/** The sale of a pending order. */
export function sell(model: Model, order: ModelOrder): void {
  const shelf = shelfOf(model, order);
  shelf.onHand -= order.quantity;
  shelf.reserved -= order.quantity;
  order.status = "confirmed";
  order.captured = totalOf(order);
}

/** Money for an order that expired: everything succeeds again, or it all goes back. */
export function payLate(model: Model, order: ModelOrder): void {
  const shelf = shelfOf(model, order);
  order.captured = totalOf(order);
  const isThere = shelf.onHand - shelf.reserved >= order.quantity;
  if (!isThere || (order.hasCode && model.codeUsed >= model.codeLimit)) {
    giveRest(order);
    return;
  }
  shelf.onHand -= order.quantity;
  if (order.hasCode) model.codeUsed += 1;
  order.status = "confirmed";
}

/** What an owner earned of an order as it stands: net of tax, refunds and the shop's part; nothing where the bank took it. */
export function earnedOf(order: ModelOrder): number {
  if (order.status !== "completed" || order.dispute === "lost") return 0;
  const goods = goodsOf(order);
  const tax = half(goods, 19, 119);
  const net = goods - tax - (order.goodsBack - half(tax, order.goodsBack, goods));
  return net - half(net, 15, 100);
}

export const owed = ({ orders, owedBefore }: Model): number =>
  orders.reduce((sum, order) => sum + earnedOf(order) - order.paidOut, owedBefore);

/** Pays the owner what is due; answers the sum, null where that may not be. What a dispute may still take waits. */
export function payOut(model: Model): number | null {
  if (owed(model) < 0) return null;
  const due = model.orders.filter((order) => order.dispute !== "open" || earnedOf(order) <= order.paidOut);
  const amount = due.reduce((sum, order) => sum + earnedOf(order) - order.paidOut, model.owedBefore);
  if (amount <= 0) return null;
  for (const order of due) order.paidOut = earnedOf(order);
  model.owedBefore = 0;
  return amount;
}

export function shelfOf(model: Model, order: ModelOrder): { onHand: number; reserved: number } {
  const shelf = model.shelves[order.shelf];
  if (!shelf) throw new Error("no such shelf");
  return shelf;
}
