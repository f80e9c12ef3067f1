/** Writes the rows of a new order: snapshots of lines and addresses, one part per owner, the payment before any intent. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import type { PricingRows } from "@/db/pricing";
import type { carts } from "@/db/schema/cart";
import type { checkouts } from "@/db/schema/checkout";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderAddresses, orderLines, orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import type { Shopper } from "@/lib/domain/actors";
import type { PaymentMethod } from "@/lib/domain/payments";
import type { Quote } from "@/lib/domain/quote";
import { env } from "@/lib/env";
import { record } from "@/lib/services/orders/transition";

interface Source {
  readonly cart: typeof carts.$inferSelect;
  readonly checkout: typeof checkouts.$inferSelect;
  readonly buyer: { readonly userId: string | null; readonly guestTokenHash: string | null };
  readonly pricing: PricingRows;
  readonly quote: Quote;
  readonly method: PaymentMethod;
  /** How long the order waits for its money and holds its stock. */
  readonly minutes: number;
}

/** A statement of a transaction that was not sent yet. */
type Statement = () => PromiseLike<unknown>;

/** Who the new order is: its id and number are made before its rows are. */
export interface NewOrder {
  readonly id: string;
  readonly number: string;
}

/** The statement that writes the pending order; answers it. Its hold ends by the database's clock. */
export function orderStatement(tx: Tx, { id, number }: NewOrder, source: Source) {
  const { totals, chosenRate, refusedCode, currency, pricesIncludeTax } = source.quote;
  return () =>
    tx
      .insert(orders)
      .values({
        id,
        number,
        checkoutId: source.checkout.id,
        cartId: source.cart.id,
        ...source.buyer,
        email: source.checkout.email ?? "",
        paymentMethod: source.method,
        currency,
        pricesIncludeTax,
        subtotal: totals.subtotal,
        discount: totals.discount,
        shipping: totals.shipping,
        shippingTax: totals.shippingTax,
        tax: totals.tax,
        total: totals.total,
        discountCode: refusedCode ? null : source.pricing.discountCode,
        shippingRateName: chosenRate?.name ?? "",
        shippingTaxRate: source.pricing.shippingTaxRate,
        deliveryDaysMin: chosenRate?.daysMin ?? 0,
        deliveryDaysMax: chosenRate?.daysMax ?? 0,
        note: source.checkout.note,
        expiresAt: holdEnd(source.minutes) as unknown as Date,
      })
      .returning();
}

/** The statements that write what belongs to the order; they follow it in one go. */
export function partStatements(
  tx: Tx,
  shopper: Shopper,
  { id: orderId }: NewOrder,
  source: Source,
): Statement[] {
  const { method, quote, checkout } = source;
  const lines = linesOf(orderId, quote);
  const owners = [...new Set(lines.map((line) => line.ownerId))];
  const addresses = addressesOf(orderId, checkout);
  return [
    () => tx.insert(orderLines).values(lines),
    () => tx.insert(fulfilments).values(owners.map((ownerId) => ({ id: newId(), orderId, ownerId }))),
    ...(addresses.length > 0 ? [() => tx.insert(orderAddresses).values(addresses)] : []),
    ...(method === "none" ? [] : [() => tx.insert(payments).values(paymentOf(orderId, quote, method))]),
    () =>
      record(tx, shopper, {
        orderId,
        kind: "placed",
        machine: "order",
        toStatus: "pending",
        data: { method },
      }),
  ];
}

/** The moment until which an order that is placed now holds its stock. */
export const holdEnd = (minutes: number) => sql`shop_now() + make_interval(mins => ${minutes}::int)`;

function linesOf(orderId: string, quote: Quote) {
  return quote.totals.lines.flatMap((priced, position) => {
    const line = quote.lines.find((candidate) => candidate.itemId === priced.id);
    if (!line) return [];
    return [
      {
        id: newId(),
        orderId,
        ownerId: line.ownerId,
        productId: line.productId,
        variantId: line.variantId,
        position,
        productName: line.productName,
        productSlug: line.productSlug,
        variantTitle: line.variantTitle,
        sku: line.sku,
        imageKey: line.imageKey,
        imageBackdrop: line.imageBackdrop,
        unitPrice: line.price,
        quantity: line.quantity,
        subtotal: priced.subtotal,
        discount: priced.discount,
        taxRate: line.taxRate,
        tax: priced.tax,
        total: priced.total,
        weight: line.weight,
        commission: line.commission,
      },
    ];
  });
}

function addressesOf(orderId: string, checkout: Source["checkout"]) {
  const shipping = checkout.shippingAddress;
  if (!shipping) return [];
  const billing = checkout.billingSame ? shipping : (checkout.billingAddress ?? shipping);
  return [
    { id: newId(), orderId, kind: "shipping", ...shipping },
    { id: newId(), orderId, kind: "billing", ...billing },
  ];
}

function paymentOf(orderId: string, quote: Quote, method: Exclude<PaymentMethod, "none">) {
  const id = newId();
  return {
    id,
    orderId,
    provider: method === "card" ? "stripe" : "manual",
    method,
    amount: quote.totals.total,
    currency: quote.currency,
    idempotencyKey: `${id}:1`,
    isLive: method === "card" && (env.STRIPE_SECRET_KEY ?? "").startsWith("sk_live_"),
  };
}
