/** Webhooks in any order, doubled, lost or late: whatever arrives how often, an order ends in the one right state. */
import { guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { DECLINED_CARD } from "@/db/testing/gateway";
import { letExpire, stateOf, stockOf } from "@/db/testing/orders";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { refund } from "@/lib/services/payments/refund";
import { sync } from "@/lib/services/payments/sync";
import { type Campaign, type Ground, quiet } from "./ground";

export const webhooks: Campaign = {
  name: "webhooks",
  about:
    "up to five events of an order shuffled, doubled, lost or late, before the create call answered, after expiry or cancel",
  short: 24,
  long: 1_000,
  run: async (ground) => {
    const stories = Object.entries(STORIES);
    const counts: Record<string, number> = {};
    for (let i = 0; i < ground.trials; i += 1) {
      const [name, story] = stories[i % stories.length] ?? ground.pick(stories);
      const how = deliveryOf(ground);
      const wrong = await tell(ground, story, how).catch((error: unknown) => String(error));
      ground.expect(wrong === null, `${name}, ${JSON.stringify(how)}: ${wrong}`);
      counts[name] = (counts[name] ?? 0) + 1;
      if (i % 100 === 99) ground.say(`${i + 1} of ${ground.trials} orders`);
    }
    return counts;
  },
};

interface How {
  readonly order: "fifo" | "reverse" | "shuffle";
  readonly copies: number;
  readonly seed: number;
  /** Events that never arrive; the shop asks by itself then. */
  readonly lose: number;
}

function deliveryOf({ pick, random }: Ground): How {
  const order = pick(["fifo", "reverse", "shuffle"] as const);
  const lose = random() < 0.3 ? 1 + Math.floor(random() * 3) : 0;
  return { order, copies: 1 + Math.floor(random() * 3), seed: Math.floor(random() * 1_000), lose };
}

interface Told {
  readonly shopper: ReturnType<typeof guest>;
  readonly orderId: string;
  readonly total: number;
}

interface Story {
  /** What happens while the gateway's events are held back. */
  readonly before: (ground: Ground, told: Told) => Promise<unknown>;
  readonly ends: (total: number) => { status: string; captured: number; refunded: number; sold: number };
}

const confirmed = (total: number) => ({ status: "confirmed", captured: total, refunded: 0, sold: 1 });
const givenBack = (total: number) => ({ status: "cancelled", captured: total, refunded: total, sold: 0 });

const STORIES: Record<string, Story> = {
  paid: { before: ({ gateway }, { shopper, orderId }) => gateway.pay(shopper, orderId), ends: confirmed },
  "declined twice, then paid": {
    before: async ({ gateway }, { shopper, orderId }) => {
      await gateway.pay(shopper, orderId, DECLINED_CARD);
      await gateway.pay(shopper, orderId, DECLINED_CARD);
      await gateway.pay(shopper, orderId);
    },
    ends: confirmed,
  },
  "paid, then cancelled by the shopper": {
    before: async ({ gateway }, { shopper, orderId }) => {
      await gateway.pay(shopper, orderId);
      await cancelOrder(shopper, orderId);
    },
    ends: givenBack,
  },
  "paid in the last moment": {
    before: async ({ gateway, world }, { shopper, orderId }) => {
      await gateway.pay(shopper, orderId);
      await letExpire(orderId);
      await expire(world.system, orderId);
    },
    ends: confirmed,
  },
  "paid, asked for, partly refunded": {
    before: async ({ gateway, world }, { shopper, orderId }) => {
      await gateway.pay(shopper, orderId);
      await sync(world.system, orderId);
      await refund(world.admin, { orderId, amount: 300, reason: "A scratch", key: `scratch:${orderId}` });
    },
    ends: (total) => ({ ...confirmed(total), refunded: 300 }),
  },
  "told before the create call answered": {
    before: async ({ gateway }, { shopper, orderId }) => {
      // The call is cut after the gateway made the intent; the shopper's browser asks again.
      await gateway.turn("fault", { kind: "cut", when: "after", path: "/v1/payment_intents", count: 3 });
      await open(shopper, orderId).catch(() => {});
      await gateway.turn("clear");
      await gateway.pay(shopper, orderId);
    },
    ends: confirmed,
  },
  "expired unpaid": {
    before: async ({ world }, { shopper, orderId }) => {
      await open(shopper, orderId);
      await letExpire(orderId);
      await expire(world.system, orderId);
    },
    ends: () => ({ status: "cancelled", captured: 0, refunded: 0, sold: 0 }),
  },
};

async function tell(ground: Ground, story: Story, how: How): Promise<string | null> {
  const { gateway, world } = ground;
  const shopper = guest();
  const variantId = await shelf(world, 5);
  const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
  await gateway.turn("hold");
  if (how.lose > 0) await gateway.turn("lose", { count: how.lose });
  await story.before(ground, { shopper, orderId, total });
  await gateway.turn("lose", { count: 0 });
  await gateway.turn("release", { order: how.order, copies: how.copies, seed: how.seed });
  await quiet(ground);
  // What was lost is asked for, as the reconciler does.
  await sync(world.system, orderId);
  await quiet(ground);
  const { sold, ...money } = story.ends(total);
  const [state, stock] = [await stateOf(orderId), await stockOf(variantId)];
  const found = { ...state, onHand: stock?.on_hand, reserved: stock?.reserved };
  const expected = { ...money, onHand: 5 - sold, reserved: 0 };
  const isSame = Object.entries(expected).every(([key, value]) => found[key as keyof typeof found] === value);
  return isSame ? null : `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
}
