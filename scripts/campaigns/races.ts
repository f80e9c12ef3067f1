/** Races: every row of "Never wrong" that many people at once could break, with a queue that is seen in the database. */
import { sql as query } from "drizzle-orm";
import { guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { discounts } from "@/db/schema/discounts";
import { stateOf, stockOf } from "@/db/testing/orders";
import { queuedFor } from "@/db/testing/stock";
import { isShopError } from "@/lib/domain/errors";
import { place } from "@/lib/services/checkout/place";
import { type Campaign, type Ground, lanes } from "./ground";
import { pairs } from "./races-pairs";

export const races: Campaign = {
  name: "races",
  about:
    "stock, coupons, double clicks, one payment many times; expiry, cancel, refunds, parcels, payouts and returns against each other",
  short: 1,
  long: 10,
  run: async (ground) => {
    const big = ground.trials >= 10;
    const counts: Record<string, number> = {};
    Object.assign(counts, await stock(ground, big ? 100 : 10, big ? 10_000 : 60));
    for (let i = 0; i < ground.trials; i += 1) await coupon(ground, 10, 200);
    counts["shoppers for 10 uses of a coupon"] = ground.trials * 200;
    Object.assign(counts, await samePayment(ground, big ? 1_000 : 100));
    for (let round = 0; round < ground.trials * 3; round += 1) {
      for (const pair of pairs) await pair(ground);
      if (round % 10 === 9) ground.say(`${round + 1} rounds of pairs`);
    }
    const numbers = await db.execute<{ all: number; distinct: number }>(
      query`SELECT count(*)::int AS all, count(DISTINCT number)::int AS distinct FROM orders`,
    );
    ground.expect(numbers[0]?.all === numbers[0]?.distinct, "two orders share a number");
    return { ...counts, "rounds of each pair": ground.trials * 3, orders: numbers[0]?.all ?? 0 };
  },
};

async function stock(ground: Ground, units: number, shoppers: number) {
  const variantId = await shelf(ground.world, units);
  const tally = { sold: 0, refused: 0, other: 0 };
  let longest = 0;
  // Ready first, then all at once: pages of 500, so that carts do not age.
  for (let from = 0; from < shoppers; from += 500) {
    const many = Math.min(500, shoppers - from);
    const ready: { shopper: ReturnType<typeof guest>; checkoutId: string; expectedTotal: number }[] = [];
    await lanes(many, 8, async () => {
      const shopper = guest();
      await getReady(shopper, [{ variantId, quantity: 1 }]).then(
        (told) => ready.push({ shopper, ...told }),
        // Sold out is told as early as in the cart.
        (error) => count(tally, error, ground),
      );
    });
    const { waiting } = await queuedFor(variantId, 16, () =>
      lanes(ready.length, 60, async (i) => {
        const one = ready[i];
        if (!one) return;
        await place(one.shopper, { method: "card", ...one }).then(
          () => (tally.sold += 1),
          (error) => count(tally, error, ground),
        );
      }),
    );
    longest = Math.max(longest, waiting);
    ground.say(`stock ${units}: ${from + many} of ${shoppers} shoppers, ${tally.sold} sold`);
  }
  ground.expect(tally.sold === units, `stock ${units}: ${tally.sold} sold to ${shoppers} shoppers`);
  ground.expect(tally.refused === shoppers - units && tally.other === 0, `stock: ${JSON.stringify(tally)}`);
  ground.expect(longest >= 16, `stock: only ${longest} backends were seen waiting`);
  const left = await stockOf(variantId);
  ground.expect(left?.on_hand === units && left?.reserved === units, `stock: left ${JSON.stringify(left)}`);
  return { "shoppers for the last units": shoppers, "backends waiting at once": longest };
}

function count(tally: { refused: number; other: number }, error: unknown, ground: Ground): void {
  if (isShopError(error, "sold_out")) tally.refused += 1;
  else {
    tally.other += 1;
    ground.expect(false, `stock: a shopper was told ${error}`);
  }
}

async function coupon(ground: Ground, limit: number, shoppers: number) {
  const variantId = await shelf(ground.world, shoppers, 5_000);
  const code = `RACE${newId().slice(-10).toUpperCase()}`;
  await db
    .insert(discounts)
    .values({ id: newId(), title: "Race", code, kind: "fixed", value: 500, totalLimit: limit });
  const ready: { shopper: ReturnType<typeof guest>; checkoutId: string; expectedTotal: number }[] = [];
  await lanes(shoppers, 8, async (i) => {
    const shopper = guest();
    ready.push({
      shopper,
      ...(await getReady(shopper, [{ variantId, quantity: 1 }], { code, email: `racer${i}@example.com` })),
    });
  });
  let used = 0;
  let refused = 0;
  await lanes(shoppers, 60, async (i) => {
    const one = ready[i];
    if (!one) return;
    await place(one.shopper, { method: "card", ...one }).then(
      () => (used += 1),
      (error) => {
        if (isShopError(error, "discount_refused") || isShopError(error, "cart_changed")) refused += 1;
        else ground.expect(false, `coupon: a shopper was told ${error}`);
      },
    );
  });
  ground.expect(
    used === limit && refused === shoppers - limit,
    `coupon ${limit}: ${used} used, ${refused} refused`,
  );
  ground.say(`coupon ${limit}: ${used} of ${shoppers} got it`);
}

async function samePayment(ground: Ground, times: number) {
  const { gateway, world } = ground;
  const shopper = guest();
  const variantId = await shelf(world, 5);
  const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
  const before = gateway.bodies.length;
  ground.expect((await gateway.pay(shopper, orderId)) === 200, "the payment was refused");
  await gateway.settled();
  const sent = gateway.bodies.slice(before).find(({ body }) => body.includes('"payment_intent.succeeded"'));
  if (!sent) throw new Error("no success was sent");
  await lanes(times, 25, async () => {
    const status = await gateway.deliver(sent.body, sent.signature);
    ground.expect(status === 200, `a repeat was answered ${status}`);
  });
  const state = await stateOf(orderId);
  ground.expect(
    state?.status === "confirmed" && state.captured === total,
    `repeats: ${JSON.stringify(state)}`,
  );
  return { "repeats of one event": times };
}
