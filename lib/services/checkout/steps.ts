/** The steps of a checkout: what the shopper tells is kept on the server, one open checkout per cart. */
import { and, eq, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { inOneGo } from "@/db/in-one-go";
import { carts } from "@/db/schema/cart";
import { checkouts } from "@/db/schema/checkout";
import { now } from "@/db/schema/columns";
import { shippingRates } from "@/db/schema/shipping";
import { withTx } from "@/db/tx";
import type { Shopper } from "@/lib/domain/actors";
import type { Address } from "@/lib/domain/addresses";
import { ShopError } from "@/lib/domain/errors";

/**
 * Contact and address. Another country or region drops the chosen delivery; answers whether one is kept.
 * @throws ShopError cart_empty
 */
export async function saveAddress(
  shopper: Shopper,
  told: {
    email: string;
    shipping: Address;
    billing: Address | null;
    note?: string | null;
    /** Whether to remind of the cart by mail, should it be left behind; as it was when left out. */
    remind?: boolean;
  },
): Promise<{ hasDelivery: boolean }> {
  return withTx(async (tx) => {
    const cart = await lockCart(tx, shopper);
    const { email, shipping, billing, note = null, remind } = told;
    if (remind !== undefined && remind !== (cart.reminderConsentAt !== null))
      await tx
        .update(carts)
        .set({ reminderConsentAt: remind ? (now as unknown as Date) : null })
        .where(eq(carts.id, cart.id));
    const answers = {
      email,
      shippingAddress: shipping,
      billingAddress: billing,
      billingSame: billing === null,
      note: note || null,
    };
    const [kept] = await tx
      .insert(checkouts)
      .values({ id: newId(), cartId: cart.id, ...answers })
      .onConflictDoUpdate({
        target: checkouts.cartId,
        targetWhere: sql`status = 'open'`,
        set: {
          ...answers,
          shippingRateId: sql`CASE WHEN ${checkouts.shippingAddress}->>'country' = ${shipping.country}
            AND COALESCE(${checkouts.shippingAddress}->>'region', '') = ${shipping.region ?? ""} THEN ${checkouts.shippingRateId} END`,
        },
      })
      .returning({ rateId: checkouts.shippingRateId });
    return { hasDelivery: Boolean(kept?.rateId) };
  });
}

/** Delivery. Whether the rate is for that place and weight is decided again when placing. @throws ShopError checkout_incomplete */
export async function saveDelivery(
  shopper: Shopper,
  { shippingRateId }: { shippingRateId: string },
): Promise<void> {
  await withTx(async (tx) => {
    const [cart, [rate]] = await inOneGo([
      () => lockCart(tx, shopper),
      () =>
        tx
          .select({ id: shippingRates.id })
          .from(shippingRates)
          .where(and(eq(shippingRates.id, shippingRateId), shippingRates.isActive)),
    ]);
    if (!rate) throw new ShopError("checkout_incomplete", { step: "delivery" });
    const saved = await tx
      .update(checkouts)
      .set({ shippingRateId })
      .where(and(eq(checkouts.cartId, cart.id), eq(checkouts.status, "open")))
      .returning({ id: checkouts.id });
    if (saved.length === 0) throw new ShopError("checkout_incomplete", { step: "address" });
  });
}

/** The shopper's active cart, locked: the first lock of every checkout. @throws ShopError cart_empty */
export async function lockCart(tx: Tx, shopper: Shopper): Promise<typeof carts.$inferSelect> {
  const [cart] = await tx
    .select()
    .from(carts)
    .where(and(heldBy(shopper), eq(carts.status, "active")))
    .for("update");
  if (!cart) throw new ShopError("cart_empty", {});
  return cart;
}

/** Ownership of a cart, as a WHERE clause. */
export function heldBy(shopper: Shopper): SQL {
  if (shopper.kind !== "guest") return eq(carts.userId, shopper.userId);
  return shopper.tokenHash ? eq(carts.guestTokenHash, shopper.tokenHash) : sql`false`;
}
