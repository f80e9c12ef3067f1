/** Places an order: one transaction turns a checkout into an order that holds its stock, once, whatever is repeated. */
import { and, desc, eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { inOneGo } from "@/db/in-one-go";
import { type PricingRows, readPricing } from "@/db/pricing";
import { carts } from "@/db/schema/cart";
import { checkouts } from "@/db/schema/checkout";
import { orders } from "@/db/schema/orders";
import { withTx } from "@/db/tx";
import { type Shopper, userIdOf } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { fingerprintOf } from "@/lib/domain/fingerprint";
import { cardRefusal, type PaymentMethod } from "@/lib/domain/payments";
import { type Quote, quoteCart } from "@/lib/domain/quote";
import { enqueue } from "@/lib/queue";
import { hold, type Noted, noteHolds } from "@/lib/services/inventory/reserve";
import type { Counted } from "@/lib/services/limits";
import { confirm } from "@/lib/services/orders/confirm";
import { orderKey } from "@/lib/services/orders/link";
import { newOrderNumber } from "@/lib/services/orders/number";
import { bookFree } from "@/lib/services/payments/capture";
import { declinesOf, refuseAfterDeclines } from "@/lib/services/payments/declines";
import { countUses, redemptionStatements } from "./redeem";
import { heldBy } from "./steps";
import { holdEnd, orderStatement, partStatements } from "./write-order";

export interface Placed {
  readonly orderId: string;
  readonly number: string;
  /** Opens the order's page without an account. */
  readonly key: string;
  readonly method: PaymentMethod;
  /** Minor units. */
  readonly total: number;
}

export interface PlaceInput {
  readonly method: PaymentMethod;
  /** What the page showed, in minor units. */
  readonly expectedTotal: number;
  /** `fingerprintOf` the quote that the page showed: sees a swapped cart of the same total, too. */
  readonly fingerprint?: string | undefined;
  /** From the page, so that a repeated request finds its order; the open checkout of the cart when left out. */
  readonly checkoutId?: string | undefined;
  /** Of an order by hand that is paid by bank transfer: how long it waits and holds its stock. */
  readonly holdDays?: number | undefined;
}

type Checkout = typeof checkouts.$inferSelect;
type Cart = typeof carts.$inferSelect;
type Order = typeof orders.$inferSelect;

/**
 * Places the order of the shopper's checkout. Repeating it answers the same order. Cash on delivery and orders that
 * cost nothing are confirmed at once; a card order is `pending` and holds its stock for the payment window.
 * @throws ShopError cart_empty, checkout_incomplete, no_shipping, cart_changed (the total is not what was shown),
 * sold_out (naming the lines), discount_refused, unavailable (cash on delivery), amount_too_small, amount_too_large, card_impossible, cards_declined (for a card)
 */
export async function place(
  shopper: Shopper,
  input: PlaceInput,
  numberOf: (prefix: string) => string = newOrderNumber,
): Promise<Placed> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await withTx((tx) => placeOnce(tx, shopper, input, numberOf));
    } catch (error) {
      // A clash is a matter of one in billions: the unique key sees it, and another number is drawn.
      if (attempt === NUMBERS_TRIED || !isTakenNumber(error)) throw error;
    }
  }
}

const NUMBERS_TRIED = 3;

async function placeOnce(
  tx: Tx,
  shopper: Shopper,
  input: PlaceInput,
  numberOf: (prefix: string) => string,
): Promise<Placed> {
  const found = await lockCheckout(tx, shopper, input.checkoutId);
  if (!found) return placedBefore(tx, shopper, input.checkoutId);
  if (input.method === "card") refuseAfterDeclines(found.declines);
  const guestTokenHash = shopper.kind === "guest" ? shopper.tokenHash : null;
  const buyer = { userId: userIdOf(shopper), guestTokenHash };
  return placeLocked(tx, shopper, { ...found, buyer }, input, numberOf);
}

/** What becomes an order, and whose it is: whoever orders by hand for somebody else is not who buys. */
export interface Ordered {
  readonly cart: Cart;
  readonly checkout: Checkout;
  readonly buyer: { readonly userId: string | null; readonly guestTokenHash: string | null };
}

