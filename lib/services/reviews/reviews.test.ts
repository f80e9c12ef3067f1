/** Reviews on the real database: who may write, what a moderator decides, the rating that follows, and votes. */
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { variants } from "@/db/schema/catalog";
import { notifications } from "@/db/schema/notifications";
import { reviews, reviewVotes } from "@/db/schema/reviews";
import { wrongInTheBooks } from "@/db/testing/books";
import { withTx } from "@/db/tx";
import type { Shopper, User } from "@/lib/domain/actors";
import { reviewInput } from "@/lib/domain/reviews";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { fingerprint, moderate, reply } from "./moderate";
import { verifyAll } from "./verify";
import { mergeVotes, removeVotes, vote } from "./vote";
import { remove, removeAll, write } from "./write";

const IP = "203.0.113.7";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** A fresh product of Line's. */
async function thing(): Promise<{ variantId: string; productId: string }> {
  const variantId = await shelf(world, 9);
  const [row] = await db.select().from(variants).where(eq(variants.id, variantId));
  return { variantId, productId: row?.productId ?? "" };
}

const said = (productId: string, rating = 5, comment = "Heavy and quiet.") =>
  reviewInput.parse({ productId, rating: String(rating), title: "Good", comment });

async function reviewOf(user: User, productId: string) {
  const [row] = await db
    .select({ id: reviews.id, review: reviews, seen: fingerprint })
    .from(reviews)
    .where(sql`${reviews.productId} = ${productId} AND ${reviews.userId} = ${user.userId}`);
  if (!row) throw new Error("no review");
  return row;
}

async function published(user: User, productId: string, rating = 5) {
  await write(user, said(productId, rating));
  const { id, seen } = await reviewOf(user, productId);
  await moderate(world.line, { reviewId: id, version: 1, decision: "publish", seen });
  return id;
}

async function ratingOf(productId: string) {
  const [row] = await db.execute<{ sum: number; count: number }>(
    sql`SELECT rating_sum AS sum, rating_count AS count FROM products WHERE id = ${productId}`,
  );
  return row;
}

async function arrived(shopper: User, variantId: string): Promise<void> {
  const { orderId } = await order(shopper, [{ variantId, quantity: 1 }], { method: "cash_on_delivery" });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId, shipmentId });
}

const codeOf = (run: Promise<unknown>) =>
  run.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );

