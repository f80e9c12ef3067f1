/** Alerts: shoppers ask to hear when a variant is back in stock or costs less, and each who asked is told once. */
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { owners, users } from "@/db/schema/accounts";
import { products, variants } from "@/db/schema/catalog";
import { now } from "@/db/schema/columns";
import { settings } from "@/db/schema/settings";
import { alerts } from "@/db/schema/wishlist";
import { withTx } from "@/db/tx";
import { type Shopper, type System, userIdOf } from "@/lib/domain/actors";
import { productPath } from "@/lib/domain/catalog";
import { ShopError } from "@/lib/domain/errors";
import { bandAt } from "@/lib/domain/inventory";
import { enqueue } from "@/lib/queue";
import { levelOf, lockCounters } from "@/lib/services/inventory/counters";
import { mailTo, notify } from "@/lib/services/notifications/tell";
import * as limits from "./limits";

declare module "@/lib/queue" {
  interface Jobs {
    /** Tells everybody who waits for a lower price of the variant. */
    "alerts.price": { variantId: string };
    /** Tells whoever waits for what has come true without a job of its own, as after an import. */
    "alerts.sweep": Record<string, never>;
  }
}

export type AlertKind = (typeof alerts.kind.enumValues)[number];

const A_DAY = { limit: 30, seconds: 86_400 };
/** Alerts per transaction: the counters and the outbox are not held for thousands of mails. */
const BATCH = 200;

export interface Ask {
  readonly variantId: string;
  readonly kind?: AlertKind | undefined;
  /** Where to tell; the account's own address when left out. */
  readonly email?: string | undefined;
}

/**
 * Remembers that somebody wants to hear. Asking twice is asking once. Answers `isWaiting: false`, and remembers
 * nothing, where the variant can be bought now.
 * @throws ShopError not_found for what is not for sale, invalid_input without an address, too_many
 */
export async function askForAlert(
  shopper: Shopper,
  { variantId, kind = "back_in_stock", email }: Ask,
): Promise<{ isWaiting: boolean }> {
  await limits.take(`alerts:${userIdOf(shopper) ?? email?.toLowerCase() ?? ""}`, A_DAY);
  return withTx(async (tx) => {
    // Whoever changes the price or the stock waits until this is kept, or is seen here.
    const [variant] = await tx
      .select({ price: variants.price })
      .from(variants)
      .innerJoin(products, eq(products.id, variants.productId))
      .innerJoin(owners, eq(owners.id, products.ownerId))
      .where(and(eq(variants.id, variantId), isForSale))
      .for("share", { of: variants });
    if (!variant) throw new ShopError("not_found", { what: "product" });
    if (kind === "back_in_stock") {
      if (bandAt(levelOf(await lockCounters(tx, variantId))) !== "out") return { isWaiting: false };
    }
    const price = kind === "price_drop" ? variant.price : null;
    const own = await ownAddress(tx, shopper);
    const to = email ?? own;
    if (!to) throw new ShopError("invalid_input", { fields: { email: "Please enter your e-mail address." } });
    // Whoever asked for an address before, what goes to an account's own address is the account's.
    const isOwn = to.toLowerCase() === own?.toLowerCase();
    // The unique index is over lower(email), which only raw SQL can name here.
    await tx.execute(sql`INSERT INTO alerts (id, kind, variant_id, user_id, email, price)
      VALUES (${newId()}, ${kind}, ${variantId}, ${userIdOf(shopper)}, ${to}, ${price})
      ON CONFLICT (kind, variant_id, lower(email)) WHERE sent_at IS NULL DO UPDATE SET price = EXCLUDED.price,
        user_id = CASE WHEN ${isOwn}::boolean THEN EXCLUDED.user_id ELSE COALESCE(alerts.user_id, EXCLUDED.user_id) END`);
    return { isWaiting: true };
  });
}

/**
 * Forgets what somebody asked for: their own by variant, or the one whose unguessable id a mail named. Answers whether
 * there was one.
 */
export async function withdrawAlert(
  shopper: Shopper,
  which: { alertId: string } | { variantId: string; kind?: AlertKind },
): Promise<{ withdrawn: boolean }> {
  return withTx(async (tx) => {
    const userId = userIdOf(shopper);
    const mine: SQL | undefined =
      "alertId" in which
        ? eq(alerts.id, which.alertId)
        : and(
            userId ? eq(alerts.userId, userId) : sql`false`,
            eq(alerts.variantId, which.variantId),
            eq(alerts.kind, which.kind ?? "back_in_stock"),
          );
    const gone = await tx
      .delete(alerts)
      .where(and(mine, isNull(alerts.sentAt)))
      .returning({ id: alerts.id });
    return { withdrawn: gone.length > 0 };
  });
}