/** Places the order of a locked cart and checkout; throws as `place` does. The number may turn out to be taken. */
export async function placeLocked(
  tx: Tx,
  shopper: Shopper,
  { cart, checkout, buyer }: Ordered,
  input: PlaceInput,
  numberOf: (prefix: string) => string = newOrderNumber,
): Promise<Placed> {
  const { pricing, quote } = await priceOf(tx, cart, checkout);
  const method = methodOf(pricing, quote, input);
  const { orderPrefix } = pricing.settings;
  const isTransfer = method === "bank_transfer";
  const minutes = isTransfer ? (input.holdDays ?? 0) * 1_440 : pricing.settings.paymentWindowMinutes;
  const id = newId();
  const fresh = { id, number: numberOf(orderPrefix) };
  const source = { cart, checkout, buyer, pricing, quote, method, minutes };
  const customer = { email: checkout.email ?? "", userId: buyer.userId };
  await countUses(tx, quote, customer);
  const runAt = holdEnd(minutes);
  const items = wanted(quote);
  const expire = () => enqueue(tx, "orders.expire", { orderId: id }, { key: `orders.expire:${id}`, runAt });
  // What needs no answer is sent in one go; the stock comes last, so that a hot row is locked briefly.
  const [[order], noted] = await inOneGo<[Order[], Noted, ...unknown[]]>([
    orderStatement(tx, fresh, source),
    () => noteHolds(tx, id, items, runAt),
    ...partStatements(tx, shopper, fresh, source),
    ...redemptionStatements(tx, quote, id, customer),
    ...closingStatements(tx, cart, checkout, quote),
    ...(method === "card" || isTransfer ? [expire] : []),
  ]);
  if (!order?.expiresAt) throw new Error("an inserted order was not answered");
  await hold(tx, id, items, runAt, noted);
  if (method !== "card" && !isTransfer)
    await confirm(tx, shopper, order, method === "none" ? "Nothing to pay" : "Cash on delivery");
  if (method === "none") await bookFree(tx, order);
  return { orderId: id, number: fresh.number, key: orderKey(id), method, total: quote.totals.total };
}

function isTakenNumber(error: unknown): boolean {
  const { cause } = error as { cause?: { constraint_name?: string } };
  return cause?.constraint_name === "orders_number_unique";
}

async function lockCheckout(
  tx: Tx,
  shopper: Shopper,
  checkoutId: string | undefined,
): Promise<{ cart: Cart; checkout: Checkout; declines: Counted } | undefined> {
  const mine = and(heldBy(shopper), eq(carts.status, "active"));
  const itsId = tx.select({ id: carts.id }).from(carts).where(mine);
  const [[cart], [checkout], declines] = await inOneGo<[Cart[], Checkout[], Counted]>([
    () => tx.select().from(carts).where(mine).for("update"),
    () =>
      tx
        .select()
        .from(checkouts)
        .where(and(inArray(checkouts.cartId, itsId), eq(checkouts.status, "open")))
        .for("update"),
    () => declinesOf(tx, shopper),
  ]);
  if (!cart) return undefined;
  if (checkoutId && checkout?.id !== checkoutId) return undefined;
  if (!checkout && (await lastPlaced(tx, shopper))) return undefined;
  if (!checkout?.email || !checkout.shippingAddress)
    throw new ShopError("checkout_incomplete", { step: "address" });
  return { cart, checkout, declines };
}

/** A replay: the order that this checkout became. Without a checkout: the one placed a moment ago. @throws cart_empty */
async function placedBefore(tx: Tx, shopper: Shopper, checkoutId: string | undefined): Promise<Placed> {
  const [order] = checkoutId
    ? await tx
        .select()
        .from(orders)
        .where(and(eq(orders.checkoutId, checkoutId), boughtBy(shopper)))
    : [await lastPlaced(tx, shopper)];
  if (!order) throw new ShopError("cart_empty", {});
  const { id: orderId, number, total } = order;
  return { orderId, number, key: orderKey(orderId), method: order.paymentMethod as PaymentMethod, total };
}

/** Two minutes: longer than any double click, shorter than a second purchase of the same things. */
async function lastPlaced(tx: Tx, shopper: Shopper): Promise<typeof orders.$inferSelect | undefined> {
  const [order] = await tx
    .select()
    .from(orders)
    .where(and(boughtBy(shopper), sql`${orders.placedAt} > shop_now() - interval '2 minutes'`))
    .orderBy(desc(orders.placedAt))
    .limit(1);
  return order;
}

