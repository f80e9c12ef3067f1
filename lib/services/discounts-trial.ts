/** The tester of discounts: what one would take off a cart, or why not, by the very path that shoppers' carts take. */
import { randomBytes } from "node:crypto";
import { eq, inArray, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { type Place, readPricing } from "@/db/pricing";
import { users } from "@/db/schema/accounts";
import { cartItems, carts } from "@/db/schema/cart";
import { variants } from "@/db/schema/catalog";
import { discounts } from "@/db/schema/discounts";
import { withTx } from "@/db/tx";
import type { Admin } from "@/lib/domain/actors";
import { ShopError } from "@/lib/domain/errors";
import { type Quote, quoteCart } from "@/lib/domain/quote";

export interface Trial {
  readonly code?: string | undefined;
  readonly discountId?: string | undefined;
  readonly lines: readonly { readonly variantId: string; readonly quantity: number }[];
  /** Whose tier and earlier uses count; a stranger's when left out. */
  readonly customer?: { readonly email: string } | undefined;
  /** Where it would go, for deliveries; the shop's own country when left out. */
  readonly place?: Place | undefined;
}

export type Verdict =
  | { readonly applies: true; readonly amount: number; readonly quote: Quote }
  | { readonly applies: false; readonly reason: string; readonly quote: Quote };

/**
 * Tries a discount on goods without leaving a trace: the cart is written, quoted and taken back. Minor units.
 * @throws ShopError not_found for an unknown discount or goods, cart_empty
 */
export async function test(_admin: Admin, trial: Trial): Promise<Verdict> {
  let verdict: Verdict | undefined;
  try {
    await withTx(async (tx) => {
      verdict = await tryOn(tx, trial);
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) throw error;
  }
  if (!verdict) throw new Error("a discount was tried without a verdict");
  return verdict;
}

class TakenBack extends Error {}

async function tryOn(tx: Tx, { code: typed, discountId, lines, customer, place }: Trial): Promise<Verdict> {
  const discount = discountId ? await find(tx, discountId) : undefined;
  const code = discount ? discount.code : (typed?.trim().toUpperCase() ?? "");
  const cartId = await cartOf(tx, code, lines, customer?.email);
  const [store] = await tx.execute<{ country: string }>(sql`SELECT country FROM settings WHERE id = 1`);
  const where = place ?? { country: store?.country ?? "", region: null };
  const quote = quoteCart(await readPricing(tx, cartId, { place: where, email: customer?.email ?? null }));
  const isIt = (one: { id: string; code: string | null }) =>
    discount ? one.id === discount.id : one.code?.toUpperCase() === code;
  const taken = quote.discounts.find(isIt);
  if (taken) return { applies: true, amount: taken.amount, quote };
  const refused = quote.refused.find(isIt) ?? (code ? quote.refusedCode : null);
  // An offer that is switched off is not among a cart's offers at all.
  return { applies: false, reason: refused?.reason ?? "This offer is not active.", quote };
}

async function find(tx: Tx, id: string) {
  const [row] = await tx.select().from(discounts).where(eq(discounts.id, id));
  if (!row) throw new ShopError("not_found", { what: "discount" });
  return row;
}

async function cartOf(
  tx: Tx,
  discountCode: string | null,
  lines: Trial["lines"],
  email: string | undefined,
): Promise<string> {
  const wanted = lines.filter(({ quantity }) => quantity > 0);
  if (wanted.length === 0) throw new ShopError("cart_empty", {});
  const [user] = email
    ? await tx.select({ id: users.id }).from(users).where(sql`lower(${users.email}) = lower(${email})`)
    : [];
  const holder = user ? { userId: user.id } : { guestTokenHash: randomBytes(32).toString("hex") };
  const id = newId();
  // Not an active cart: the customer may have one.
  await tx.insert(carts).values({ id, ...holder, status: "ordered", discountCode: discountCode || null });
  const known = await tx
    .select({ id: variants.id, price: variants.price })
    .from(variants)
    .where(
      inArray(
        variants.id,
        wanted.map(({ variantId }) => variantId),
      ),
    );
  const rows = wanted.map(({ variantId, quantity }) => {
    const price = known.find((variant) => variant.id === variantId)?.price;
    if (price === undefined) throw new ShopError("not_found", { what: "product" });
    return { id: newId(), cartId: id, variantId, quantity, priceSnapshot: price };
  });
  await tx.insert(cartItems).values(rows);
  return id;
}
