/** Clocks: the app's may be hours off, only the database's counts; and every window closes when its time has come. */
import { sql as query } from "drizzle-orm";
import { guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { letExpire, stateOf, stockOf } from "@/db/testing/orders";
import { isShopError } from "@/lib/domain/errors";
import { expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { windows } from "./clock-windows";
import { type Campaign, type Ground, quiet } from "./ground";

const HOUR = 3_600_000;

export const clock: Campaign = {
  name: "clock",
  about:
    "the app's clock hours or days off in both directions, the database's moved over the edges of every window: only the second counts",
  short: 6,
  long: 200,
  run: async (ground) => {
    const skews = [-48 * HOUR, -6 * HOUR, -HOUR, HOUR, 6 * HOUR, 48 * HOUR];
    for (let i = 0; i < ground.trials; i += 1) {
      const skew = skews[i % skews.length] ?? 0;
      const wrong = await trial(ground, skew).catch(
        (error: unknown) => (error as Error).stack ?? String(error),
      );
      ground.expect(wrong === null, `clock off by ${skew / HOUR} h: ${wrong}`);
    }
    // The edges need few trials: only the skew differs.
    const rounds = Math.min(skews.length, Math.ceil(ground.trials / skews.length));
    for (const skew of skews.slice(0, rounds)) {
      const check = (holds: boolean, otherwise: string) =>
        ground.expect(holds, `windows, clock off by ${skew / HOUR} h: ${otherwise}`);
      await withSkew(skew, () => windows(ground, check));
    }
    return { orders: ground.trials * 2, "rounds over every edge": rounds };
  },
};

async function trial(ground: Ground, skew: number): Promise<string | null> {
  const { gateway, world } = ground;
  const variantId = await shelf(world, 5);
  const told: string[] = [];
  const check = (holds: boolean, otherwise: string) => holds || told.push(otherwise);
  const [kept, lapsed] = await withSkew(skew, async () => {
    const placed = [];
    for (const shopper of [guest(), guest()])
      placed.push({ shopper, ...(await order(shopper, [{ variantId, quantity: 1 }])) });
    const [first, second] = placed;
    if (!first || !second) throw new Error("nothing was placed");
    const [window] = await db.execute<{ minutes: number; job: number }>(query`
      SELECT round(extract(epoch FROM o.expires_at - shop_now()) / 60)::int AS minutes,
        round(extract(epoch FROM j.run_at - now()) / 60)::int AS job
      FROM orders o JOIN graphile_worker.jobs j ON j.key = 'orders.expire:' || o.id WHERE o.id = ${first.orderId}`);
    check(window?.minutes === 15, `the window is ${window?.minutes} minutes`);
    check(window?.job === 15, `its job runs in ${window?.job} minutes`);
    check((await expire(world.system, first.orderId)) === "waiting", "expired before its time");
    await open(second.shopper, second.orderId);
    await letExpire(second.orderId);
    const late = await open(second.shopper, second.orderId).catch((error: unknown) => error);
    check(isShopError(late, "payment_closed"), "could be paid after its time");
    check((await expire(world.system, second.orderId)) === "expired", "did not expire in its time");
    return [first, second] as const;
  });
  await gateway.pay(kept.shopper, kept.orderId);
  await quiet(ground);
  check((await stateOf(kept.orderId))?.status === "confirmed", "the paid order is not confirmed");
  check((await stateOf(lapsed.orderId))?.status === "cancelled", "the lapsed order is not cancelled");
  const stock = await stockOf(variantId);
  check(stock?.on_hand === 4 && stock?.reserved === 0, `stock ${JSON.stringify(stock)}`);
  return told.length > 0 ? told.join("; ") : null;
}

/** Runs `work` with an app whose clock is off by `skew` milliseconds. */
async function withSkew<T>(skew: number, work: () => Promise<T>): Promise<T> {
  const RealDate = globalThis.Date;
  class SkewedDate extends RealDate {
    constructor(...args: ConstructorParameters<typeof Date> | []) {
      if (args.length === 0) super(RealDate.now() + skew);
      else super(...(args as ConstructorParameters<typeof Date>));
    }
    static override now(): number {
      return RealDate.now() + skew;
    }
  }
  globalThis.Date = SkewedDate as DateConstructor;
  try {
    return await work();
  } finally {
    globalThis.Date = RealDate;
  }
}
