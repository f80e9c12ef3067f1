/** Carts that were left behind: one mail to whoever asked for it, the link in it, and the way to get no more. */
import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { ROOM } from "@/db/pricing";
import { isCartKey } from "@/lib/cart-key";
import type { Shopper, System } from "@/lib/domain/actors";
import { REMIND_AFTER_HOURS, REMIND_WITHIN_DAYS } from "@/lib/domain/cart";
import { ShopError } from "@/lib/domain/errors";
import type { MailData } from "@/lib/mail/messages";
import { type CartCount, countOf, holderOf, inTx, openCart, roomFor, rows } from "./holders";
import { mailTo } from "./notifications/tell";

declare module "@/lib/queue" {
  interface Jobs {
    "cart.remind": Record<string, never>;
  }
}

/** Carts per transaction: their rows are not held for hundreds of mails. */
const BATCH = 100;

/**
 * Mails everybody who asked for it and left a cart with something that can be bought, each cart once. Answers how many
 * carts. Whoever bought in another browser since, or took the consent back, hears nothing.
 */
export async function remind(system: System): Promise<number> {
  for (let told = 0; ; ) {
    const batch = await inTx(system, remindSome);
    told += batch;
    if (batch < BATCH) return told;
  }
}

async function remindSome(tx: Tx): Promise<number> {
  // The mark and the mail are one transaction, and the mark decides: who runs this at the same moment passes by.
  const due = await rows<{ cartId: string; email: string }>(
    tx,
    sql`WITH due AS (
        SELECT c.id, COALESCE(k.email, u.email) AS email
        FROM carts c
        LEFT JOIN checkouts k ON k.cart_id = c.id AND k.status = 'open'
        LEFT JOIN users u ON u.id = c.user_id AND u.is_active
        WHERE c.status = 'active' AND c.reminder_consent_at IS NOT NULL AND c.reminded_at IS NULL
          AND GREATEST(c.updated_at, k.updated_at) <= shop_now() - make_interval(hours => ${REMIND_AFTER_HOURS}::int)
          AND c.updated_at > shop_now() - make_interval(days => ${REMIND_WITHIN_DAYS}::int)
          AND COALESCE(k.email, u.email) IS NOT NULL
          AND EXISTS (SELECT FROM cart_items ci WHERE ci.cart_id = c.id AND ${canBeBought})
          AND NOT EXISTS (SELECT FROM orders o
            WHERE lower(o.email) = lower(COALESCE(k.email, u.email)) AND o.placed_at > c.updated_at)
        ORDER BY c.updated_at LIMIT ${BATCH} FOR UPDATE OF c SKIP LOCKED)
      UPDATE carts SET reminded_at = shop_now() FROM due WHERE carts.id = due.id
      RETURNING carts.id AS "cartId", due.email`,
  );
  for (const { cartId, email } of due) {
    if (await wasTold(tx, email)) continue;
    const data = { cartId, ...(await goodsOf(tx, cartId)) };
    await mailTo(tx, { template: "cart_reminder", dedupe: cartId, email, data });
  }
  return due.length;
}

/** Anybody can type anybody's address into many carts: its mailbox hears of one a day, and of the others never. */
async function wasTold(tx: Tx, email: string): Promise<boolean> {
  const found = await rows(
    tx,
    sql`SELECT FROM mail WHERE template = 'cart_reminder' AND created_at > shop_now() - interval '1 day'
      AND mailbox_of(to_email) = mailbox_of(${email}) LIMIT 1`,
  );
  return found.length > 0;
}

/** Of a line `ci`: is it for sale, and is there any? */
const canBeBought = sql`EXISTS (
  SELECT FROM variants v JOIN products p ON p.id = v.product_id JOIN owners o ON o.id = p.owner_id
  WHERE v.id = ci.variant_id AND v.is_active AND p.status = 'active' AND o.is_active
    AND (SELECT ${ROOM} FROM inventory WHERE variant_id = v.id) > 0)`;

