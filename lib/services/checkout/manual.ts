/** Orders by hand: an admin orders for a customer, through the same prices, limits and stock as everybody. */
import { randomBytes } from "node:crypto";
import { and, eq, inArray, isNotNull, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { readPricing } from "@/db/pricing";
import { users } from "@/db/schema/accounts";
import { cartItems, carts } from "@/db/schema/cart";
import { variants } from "@/db/schema/catalog";
import { checkouts } from "@/db/schema/checkout";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import type { Address } from "@/lib/domain/addresses";
import { ShopError } from "@/lib/domain/errors";
import type { PaymentMethod } from "@/lib/domain/payments";
import { quoteCart } from "@/lib/domain/quote";
import { write } from "@/lib/services/audit";
import { once, type RequestKey } from "@/lib/services/once";
import { orderKey } from "@/lib/services/orders/link";
import { type Placed, placeLocked } from "./place";

export interface ManualOrder {
  /** Whose order it is; an account with this verified address gets it into its history. */
  readonly email: string;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
  readonly address: Address;
  readonly billing?: Address | null | undefined;
  readonly shippingRateId: string;
  /** A card order waits for its money: the customer pays by the order's signed link. */
  readonly method: PaymentMethod;
  /** How many days an order that is paid by bank transfer waits for its money. */
  readonly holdDays?: number | undefined;
  readonly note?: string | undefined;
  readonly discountCode?: string | undefined;
  readonly key?: RequestKey;
}

/**
 * Makes an order for a customer and answers its signed link. Total, stock and limits are those of the checkout; a line
 * that is not there in full refuses the whole order.
 * @throws ShopError cart_empty, sold_out, unavailable, no_shipping, checkout_incomplete, discount_refused,
 * amount_too_small, quantity_limit, not_found for unknown goods, invalid_input for a bank transfer without days or bank
 */
export async function createManual(admin: Admin, wanted: ManualOrder): Promise<Placed> {
  const placed = await withTx((tx) =>
    once(tx, admin, "order.manual", wanted.key, async () => {
      await refuseBlindTransfer(tx, wanted);
      const source = await prepare(tx, wanted);
      const expectedTotal = await totalOf(tx, source);
      const { key: _, ...order } = await placeLocked(tx, admin, source, {
        method: wanted.method,
        expectedTotal,
        holdDays: wanted.holdDays,
      });
      const { number, total, method } = order;
      const subject = { subject: "orders", subjectId: order.orderId };
      await write(tx, admin, {
        action: "order.manual",
        ...subject,
        before: {},
        after: { number, total, method },
      });
      return order;
    }),
  );
  // Made again each time: what a request answered is kept, and a key is nothing to keep.
  return { ...placed, key: orderKey(placed.orderId) };
}

/** Who is to transfer money must be told where to. */
async function refuseBlindTransfer(tx: Tx, { method, holdDays }: ManualOrder): Promise<void> {
  if (method !== "bank_transfer") return;
  const invalid = (fields: Record<string, string>) => new ShopError("invalid_input", { fields });
  if (!holdDays || !Number.isInteger(holdDays) || holdDays > MOST_DAYS)
    throw invalid({ holdDays: `From 1 to ${MOST_DAYS} days.` });
  const [store] = await tx.select({ bank: settings.bankDetails }).from(settings);
  if (!store?.bank) throw invalid({ method: "Write your bank details into the settings first." });
}

const MOST_DAYS = 60;

/** A cart and a checkout of the customer's, as if the order had been placed from there. */
async function prepare(tx: Tx, { lines, email, ...told }: ManualOrder) {
  const userId = await accountOf(tx, email);
  // Not the customer's active cart: what lies there stays as it is. Should the order expire, it gives its lines back.
  const holder = userId
    ? { userId, guestTokenHash: null }
    : { userId: null, guestTokenHash: randomBytes(32).toString("hex") };
  const [cart] = await tx
    .insert(carts)
    .values({
      id: newId(),
      ...holder,
      status: "ordered",
      discountCode: told.discountCode?.trim().toUpperCase() || null,
    })
    .returning();
  const [checkout] = await tx
    .insert(checkouts)
    .values({
      id: newId(),
      cartId: cart?.id ?? "",
      email,
      shippingAddress: told.address,
      billingAddress: told.billing ?? null,
      billingSame: !told.billing,
      // Null where there is no such delivery: then none is chosen.
      shippingRateId: sql`(SELECT id FROM shipping_rates WHERE id = ${told.shippingRateId} AND is_active)`,
      note: told.note || null,
    })
    .returning();
  if (!cart || !checkout) throw new Error("an inserted row was not answered");
  await putIn(tx, cart.id, lines);
  return { cart, checkout, buyer: { userId, guestTokenHash: null } };
}

async function accountOf(tx: Tx, email: string): Promise<string | null> {
  const [user] = await tx
    .select({ id: users.id })
    .from(users)
    .where(
      and(
        sql`lower(${users.email}) = lower(${email})`,
        isNotNull(users.emailVerifiedAt),
        eq(users.isActive, true),
      ),
    );
  return user?.id ?? null;
}

async function putIn(tx: Tx, cartId: string, lines: ManualOrder["lines"]): Promise<void> {
  const pieces = new Map<string, number>();
  for (const { variantId, quantity } of lines)
    if (quantity > 0) pieces.set(variantId, (pieces.get(variantId) ?? 0) + quantity);
  if (pieces.size === 0) throw new ShopError("cart_empty", {});
  const [store] = await tx.select({ max: settings.maxLineQuantity }).from(settings);
  const max = store?.max ?? 0;
  if ([...pieces.values()].some((quantity) => quantity > max)) throw new ShopError("quantity_limit", { max });
  const known = await tx
    .select({ id: variants.id, price: variants.price })
    .from(variants)
    .where(inArray(variants.id, [...pieces.keys()]));
  if (known.length < pieces.size) throw new ShopError("not_found", { what: "product" });
  await tx.insert(cartItems).values(
    known.map(({ id: variantId, price }) => ({
      id: newId(),
      cartId,
      variantId,
      quantity: pieces.get(variantId) ?? 0,
      priceSnapshot: price,
    })),
  );
}

/** What the order will cost. A shopper may leave behind what is gone; whoever orders by hand means every line. */
async function totalOf(tx: Tx, { cart, checkout }: Awaited<ReturnType<typeof prepare>>): Promise<number> {
  const place = checkout.shippingAddress;
  const pricing = await readPricing(tx, cart.id, { place, email: checkout.email });
  const quote = quoteCart(pricing, { rateId: checkout.shippingRateId });
  const gone = quote.lines.find((line) => line.state === "gone");
  if (gone) throw new ShopError("unavailable", { what: gone.productName });
  const short = quote.lines.filter((line) => line.state !== "ok");
  if (short.length > 0) {
    const lines = short.map(({ variantId, productName: name, quantity: requested, available }) => ({
      variantId,
      name,
      requested,
      available: Math.max(0, available),
    }));
    throw new ShopError("sold_out", { lines });
  }
  return quote.totals.total;
}
