/** What staff did about a review is taken back by the log: once, while it stands, by whoever's goods it is about. */
import { and, eq, like, sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { type Cast, cast, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { products, variants } from "@/db/schema/catalog";
import { notifications } from "@/db/schema/notifications";
import { reviews } from "@/db/schema/reviews";
import { productTag } from "@/lib/cache-tags";
import type { Staff } from "@/lib/domain/actors";
import { type Decision, reviewInput } from "@/lib/domain/reviews";
import { lastEntryBy } from "@/lib/services/audit";
import { revert } from "@/lib/services/audit-revert";
import { fingerprint, moderate, reply } from "./moderate";
import { remove, write } from "./write";

let world: Cast;
let productId: string;
let reviewId: string;
beforeAll(async () => {
  world = await cast();
});
beforeEach(async () => {
  const variantId = await shelf(world, 9);
  const [variant] = await db.select().from(variants).where(eq(variants.id, variantId));
  productId = variant?.productId ?? "";
  await writeReview(5);
  [{ id: reviewId } = { id: "" }] = await db.select().from(reviews).where(eq(reviews.productId, productId));
});

const writeReview = (rating: number) =>
  write(
    world.ada,
    reviewInput.parse({ productId, rating: String(rating), title: "Good", comment: "Heavy." }),
  );

/** Decides in a request of its own; answers the entry that it left. */
async function decide(person: Staff, decision: Decision): Promise<string> {
  const staff = { ...person };
  const [row] = await db
    .select({ seen: fingerprint, version: reviews.version })
    .from(reviews)
    .where(eq(reviews.id, reviewId));
  await moderate(staff, { reviewId, version: row?.version ?? 0, decision, seen: row?.seen ?? "" });
  return lastEntryBy(staff) ?? "";
}

async function answer(person: Staff, text: string): Promise<string> {
  const staff = { ...person };
  const [row] = await db.select().from(reviews).where(eq(reviews.id, reviewId));
  await reply(staff, { reviewId, version: row?.version ?? 0, reply: text });
  return lastEntryBy(staff) ?? "";
}

async function stands() {
  const [row] = await db.select().from(reviews).where(eq(reviews.id, reviewId));
  const [rated] = await db
    .select({ sum: products.ratingSum, count: products.ratingCount })
    .from(products)
    .where(eq(products.id, productId));
  return { status: row?.status, reply: row?.reply, repliedAt: row?.repliedAt, ...rated };
}

const told = () =>
  db
    .select({ key: notifications.dedupeKey })
    .from(notifications)
    .where(
      and(
        eq(notifications.userId, world.id.ada),
        like(notifications.dedupeKey, sql`${`review:${reviewId}:%`}`),
      ),
    );

test("a published review waits again: nobody counts it, and its author hears nothing", async () => {
  const entryId = await decide(world.line, "publish");
  expect(await stands()).toMatchObject({ status: "published", sum: 5, count: 1 });
  expect(await told()).toHaveLength(1);
  expect(await revert(world.line, { entryId })).toEqual([productTag(productId)]);
  expect(await stands()).toMatchObject({ status: "pending", sum: 0, count: 0 });
  expect(await told()).toEqual([]);
  await expect(revert(world.line, { entryId })).rejects.toThrow(/^It is as it was before already/);
  // Published once more, it is told once more.
  await decide(world.line, "publish");
  expect(await told()).toHaveLength(1);
});

test("a rejected one is shown again, unless its author changed it or somebody decided anew", async () => {
  await decide(world.line, "publish");
  const rejected = await decide(world.line, "reject");
  await revert(world.line, { entryId: rejected });
  expect(await stands()).toMatchObject({ status: "published", sum: 5, count: 1 });

  const again = await decide(world.line, "reject");
  await writeReview(2);
  const said = /^It has changed since/;
  await expect(revert(world.line, { entryId: again })).rejects.toMatchObject({ data: { reason: said } });
  expect(await stands()).toMatchObject({ status: "pending", sum: 0, count: 0 });

  const mine = await decide(world.line, "publish");
  await decide(world.admin, "reject");
  await expect(revert(world.line, { entryId: mine })).rejects.toThrow(/changed status to “rejected”/);
  await remove(world.ada, { reviewId });
  await expect(revert(world.admin, { entryId: mine })).rejects.toThrow(/^It is gone/);
});

test("an answer is gone again, and one that was written over is back with its day", async () => {
  await decide(world.line, "publish");
  const first = await answer(world.line, "Thank you.");
  const was = await stands();
  expect(await told()).toHaveLength(2);
  const second = await answer(world.line, "Thank you, Ada.");
  await expect(revert(world.line, { entryId: first })).rejects.toThrow(/changed reply to “Thank you, Ada\.”/);
  await revert(world.line, { entryId: second });
  expect(await stands()).toEqual(was);
  await revert(world.line, { entryId: first });
  expect(await stands()).toMatchObject({ reply: null, repliedAt: null });
  expect(await told()).toHaveLength(1);

  const third = await answer(world.line, "Thanks.");
  const gone = await answer(world.line, "");
  await revert(world.line, { entryId: gone });
  expect((await stands()).reply).toBe("Thanks.");
  // What its author read already is not unsaid.
  await db.update(notifications).set({ readAt: new Date() }).where(eq(notifications.userId, world.id.ada));
  await revert(world.line, { entryId: third });
  expect(await told()).toHaveLength(2);
});

test("an owner takes back neither what another one did nor what an admin did; an admin takes back both", async () => {
  const byLine = await decide(world.line, "publish");
  await expect(revert(world.ring, { entryId: byLine })).rejects.toMatchObject({ code: "not_found" });
  await revert(world.admin, { entryId: byLine });
  const byAdmin = await decide(world.admin, "publish");
  await expect(revert(world.line, { entryId: byAdmin })).rejects.toMatchObject({ code: "not_found" });
  const own = await answer(world.line, "Thank you.");
  await db.update(products).set({ ownerId: world.id.ringShop }).where(eq(products.id, productId));
  await expect(revert(world.line, { entryId: own })).rejects.toMatchObject({ code: "not_found" });
  expect(await stands()).toMatchObject({ status: "published", reply: "Thank you." });
});
