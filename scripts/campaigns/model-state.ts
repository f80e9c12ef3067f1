/** The model: a shop in a few numbers, against which the real one is held after every step. */

export interface ModelOrder {
  readonly orderId: string;
  readonly shelf: number;
  readonly quantity: number;
  readonly hasCode: boolean;
  readonly total: number;
  status: "pending" | "confirmed" | "cancelled";
  captured: number;
  refunded: number;
}

export interface Model {
  readonly shelves: { onHand: number; reserved: number }[];
  readonly orders: ModelOrder[];
  readonly codeLimit: number;
  codeUsed: number;
}

/** What an order does to its shelf when it ends without a sale, or after one. */
export function giveBack(model: Model, order: ModelOrder): void {
  const shelf = model.shelves[order.shelf];
  if (!shelf) throw new Error("no such shelf");
  if (order.status === "pending") shelf.reserved -= order.quantity;
  else shelf.onHand += order.quantity;
  order.status = "cancelled";
  order.refunded = order.captured;
  if (order.hasCode) model.codeUsed -= 1;
}

/** The sale of a pending order. */
export function sell(model: Model, order: ModelOrder): void {
  const shelf = model.shelves[order.shelf];
  if (!shelf) throw new Error("no such shelf");
  shelf.onHand -= order.quantity;
  shelf.reserved -= order.quantity;
  order.status = "confirmed";
  order.captured = order.total;
}