describe("writing", () => {
  it("waits for a moderator; the rating counts what is published, and a change waits again", async () => {
    const { productId } = await thing();
    expect(await write(world.ada, said(productId, 4))).toEqual({ status: "pending" });
    expect(await ratingOf(productId)).toEqual({ sum: 0, count: 0 });
    const { id, seen } = await reviewOf(world.ada, productId);
    await moderate(world.line, { reviewId: id, version: 1, decision: "publish", seen });
    await published(world.ben, productId, 1);
    expect(await ratingOf(productId)).toEqual({ sum: 5, count: 2 });
    expect(await write(world.ada, said(productId, 4))).toEqual({ status: "published" });
    expect(await write(world.ada, said(productId, 2))).toEqual({ status: "pending" });
    expect(await ratingOf(productId)).toEqual({ sum: 1, count: 1 });
    await remove(world.ben, { reviewId: (await reviewOf(world.ben, productId)).id });
    expect(await ratingOf(productId)).toEqual({ sum: 0, count: 0 });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("is one per customer and product, also for two forms sent at once", async () => {
    const { productId } = await thing();
    await Promise.all([write(world.ada, said(productId, 4)), write(world.ada, said(productId, 3))]);
    expect(await db.$count(reviews, eq(reviews.productId, productId))).toBe(1);
  });

  it("is not for one's own goods, nor for what is not in the shop, nor for other people's reviews", async () => {
    const { productId } = await thing();
    expect(await codeOf(write(world.line, said(productId)))).toBe("forbidden");
    expect(await codeOf(write(world.ring, said(productId)))).toBe("done");
    expect(await codeOf(write(world.ada, said("00000000-0000-7000-8000-000000000000")))).toBe("not_found");
    await db.execute(sql`UPDATE products SET status = 'draft' WHERE id = ${productId}`);
    expect(await codeOf(write(world.ada, said(productId)))).toBe("not_found");
    const { id } = await reviewOf(world.ring, productId);
    expect(await codeOf(remove(world.ada, { reviewId: id }))).toBe("not_found");
  });

  it("refuses stars that there are not, too many words, and invisible ones", () => {
    const one = { productId: world.print.id };
    for (const rating of ["0", "6", "4.5", "", undefined])
      expect(reviewInput.safeParse({ ...one, rating }).success, String(rating)).toBe(false);
    expect(reviewInput.safeParse({ ...one, rating: "5", comment: "x".repeat(4_001) }).success).toBe(false);
    expect(reviewInput.safeParse({ ...one, rating: "5", comment: "a\u0000b" }).success).toBe(false);
    expect(reviewInput.parse({ ...one, rating: "5", comment: " a\r\nb " }).comment).toBe("a\nb");
  });

  it("tells the owner once, by mail and in the shop", async () => {
    const { productId } = await thing();
    await write(world.ada, said(productId, 2));
    await write(world.ada, said(productId, 3));
    const { id } = await reviewOf(world.ada, productId);
    const told = await db
      .select()
      .from(notifications)
      .where(eq(notifications.dedupeKey, `review:${id}`));
    expect(told.map(({ userId }) => userId)).toEqual([world.id.line]);
    const [{ n } = { n: 0 }] = await db.execute<{ n: number }>(
      sql`SELECT count(*)::int AS n FROM mail WHERE template = 'review_posted' AND dedupe_key LIKE ${`%${id}%`}`,
    );
    expect(n).toBe(1);
  });
});

describe("the verified mark", () => {
  it("is there for who had it delivered, and follows a delivery that comes later", async () => {
    const { variantId, productId } = await thing();
    await arrived(world.ada, variantId);
    await write(world.ada, said(productId));
    expect((await reviewOf(world.ada, productId)).review.isVerified).toBe(true);
    await published(world.ben, productId);
    expect((await reviewOf(world.ben, productId)).review.isVerified).toBe(false);
    await order(world.ben, [{ variantId, quantity: 1 }], { method: "cash_on_delivery" });
    expect(await verifyAll(world.system)).toBe(0);
    await arrived(world.ben, variantId);
    expect(await verifyAll(world.system)).toBe(1);
    expect((await reviewOf(world.ben, productId)).review.isVerified).toBe(true);
  });
});

describe("moderating", () => {
  it("is for the owner of the goods and admins; others find nothing", async () => {
    const { productId } = await thing();
    await write(world.ada, said(productId));
    const { id, seen } = await reviewOf(world.ada, productId);
    const decide = (staff: Parameters<typeof moderate>[0], decision: "publish" | "reject", version: number) =>
      codeOf(moderate(staff, { reviewId: id, version, decision, seen }));
    expect(await decide(world.ring, "publish", 1)).toBe("not_found");
    expect(await codeOf(reply(world.ring, { reviewId: id, version: 1, reply: "Thanks" }))).toBe("not_found");
    expect(await decide(world.line, "publish", 1)).toBe("done");
    expect(await decide(world.admin, "reject", 2)).toBe("done");
    expect(await ratingOf(productId)).toEqual({ sum: 0, count: 0 });
    expect(await decide(world.admin, "publish", 3)).toBe("done");
    expect(await decide(world.admin, "publish", 3)).toBe("done");
    expect(await ratingOf(productId)).toEqual({ sum: 5, count: 1 });
    const log = await db.execute(
      sql`SELECT action, actor_id FROM audit WHERE subject_id = ${id} ORDER BY created_at`,
    );
    expect(log.map(({ actor_id }) => actor_id)).toEqual([world.id.line, world.id.admin, world.id.admin]);
  });

  it("does not publish unread what the author changed meanwhile", async () => {
    const { productId } = await thing();
    await write(world.ada, said(productId));
    const { id, seen } = await reviewOf(world.ada, productId);
    await write(world.ada, said(productId, 5, "Buy cheap watches"));
    expect(await codeOf(moderate(world.line, { reviewId: id, version: 1, decision: "publish", seen }))).toBe(
      "conflict",
    );
  });

  it("tells who decides or answers late what another one did, and leaves that", async () => {
    const { productId } = await thing();
    await write(world.ada, said(productId));
    const { id: reviewId, seen } = await reviewOf(world.ada, productId);
    await moderate(world.line, { reviewId, version: 1, decision: "reject", seen });
    const late = moderate(world.admin, { reviewId, version: 1, decision: "publish", seen });
    await expect(late).rejects.toMatchObject({
      code: "conflict",
      data: { told: { did: "changed the status to “rejected”", version: 2 } },
    });
    await reply(world.line, { reviewId, version: 2, reply: "Thank you." });
    const other = (version: number) => reply(world.admin, { reviewId, version, reply: "We are sorry." });
    await expect(other(2)).rejects.toMatchObject({
      code: "conflict",
      data: { told: { did: "changed the answer", version: 3 } },
    });
    expect((await reviewOf(world.ada, productId)).review).toMatchObject({
      status: "rejected",
      reply: "Thank you.",
    });
    await other(3);
    expect((await reviewOf(world.ada, productId)).review.reply).toBe("We are sorry.");
  });

  it("two at once count once", async () => {
    const { productId } = await thing();
    await write(world.ada, said(productId, 3));
    const { id, seen } = await reviewOf(world.ada, productId);
    const publish = () => moderate(world.admin, { reviewId: id, version: 1, decision: "publish", seen });
    await Promise.all([publish(), publish(), publish(), publish()]);
    expect(await ratingOf(productId)).toEqual({ sum: 3, count: 1 });
  });

  it("answers in the owner's name, once told, and takes the answer back", async () => {
    const { productId } = await thing();
    const reviewId = await published(world.ada, productId);
    await reply(world.line, { reviewId, version: 2, reply: "Thank you." });
    await reply(world.line, { reviewId, version: 3, reply: "Thank you, Ada." });
    expect((await reviewOf(world.ada, productId)).review).toMatchObject({ reply: "Thank you, Ada." });
    const key = `review:${reviewId}:reply`;
    expect(await db.$count(notifications, eq(notifications.dedupeKey, key))).toBe(1);
    await reply(world.line, { reviewId, version: 4, reply: "" });
    expect((await reviewOf(world.ada, productId)).review).toMatchObject({ reply: null, repliedAt: null });
  });
});

describe("votes", () => {
  it("count once a visitor, can be taken back, and repeating changes nothing", async () => {
    const { productId } = await thing();
    const reviewId = await published(world.ada, productId);
    const visitor = guest();
    const press = (helpful: boolean) => vote(visitor, { reviewId, helpful }, IP);
    await Promise.all([press(true), press(true), press(true)]);
    expect(await vote(world.ben, { reviewId, helpful: true }, IP)).toEqual({ helpful: true, count: 2 });
    expect(await press(false)).toEqual({ helpful: false, count: 1 });
    expect(await press(false)).toEqual({ helpful: false, count: 1 });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("are not for one's own review, for one that is not published, or for a browser without a cookie", async () => {
    const { productId } = await thing();
    await write(world.ada, said(productId));
    const { id: reviewId, seen } = await reviewOf(world.ada, productId);
    expect(await codeOf(vote(world.ben, { reviewId, helpful: true }, IP))).toBe("not_found");
    await moderate(world.line, { reviewId, version: 1, decision: "publish", seen });
    expect(await codeOf(vote(world.ada, { reviewId, helpful: true }, IP))).toBe("forbidden");
    const nobody = { ...guest(), tokenHash: null };
    expect(await codeOf(vote(nobody, { reviewId, helpful: true }, IP))).toBe("forbidden");
  });

  it("of guests are few a place and review, however often the cookie is thrown away", async () => {
    const { productId } = await thing();
    const reviewId = await published(world.ada, productId);
    const ip = "203.0.113.40";
    const press = (who: Shopper = guest(), helpful = true) => vote(who, { reviewId, helpful }, ip);
    const first = guest();
    for (let i = 0; i < 8; i += 1) for (const helpful of [true, true, false]) await press(first, helpful);
    for (let i = 0; i < 5; i += 1) await press();
    expect(await codeOf(press())).toBe("too_many");
    expect(await press(world.ben)).toEqual({ helpful: true, count: 6 });
    expect(await vote(guest(), { reviewId, helpful: true }, "203.0.113.41")).toMatchObject({ count: 7 });
  });

  it("go with the visitor who signs in, and never twice", async () => {
    const { productId } = await thing();
    const reviewId = await published(world.ada, productId);
    const [first, second, own] = [guest(), guest(), guest()];
    for (const who of [first, second, own]) await vote(who, { reviewId, helpful: true }, IP);
    const merge = (userId: string, { tokenHash }: { tokenHash: string | null }) =>
      withTx((tx) => mergeVotes(tx, userId, tokenHash ?? ""));
    await merge(world.id.ben, first);
    await merge(world.id.ben, second);
    await merge(world.id.ada, own);
    const voters = await db.select().from(reviewVotes).where(eq(reviewVotes.reviewId, reviewId));
    expect(voters.map(({ voter }) => voter)).toEqual([world.id.ben]);
    expect((await reviewOf(world.ada, productId)).review.helpfulCount).toBe(1);
    await withTx((tx) => removeVotes(tx, world.id.ben));
    expect((await reviewOf(world.ada, productId)).review.helpfulCount).toBe(0);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

it("all that a user wrote can go at once, and the ratings with it", async () => {
  const [one, two] = [await thing(), await thing()];
  await published(world.ben, one.productId, 2);
  await published(world.ben, two.productId, 3);
  await withTx((tx) => removeAll(tx, world.id.ben));
  expect(await db.$count(reviews, eq(reviews.userId, world.id.ben))).toBe(0);
  expect(await ratingOf(one.productId)).toEqual({ sum: 0, count: 0 });
  expect(await wrongInTheBooks()).toEqual([]);
});
