/** Catalogue: products that go into the shop and out of it at a moment of their own, exactly then, by job. */
import { and, asc, eq, isNotNull, lte, or, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { products } from "@/db/schema/catalog";
import { now } from "@/db/schema/columns";
import { settings } from "@/db/schema/settings";
import { withTx } from "@/db/tx";
import type { Staff, System } from "@/lib/domain/actors";
import type { ScheduleInput } from "@/lib/domain/catalog-schedule";
import { ShopError } from "@/lib/domain/errors";
import { readFieldMoment } from "@/lib/domain/moments-input";
import { enqueue } from "@/lib/queue";
import * as audit from "@/lib/services/audit";
import * as cache from "@/lib/services/cache";
import { notify } from "@/lib/services/notifications/tell";
import { allTagsOf, lockCurrent, type Product, stampsOf, whyNotPublishable } from "./catalog-own";

declare module "@/lib/queue" {
  interface Jobs {
    /** Puts products into the shop and takes them out whose moment has come. */
    "catalog.due": Record<string, never>;
  }
}

/** The job begins this much earlier and waits the rest: the queue looks for what is due once a second only. */
const AHEAD = "3 seconds";
const AHEAD_MS = 3_000;

/**
 * Says when a product goes into the shop and out of it; empty ends what was said. On the store's clock.
 * @throws ShopError not_found, conflict, invalid_input for moments that are over or in the wrong order, and for a
 * product that is not fit for the shop
 */
export async function scheduleProduct(staff: Staff, input: ScheduleInput): Promise<void> {
  await withTx(async (tx) => {
    const product = await lockCurrent(tx, staff, input);
    await keep(tx, staff, product, await readMoments(tx, product, input));
  });
}

/**
 * Puts what was said back, by the moments themselves.
 * @throws ShopError not_found, conflict, invalid_input as `scheduleProduct` does
 */
export async function putScheduleBack(
  staff: Staff,
  { productId, version, ...moments }: { productId: string; version: number } & Moments,
): Promise<void> {
  await withTx(async (tx) => {
    const product = await lockCurrent(tx, staff, { productId, version });
    await requireFit(tx, product, moments, await clockOf(tx));
    await keep(tx, staff, product, moments);
  });
}

export type Moments = Pick<Product, "publishAt" | "unpublishAt">;

async function keep(tx: Tx, staff: Staff, product: Product, after: Moments): Promise<void> {
  await tx
    .update(products)
    .set({ ...after, version: sql`${products.version} + 1` })
    .where(eq(products.id, product.id));
  for (const at of [after.publishAt, after.unpublishAt]) if (at) await wake(tx, at);
  await audit.write(tx, staff, {
    action: "product.schedule",
    subject: "products",
    subjectId: product.id,
    before: { schedule: scheduleOf(product) },
    after: { schedule: scheduleOf(after) },
  });
}

/** The moments as the audit log has them. */
export const scheduleOf = ({ publishAt, unpublishAt }: Moments) => ({
  into: publishAt?.toISOString() ?? null,
  out: unpublishAt?.toISOString() ?? null,
});

async function readMoments(tx: Tx, product: Product, input: ScheduleInput): Promise<Moments> {
  const fields: Faults = {};
  const clock = await clockOf(tx);
  const read = (field: keyof Moments) => {
    if (!input[field]) return null;
    const at = readFieldMoment(input[field], clock.timeZone);
    if (!at) fields[field] = "Please choose a day and a time.";
    return at ?? null;
  };
  const moments = { publishAt: read("publishAt"), unpublishAt: read("unpublishAt") };
  await requireFit(tx, product, moments, clock, fields);
  return moments;
}

type Faults = Partial<Record<keyof Moments, string>>;

async function clockOf(tx: Tx): Promise<{ timeZone: string; now: Date }> {
  const [store] = await tx
    .select({ timeZone: settings.timeZone, now: sql<Date>`shop_now()`.mapWith(products.createdAt) })
    .from(settings);
  return store ?? { timeZone: "UTC", now: new Date() };
}

/** @throws ShopError invalid_input for moments that are over, in the wrong order or of no use to the product, and for `fields` */
async function requireFit(
  tx: Tx,
  product: Product,
  { publishAt, unpublishAt }: Moments,
  clock: { now: Date },
  fields: Faults = {},
): Promise<void> {
  // What was said before and has not changed may be a moment ago.
  for (const [field, at] of Object.entries({ publishAt, unpublishAt }) as [keyof Moments, Date | null][])
    if (at && at <= clock.now && at.getTime() !== product[field]?.getTime())
      fields[field] = "That is over. Please choose a later time.";
  if (publishAt && product.status === "active") fields.publishAt = "It is in the shop already.";
  if (publishAt && unpublishAt && unpublishAt <= publishAt)
    fields.unpublishAt = "It can go out of the shop only after it came in.";
  if (!publishAt && unpublishAt && product.status !== "active")
    fields.unpublishAt = "It is not in the shop. Say when it goes in, too.";
  const why = publishAt && !fields.publishAt ? await whyNotPublishable(tx, product.id) : undefined;
  if (why) fields.publishAt = why;
  if (Object.keys(fields).length > 0) throw new ShopError("invalid_input", { fields });
}

/** The job that does what is due begins in time for this moment. */
export const wake = (tx: Tx, at: Date) =>
  enqueue(
    tx,
    "catalog.due",
    {},
    {
      runAt: sql`${at.toISOString()}::timestamptz - ${AHEAD}::interval`,
      key: `catalog.due:${at.toISOString()}`,
    },
  );

/**
 * Does what is due; `wait` is asked to pass the milliseconds to what is due within seconds. Whatever is no longer fit for
 * the shop stays a draft, and its owner is told.
 */
export async function runDue(system: System, wait: (ms: number) => Promise<void>): Promise<void> {
  for (;;) {
    const next = await withTx((tx) => nextDue(tx));
    if (!next || next.inMs > AHEAD_MS) return;
    if (next.inMs > 0) await wait(next.inMs);
    else await withTx((tx) => runOne(tx, system, next.id));
  }
}

async function nextDue(tx: Tx): Promise<{ id: string; inMs: number } | undefined> {
  const soonest = sql<Date>`least(${products.publishAt}, ${products.unpublishAt})`;
  const [row] = await tx
    .select({
      id: products.id,
      inMs: sql<number>`ceil(extract(epoch from ${soonest} - shop_now()) * 1000)`.mapWith(Number),
    })
    .from(products)
    .where(or(isNotNull(products.publishAt), isNotNull(products.unpublishAt)))
    .orderBy(asc(soonest), asc(products.id))
    .limit(1);
  return row;
}

async function runOne(tx: Tx, system: System, id: string): Promise<void> {
  const [product] = await tx
    .select()
    .from(products)
    .where(and(eq(products.id, id), or(lte(products.publishAt, now), lte(products.unpublishAt, now))))
    .for("update");
  if (!product) return;
  const [clock] = await tx.select({ at: sql<Date>`shop_now()`.mapWith(products.createdAt) }).from(settings);
  const isOut = product.unpublishAt !== null && product.unpublishAt <= (clock?.at ?? new Date());
  const why = isOut || product.status === "active" ? undefined : await whyNotPublishable(tx, id);
  const status = isOut
    ? product.status === "active"
      ? "draft"
      : product.status
    : why
      ? product.status
      : "active";
  const moments = { publishAt: null, unpublishAt: isOut || why ? null : product.unpublishAt };
  await tx
    .update(products)
    .set({ status, ...stampsOf(product, status), ...moments, version: sql`${products.version} + 1` })
    .where(eq(products.id, id));
  await audit.write(tx, system, {
    action: "product.due",
    subject: "products",
    subjectId: id,
    before: { status: product.status, schedule: scheduleOf(product) },
    after: { status, schedule: scheduleOf(moments) },
  });
  if (why) await tellOwner(tx, product, why);
  await cache.expire(tx, allTagsOf(product));
}

async function tellOwner(tx: Tx, { id, ownerId, name, publishAt }: Product, why: string): Promise<void> {
  const [owner] = await tx.select({ userId: owners.userId }).from(owners).where(eq(owners.id, ownerId));
  if (!owner?.userId) return;
  await notify(tx, {
    userId: owner.userId,
    type: "stock",
    title: `${name} did not go into the shop`,
    message: why,
    link: `/admin/products/${id}`,
    dedupe: `schedule:${id}:${publishAt?.toISOString()}`,
  });
}