function boughtBy(shopper: Shopper) {
  if (shopper.kind !== "guest") return eq(orders.userId, shopper.userId);
  return shopper.tokenHash ? eq(orders.guestTokenHash, shopper.tokenHash) : sql`false`;
}

async function priceOf(
  tx: Tx,
  cart: Cart,
  checkout: Checkout,
): Promise<{ pricing: PricingRows; quote: Quote }> {
  const address = checkout.shippingAddress;
  const place = address && { country: address.country, region: address.region };
  const pricing = await readPricing(tx, cart.id, { place, email: checkout.email });
  const quote = quoteCart(pricing, { rateId: checkout.shippingRateId });
  const isEmpty = quote.totals.lines.length === 0;
  // Sold-out lines stay behind as long as there is something else to buy.
  const short = quote.lines.filter(({ state }) => state === "short" || (isEmpty && state === "sold_out"));
  if (short.length > 0) {
    const lines = short.map(({ variantId, productName: name, quantity, room }) => ({
      variantId,
      name,
      requested: quantity,
      available: room,
    }));
    throw new ShopError("sold_out", { lines });
  }
  if (isEmpty) throw new ShopError("cart_empty", {});
  if (quote.rates.length === 0) throw new ShopError("no_shipping", { country: address?.country ?? "" });
  if (!checkout.shippingRateId || !quote.chosenRate)
    throw new ShopError("checkout_incomplete", { step: "delivery" });
  if (quote.refusedCode && !quote.refusedCode.isIdle)
    throw new ShopError("discount_refused", { reason: quote.refusedCode.reason });
  return { pricing, quote };
}

/** What the shopper saw is what is charged; a total of nothing needs no payment. */
function methodOf(
  { settings }: PricingRows,
  quote: Quote,
  { method, expectedTotal, fingerprint, holdDays }: PlaceInput,
): PaymentMethod {
  const { totals, currency } = quote;
  if (totals.total !== expectedTotal) throw new ShopError("cart_changed", { reason: "total" });
  if (fingerprint && fingerprint !== fingerprintOf(quote))
    throw new ShopError("cart_changed", { reason: "goods" });
  if (totals.total === 0) return "none";
  if (method === "none") throw new ShopError("checkout_incomplete", { step: "payment" });
  if (method === "bank_transfer" && !holdDays) throw new ShopError("unavailable", { what: "Bank transfer" });
  const { cashOnDelivery, cashOnDeliveryLimit } = settings;
  const isTooMuch = cashOnDeliveryLimit !== null && totals.total > cashOnDeliveryLimit;
  if (method === "cash_on_delivery" && (!cashOnDelivery || isTooMuch)) {
    throw new ShopError("unavailable", { what: "Cash on delivery" });
  }
  const refusal = method === "card" ? cardRefusal(totals.total, currency) : null;
  if (refusal) throw refusal;
  return method;
}

/** The cart is `ordered`; lines that could not be bought go into a fresh one, so that nothing is lost. */
function closingStatements(tx: Tx, cart: Cart, checkout: Checkout, quote: Quote) {
  const left = quote.lines.filter((line) => line.state === "gone" || line.state === "sold_out");
  const fresh = newId();
  const ids = sql.join(
    left.map((line) => sql`${line.itemId}::uuid`),
    sql`, `,
  );
  const holder = { userId: cart.userId, guestTokenHash: cart.guestTokenHash };
  return [
    () => tx.update(checkouts).set({ status: "placed" }).where(eq(checkouts.id, checkout.id)),
    () => tx.update(carts).set({ status: "ordered" }).where(eq(carts.id, cart.id)),
    ...(left.length > 0
      ? [
          () => tx.insert(carts).values({ id: fresh, ...holder }),
          () => tx.execute(sql`UPDATE cart_items SET cart_id = ${fresh} WHERE id IN (${ids})`),
        ]
      : []),
  ];
}

function wanted(quote: Quote) {
  const priced = new Set(quote.totals.lines.map((line) => line.id));
  return quote.lines
    .filter((line) => priced.has(line.itemId))
    .map(({ variantId, quantity, productName, variantTitle }) => ({
      variantId,
      quantity,
      name: variantTitle ? `${productName}, ${variantTitle}` : productName,
    }));
}
