/** The reviews of a product as its page shows them: the spread of stars, what is asked for, in which order, and who bought it. */
import { and, eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { reviews } from "@/db/schema/reviews";
import { comeAs, pageOf, wordsOf } from "@/db/testing/front-door";
import type { User } from "@/lib/domain/actors";
import { reviewInput } from "@/lib/domain/reviews";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { fingerprint, moderate } from "@/lib/services/reviews/moderate";
import { vote } from "@/lib/services/reviews/vote";
import { write } from "@/lib/services/reviews/write";
import ReviewsPage from "./[slug]/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
  const wishes = [{ variantId: world.mug.variantIds[0] ?? "", quantity: 1 }];
  const { orderId } = await order(world.ada, wishes, { method: "cash_on_delivery" });
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  await deliver(world.line, { orderId, shipmentId });
  await publish(world.ada, 5, "From Ada");
  await publish(world.ben, 2, "From Ben");
  const liked = await publish(world.ring, 4, "From Ring");
  await vote(world.ben, { reviewId: liked, helpful: true }, "198.18.0.7");
  await comeAs(null);
});

async function publish(user: User, rating: number, title: string): Promise<string> {
  const productId = world.mug.id;
  await write(user, reviewInput.parse({ productId, rating: `${rating}`, title, comment: "It holds tea." }));
  const [row] = await db
    .select({ id: reviews.id, seen: fingerprint })
    .from(reviews)
    .where(and(eq(reviews.productId, productId), eq(reviews.userId, user.userId)));
  if (!row) throw new Error("no review");
  await moderate(world.line, { reviewId: row.id, version: 1, decision: "publish", seen: row.seen });
  return row.id;
}

const words = async (query = {}) =>
  wordsOf(await pageOf(ReviewsPage as never, query, { slug: world.mug.slug })).replaceAll("\n", " ");
const titles = async (query = {}) => [...(await words(query)).matchAll(/From (\w+)/g)].map(([, who]) => who);

it("shows the spread of stars, and who had it delivered", async () => {
  const all = await words();
  expect(all).toContain("3.7 of 5 stars 3.7 3 reviews");
  expect(all).toContain(
    "5 stars 1 review 4 stars 1 review 3 stars 0 reviews 2 stars 1 review 1 star 0 reviews",
  );
  expect(all).toContain("1 found it helpful");
  expect(all.match(/verified purchase/g)).toHaveLength(1);
  expect(all).toMatch(/From Ada.*verified purchase/);
});

it("sorts and narrows down as it is asked", async () => {
  expect((await titles())[0]).toBe("Ring");
  expect(await titles({ sort: "highest" })).toEqual(["Ada", "Ring", "Ben"]);
  expect(await titles({ sort: "lowest" })).toEqual(["Ben", "Ring", "Ada"]);
  expect(await titles({ sort: "newest" })).toEqual(["Ring", "Ben", "Ada"]);
  expect(await titles({ stars: "2" })).toEqual(["Ben"]);
  expect(await titles({ verified: "1" })).toEqual(["Ada"]);
  expect(await words({ stars: "1" })).toContain("No review is like that. Show all");
});