async function goodsOf(tx: Tx, cartId: string): Promise<Omit<MailData["cart_reminder"], "cartId">> {
  const items = await rows<MailData["cart_reminder"]["items"][number]>(
    tx,
    sql`SELECT p.name AS product, v.title AS variant, ci.quantity, (v.price * ci.quantity)::float8 AS subtotal,
        img.key AS "imageKey", img.backdrop AS "imageBackdrop"
      FROM cart_items ci JOIN variants v ON v.id = ci.variant_id JOIN products p ON p.id = v.product_id
      LEFT JOIN LATERAL (
        SELECT key, backdrop FROM product_images pi WHERE pi.product_id = p.id
        ORDER BY (pi.option_value_id IN (SELECT option_value_id FROM variant_option_values WHERE variant_id = v.id)) IS TRUE DESC,
          pi.is_primary DESC, pi.position LIMIT 1) img ON true
      WHERE ci.cart_id = ${cartId} AND ${canBeBought} ORDER BY ci.created_at, ci.id LIMIT 12`,
  );
  const [store] = await rows<{ currency: string }>(tx, sql`SELECT currency FROM settings WHERE id = 1`);
  return { items: [...items], currency: store?.currency ?? "EUR" };
}

export interface CartLink {
  readonly cartId: string;
  readonly key: string;
}

/**
 * Puts what a linked cart holds into this browser's cart; doing it twice changes nothing. Prices stay as the shopper
 * last saw them, so that a change is told. An account's cart is opened by its account alone.
 * @throws ShopError not_found for a wrong key, and for a cart that was ordered or went into an account's
 */
export function open(shopper: Shopper, { cartId, key }: CartLink): Promise<CartCount> {
  return inTx(shopper, async (tx) => {
    if (!isCartKey(cartId, key)) throw new ShopError("not_found", { what: "cart" });
    const into = await openCart(tx, holderOf(shopper));
    if (into === cartId) return countOf(tx, into);
    const [from] = await rows<{ status: string; mergedInto: string | null; code: string | null }>(
      tx,
      sql`SELECT status, merged_into AS "mergedInto", discount_code AS code FROM carts
        WHERE id = ${cartId} AND status <> 'ordered' AND guest_token_hash IS NOT NULL`,
    );
    if (from?.mergedInto === into) return countOf(tx, into);
    if (from?.status !== "active") throw new ShopError("not_found", { what: "cart" });
    await tx.execute(sql`
      INSERT INTO cart_items (id, cart_id, variant_id, quantity, price_snapshot)
      SELECT gen_random_uuid(), ${into}, ci.variant_id, LEAST(ci.quantity, GREATEST(1, ${roomFor(sql`ci.variant_id`)})),
        ci.price_snapshot
      FROM cart_items ci WHERE ci.cart_id = ${cartId} ORDER BY ci.variant_id
      ON CONFLICT (cart_id, variant_id) DO UPDATE
      SET quantity = GREATEST(cart_items.quantity, EXCLUDED.quantity), updated_at = shop_now()`);
    await tx.execute(
      sql`UPDATE carts SET discount_code = COALESCE(discount_code, ${from.code}) WHERE id = ${into}`,
    );
    return countOf(tx, into);
  });
}

/**
 * Takes the consent back: for this cart and all others of the same mailbox. Needs no sign-in; twice changes nothing.
 * @throws ShopError not_found for a wrong key
 */
export function withdraw(who: Shopper | System, { cartId, key }: CartLink): Promise<void> {
  return inTx(who, async (tx) => {
    if (!isCartKey(cartId, key)) throw new ShopError("not_found", { what: "cart" });
    await tx.execute(sql`
      WITH told AS (
        SELECT mailbox_of(k.email) AS mailbox FROM checkouts k WHERE k.cart_id = ${cartId} AND k.email IS NOT NULL
        UNION SELECT mailbox_of(u.email) FROM carts c JOIN users u ON u.id = c.user_id WHERE c.id = ${cartId}
        UNION SELECT mailbox_of(m.to_email) FROM mail m WHERE m.template = 'cart_reminder' AND m.data ->> 'cartId' = ${cartId}::text)
      UPDATE carts c SET reminder_consent_at = NULL
      WHERE c.reminder_consent_at IS NOT NULL AND c.status = 'active' AND (c.id = ${cartId}
        OR EXISTS (SELECT FROM checkouts k WHERE k.cart_id = c.id AND mailbox_of(k.email) IN (SELECT mailbox FROM told))
        OR EXISTS (SELECT FROM users u WHERE u.id = c.user_id AND mailbox_of(u.email) IN (SELECT mailbox FROM told)))`);
  });
}
