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
import { type AlertLink, isAlertLink } from "@/lib/alert-link";
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
/** The link of a mail works as long as this after it was told. */
const KEPT_DAYS = 90;

export interface Ask {
  readonly variantId: string;
  readonly kind?: AlertKind | undefined;
  /** Where to tell; the account's own address when left out. */
  readonly email?: string | undefined;
}

export interface Asked {
  readonly isWaiting: boolean;
  /** Where it will be told. */
  readonly email: string;
}

/**
 * Remembers that somebody wants to hear, and writes once to say so, with the link that stops it. Asking twice is asking
 * once. Answers `isWaiting: false`, and remembers nothing, where the variant can be bought now.
 * @throws ShopError not_found for what is not for sale, invalid_input without an address, too_many
 */
export async function askForAlert(
  shopper: Shopper,
  { variantId, kind = "back_in_stock", email }: Ask,
): Promise<Asked> {
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
    const own = await ownAddress(tx, shopper);
    const to = email ?? own;
    if (!to) throw new ShopError("invalid_input", { fields: { email: "Please enter your e-mail address." } });
    if (kind === "back_in_stock") {
      if (bandAt(levelOf(await lockCounters(tx, variantId))) !== "out")
        return { isWaiting: false, email: to };
    }
    const price = kind === "price_drop" ? variant.price : null;
    // Whoever asked for an address before, what goes to an account's own address is the account's; nothing else changes
    // hands, so that nobody ends what others wait for by typing their address.
    const isOwn = to.toLowerCase() === own?.toLowerCase();
    // The unique index is over lower(email), which only raw SQL can name here.
    const alertId = newId();
    const [kept] = await tx.execute<{
      id: string;
    }>(sql`INSERT INTO alerts (id, kind, variant_id, user_id, email, price)
      VALUES (${alertId}, ${kind}, ${variantId}, ${userIdOf(shopper)}, ${to}, ${price})
      ON CONFLICT (kind, variant_id, lower(email)) WHERE sent_at IS NULL DO UPDATE SET price = EXCLUDED.price,
        user_id = CASE WHEN ${isOwn}::boolean THEN EXCLUDED.user_id ELSE alerts.user_id END
      RETURNING id`);
    if (kept?.id === alertId) await confirm(tx, { alertId, kind, variantId, email: to });
    return { isWaiting: true, email: to };
  });
}

/** Says that it is kept, in the same transaction. Whoever's address a stranger typed can stop it from there. */
async function confirm(
  tx: Tx,
  { alertId, kind, variantId, email }: { alertId: string; kind: AlertKind; variantId: string; email: string },
): Promise<void> {
  const [about] = await goodsOf(tx, variantId);
  if (!about) return;
  const data = { ...goodsFor(about), kind, alertId };
  await mailTo(tx, { template: "alert_kept", dedupe: alertId, email, data });
}

/** Forgets one of the account's own alerts. Answers whether there was one. */
export function withdrawAlert(
  shopper: Shopper,
  { variantId, kind = "back_in_stock" }: { variantId: string; kind?: AlertKind | undefined },
): Promise<{ withdrawn: boolean }> {
  const userId = userIdOf(shopper);
  return withdraw(
    and(
      userId ? eq(alerts.userId, userId) : sql`false`,
      eq(alerts.variantId, variantId),
      eq(alerts.kind, kind),
    ),
  );
}

/**
 * Forgets what the address of a mail waits for: all of it, or only `oneId`. The mail's signed link shows that its reader
 * has that address.
 * @throws ShopError not_found for a link that the shop did not make
 */
export async function withdrawByLink(
  _shopper: Shopper | System,
  link: AlertLink,
  oneId?: string,
): Promise<{ withdrawn: boolean }> {
  if (!isAlertLink(link)) throw new ShopError("not_found", { what: "alert" });
  if (oneId === link.alertId) return close(oneId);
  return withdraw(
    and(
      sql`lower(${alerts.email}) = (SELECT lower(linked.email) FROM alerts linked WHERE linked.id = ${link.alertId})`,
      oneId === undefined ? undefined : eq(alerts.id, oneId),
    ),
  );
}

/** The row that a link names stays, closed: it is how the link knows the address of the others. */
async function close(alertId: string): Promise<{ withdrawn: boolean }> {
  const closed = await withTx((tx) =>
    tx
      .update(alerts)
      .set({ sentAt: now as unknown as Date })
      .where(and(eq(alerts.id, alertId), isNull(alerts.sentAt)))
      .returning({ id: alerts.id }),
  );
  return { withdrawn: closed.length > 0 };
}

async function withdraw(which: SQL | undefined): Promise<{ withdrawn: boolean }> {
  const gone = await withTx((tx) =>
    tx
      .delete(alerts)
      .where(and(which, isNull(alerts.sentAt)))
      .returning({ id: alerts.id }),
  );
  return { withdrawn: gone.length > 0 };
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

/** Does so for every variant that somebody waits for, and forgets the addresses of those who were told long ago. */
export async function tellAllWaiting(system: System): Promise<number> {
  await withTx((tx) =>
    tx.execute(sql`DELETE FROM alerts WHERE sent_at < shop_now() - make_interval(days => ${KEPT_DAYS})`),
  );
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
  const goods = goodsFor(about);
  const { product, variant } = goods;
  const { price: nowPrice, currency } = about;
  for (const { id, kind, email, userId, price } of told) {
    const to = { dedupe: id, email };
    if (kind === "price_drop") {
      const data = { ...goods, alertId: id, before: price ?? nowPrice, now: nowPrice, currency };
      await mailTo(tx, { ...to, template: "price_drop", data });
    } else await mailTo(tx, { ...to, template: "back_in_stock", data: { ...goods, alertId: id } });
    if (!userId) continue;
    const title = kind === "price_drop" ? "It costs less now" : "Back in stock";
    const message = variant ? `${product}, ${variant}` : product;
    await notify(tx, { userId, type: "stock", title, message, link: goods.path, dedupe: `${kind}:${id}` });
  }
  return told.length;
}

const goodsFor = ({
  name,
  title,
  slug,
  sku,
}: {
  name: string;
  title: string;
  slug: string;
  sku: string;
}) => ({
  product: name,
  variant: title,
  path: productPath(slug, title ? sku : undefined),
});

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
