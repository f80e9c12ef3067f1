/** Writes the rows of a new order: snapshots of lines and addresses, one part per owner, the payment before any intent. */
import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import type { PricingRows } from "@/db/pricing";
import type { carts } from "@/db/schema/cart";
import type { checkouts } from "@/db/schema/checkout";
import { fulfilments } from "@/db/schema/fulfilments";
import { orderAddresses, orderLines, orders } from "@/db/schema/orders";
import { payments } from "@/db/schema/payments";
import { type Shopper, userIdOf } from "@/lib/domain/actors";
import type { PaymentMethod } from "@/lib/domain/payments";
import type { Quote } from "@/lib/domain/quote";
import { env } from "@/lib/env";
import { newOrderNumber } from "@/lib/services/orders/number";
import { record } from "@/lib/services/orders/transition";

interface Source {
  readonly cart: typeof carts.$inferSelect;
  readonly checkout: typeof checkouts.$inferSelect;
  readonly pricing: PricingRows;
  readonly quote: Quote;
  readonly method: PaymentMethod;
}

/** The pending order and the end of its hold, by the database's clock. */
export async function writeOrder(
  tx: Tx,
  shopper: Shopper,
  source: Source,
): Promise<{ order: typeof orders.$inferSelect; expiresAt: Date }> {
  const { settings } = source.pricing;
  const { totals, chosenRate, refusedCode, currency, pricesIncludeTax } = source.quote;
  const [order] = await tx
    .insert(orders)
    .values({
      id: newId(),
      number: await freeNumber(tx, settings.orderPrefix),
      checkoutId: source.checkout.id,
      cartId: source.cart.id,
      userId: userIdOf(shopper),
      guestTokenHash: shopper.kind === "guest" ? shopper.tokenHash : null,
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
      expiresAt: sql`shop_now() + make_interval(mins => ${settings.paymentWindowMinutes})` as unknown as Date,
    })
    .returning();
  if (!order?.expiresAt) throw new Error("an inserted order was not answered");
  await writeLines(tx, order.id, source.quote);
  await writeAddresses(tx, order.id, source.checkout);
  if (source.method !== "none") await writePayment(tx, order, source.method);
  await record(tx, shopper, {
    orderId: order.id,
    kind: "placed",
    machine: "order",
    toStatus: "pending",
    data: { method: source.method },
  });
  return { order, expiresAt: order.expiresAt };
}

/** The unique key decides in the end; looking first makes a clash a matter of one in billions. */
async function freeNumber(tx: Tx, prefix: string): Promise<string> {
  for (;;) {
    const number = newOrderNumber(prefix);
    const taken = await tx.select({ id: orders.id }).from(orders).where(eq(orders.number, number));
    if (taken.length === 0) return number;
  }
}

async function writeLines(tx: Tx, orderId: string, quote: Quote): Promise<void> {
  const lines = quote.totals.lines.flatMap((priced, position) => {
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
  await tx.insert(orderLines).values(lines);
  const owners = [...new Set(lines.map((line) => line.ownerId))];
  await tx.insert(fulfilments).values(owners.map((ownerId) => ({ id: newId(), orderId, ownerId })));
}

async function writeAddresses(tx: Tx, orderId: string, checkout: Source["checkout"]): Promise<void> {
  const shipping = checkout.shippingAddress;
  if (!shipping) return;
  const billing = checkout.billingSame ? shipping : (checkout.billingAddress ?? shipping);
  await tx.insert(orderAddresses).values([
    { id: newId(), orderId, kind: "shipping", ...shipping },
    { id: newId(), orderId, kind: "billing", ...billing },
  ]);
}

async function writePayment(
  tx: Tx,
  order: typeof orders.$inferSelect,
  method: Exclude<PaymentMethod, "none">,
): Promise<void> {
  const id = newId();
  await tx.insert(payments).values({
    id,
    orderId: order.id,
    provider: method === "card" ? "stripe" : "manual",
    method,
    amount: order.total,
    currency: order.currency,
    idempotencyKey: `${id}:1`,
    isLive: method === "card" && (env.STRIPE_SECRET_KEY ?? "").startsWith("sk_live_"),
  });
}