/** Call where a price falls, in the transaction that lowers it. */
export async function priceFell(tx: Tx, variantId: string): Promise<void> {
  await enqueue(tx, "alerts.price", { variantId }, { key: `alerts.price:${variantId}` });
}

/** Tells everybody who waits for the variant's stock or price, where it has come. Answers how many were told. */
export async function tellWaiting(_system: System, variantId: string): Promise<number> {
  for (let told = 0; ; ) {
    const batch = await withTx((tx) => tellSome(tx, variantId));
    told += batch;
    if (batch < BATCH) return told;
  }
}

/** Does so for every variant that somebody waits for. */
export async function tellAllWaiting(system: System): Promise<number> {
  const waiting = await withTx((tx) =>
    tx.selectDistinct({ variantId: alerts.variantId }).from(alerts).where(isNull(alerts.sentAt)),
  );
  let told = 0;
  for (const { variantId } of waiting) told += await tellWaiting(system, variantId);
  return told;
}

/** Marking and mailing are one transaction, and the mark decides: who runs this at the same moment finds them told. */
async function tellSome(tx: Tx, variantId: string): Promise<number> {
  const hasCome = sql`CASE ${alerts.kind}
    WHEN 'price_drop' THEN v.price < ${alerts.price}
    ELSE EXISTS (SELECT FROM inventory i WHERE i.variant_id = v.id HAVING sum(i.available) > 0
      OR bool_or(i.backorder AND (i.backorder_limit IS NULL OR i.available > -i.backorder_limit))) END`;
  const told = await tx
    .update(alerts)
    .set({ sentAt: now as unknown as Date })
    .where(
      and(
        isNull(alerts.sentAt),
        sql`${alerts.id} IN (
          SELECT ${alerts.id} FROM alerts JOIN variants v ON v.id = alerts.variant_id
            JOIN products p ON p.id = v.product_id JOIN owners o ON o.id = p.owner_id
          WHERE ${alerts.variantId} = ${variantId} AND ${alerts.sentAt} IS NULL
            AND v.is_active AND p.status = 'active' AND o.is_active AND ${hasCome}
          ORDER BY ${alerts.id} LIMIT ${BATCH} FOR UPDATE OF alerts)`,
      ),
    )
    .returning();
  const [about] = told.length > 0 ? await goodsOf(tx, variantId) : [];
  if (!about) return 0;
  const { name: product, title: variant, slug, sku, price: nowPrice, currency } = about;
  const goods = { product, variant, path: productPath(slug, variant ? sku : undefined) };
  for (const { id, kind, email, userId, price } of told) {
    const to = { dedupe: id, email };
    if (kind === "price_drop") {
      const data = { ...goods, before: price ?? nowPrice, now: nowPrice, currency };
      await mailTo(tx, { ...to, template: "price_drop", data });
    } else await mailTo(tx, { ...to, template: "back_in_stock", data: goods });
    if (!userId) continue;
    const title = kind === "price_drop" ? "It costs less now" : "Back in stock";
    const message = variant ? `${product}, ${variant}` : product;
    await notify(tx, { userId, type: "stock", title, message, link: goods.path, dedupe: `${kind}:${id}` });
  }
  return told.length;
}

const isForSale = sql`${variants.isActive} AND ${products.status} = 'active' AND ${owners.isActive}`;

const goodsOf = (tx: Tx, variantId: string) =>
  tx
    .select({
      name: products.name,
      slug: products.slug,
      title: variants.title,
      sku: variants.sku,
      price: variants.price,
      currency: settings.currency,
    })
    .from(variants)
    .innerJoin(products, eq(products.id, variants.productId))
    .innerJoin(settings, eq(settings.id, 1))
    .where(eq(variants.id, variantId));

async function ownAddress(tx: Tx, shopper: Shopper): Promise<string | undefined> {
  const userId = userIdOf(shopper);
  const [user] = userId
    ? await tx.select({ email: users.email }).from(users).where(eq(users.id, userId))
    : [];
  return user?.email;
}
