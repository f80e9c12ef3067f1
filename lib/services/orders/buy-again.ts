/** Buys an order again: what is still for sale goes into the cart at live prices, and the rest is told with its reason. */
import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { orderLines, orders } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import type { Shopper } from "@/lib/domain/actors";
import { isShopError, ShopError } from "@/lib/domain/errors";
import * as cart from "@/lib/services/cart";
import { countOf, holderOf, openCart } from "@/lib/services/holders";
import { once, type RequestKey } from "@/lib/services/once";
import { boughtBy } from "./access";

export interface BoughtAgain {
  /** Pieces that were put into the cart. */
  readonly added: number;
  /** Pieces in the whole cart then. */
  readonly count: number;
  /** What could not be had, or not as many of; `reason` is a sentence. */
  readonly missing: readonly { readonly name: string; readonly reason: string }[];
}

/**
 * Puts the lines of an order that the shopper bought into their cart, as many of each as there are; once per `key`.
 * @throws ShopError not_found for other people's orders
 */
export async function buyAgain(shopper: Shopper, orderId: string, key?: RequestKey): Promise<BoughtAgain> {
  return withTx(async (tx) => {
    const lines = await tx
      .select({
        variantId: orderLines.variantId,
        quantity: orderLines.quantity,
        productName: orderLines.productName,
        variantTitle: orderLines.variantTitle,
      })
      .from(orderLines)
      .innerJoin(orders, and(eq(orders.id, orderLines.orderId), boughtBy(shopper)))
      .where(eq(orders.id, orderId))
      .orderBy(orderLines.position);
    if (lines.length === 0) throw new ShopError("not_found", { what: "order" });
    return once(tx, shopper, `buy again:${orderId}`, key, () => addAll(tx, shopper, lines));
  });
}

async function addAll(tx: Tx, shopper: Shopper, lines: readonly Line[]): Promise<BoughtAgain> {
  let added = 0;
  const missing: { name: string; reason: string }[] = [];
  for (const line of lines) {
    const put = await putBack(tx, shopper, line);
    added += put.added;
    if (put.reason) missing.push({ name: nameOf(line), reason: put.reason });
  }
  return { added, missing, ...(await countOf(tx, await openCart(tx, holderOf(shopper)))) };
}

interface Line {
  readonly variantId: string;
  readonly quantity: number;
  readonly productName: string;
  readonly variantTitle: string;
}

async function putBack(
  tx: Tx,
  shopper: Shopper,
  { variantId, quantity }: { variantId: string; quantity: number },
): Promise<{ added: number; reason?: string }> {
  const reason = await tryToAdd(tx, shopper, { variantId, quantity });
  if (!reason) return { added: quantity };
  // As many as there are: what lies in the cart already counts.
  const room = isShopError(reason, "sold_out") ? (reason.data.lines[0]?.available ?? 0) : 0;
  const asked = isShopError(reason, "sold_out") ? (reason.data.lines[0]?.requested ?? 0) : 0;
  const some = room - (asked - quantity);
  if (some > 0 && !(await tryToAdd(tx, shopper, { variantId, quantity: some })))
    return { added: some, reason: reason.message };
  return { added: 0, reason: reason.message };
}

/** The refusal, or undefined where it was added. A refusal changed nothing and leaves the transaction usable. */
async function tryToAdd(
  tx: Tx,
  shopper: Shopper,
  line: { variantId: string; quantity: number },
): Promise<ShopError | undefined> {
  try {
    await cart.add(shopper, line, tx);
    return undefined;
  } catch (error) {
    if (isShopError(error)) return error;
    throw error;
  }
}

const nameOf = ({ productName, variantTitle }: Line) =>
  variantTitle ? `${productName}, ${variantTitle}` : productName;
