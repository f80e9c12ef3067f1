/** A gateway that fails: errors, cuts after the commit, silence; people are told, and in the end both sides agree. */
import { guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { letExpire, stateOf, stockOf } from "@/db/testing/orders";
import { isShopError } from "@/lib/domain/errors";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { refund } from "@/lib/services/payments/refund";
import { sync } from "@/lib/services/payments/sync";
import { type Campaign, type Ground, quiet } from "./ground";

const FAULTS = [
  { kind: "error", when: "before" },
  { kind: "error", when: "after" },
  { kind: "cut", when: "before" },
  { kind: "cut", when: "after" },
] as const;

export const gatewayFails: Campaign = {
  name: "gateway",
  about:
    "errors, cut connections and silence while opening, cancelling, refunding and expiring; books equal the gateway's",
  short: 20,
  long: 600,
  run: async (ground) => {
    const counts: Record<string, number> = {};
    const acts = Object.keys(ACTS) as (keyof typeof ACTS)[];
    for (let i = 0; i < ground.trials; i += 1) {
      const name = acts[i % acts.length] ?? ground.pick(acts);
      const fault = { ...ground.pick(FAULTS), count: ground.pick([1, 3, 6]) };
      // Silence costs the whole time limit of a call: rare, and only by hand.
      const isSilent = ground.trials > gatewayFails.short && ground.random() < 0.01;
      const wrong = await trial(ground, name, isSilent ? { ...fault, kind: "timeout" } : fault).catch(String);
      ground.expect(wrong === null, `${name} under ${JSON.stringify(fault)}: ${wrong}`);
      counts[name] = (counts[name] ?? 0) + 1;
      if (i % 50 === 49) ground.say(`${i + 1} of ${ground.trials} faults`);
    }
    return counts;
  },
};

interface Told {
  readonly shopper: ReturnType<typeof guest>;
  readonly orderId: string;
  readonly total: number;
}

/** `faulty` runs while the gateway fails, may throw what a person can be told, and is repeated once it is well. */
const ACTS = {
  open: {
    paid: false,
    faulty: ({ gateway }: Ground, { shopper, orderId }: Told) => gateway.pay(shopper, orderId),
    ends: (total: number) => ({ status: "confirmed", captured: total, refunded: 0, onHand: 4 }),
  },
  cancel: {
    paid: false,
    faulty: (_: Ground, { shopper, orderId }: Told) => cancelOrder(shopper, orderId),
    ends: () => ({ status: "cancelled", captured: 0, refunded: 0, onHand: 5 }),
  },
  cancelPaid: {
    paid: true,
    faulty: (_: Ground, { shopper, orderId }: Told) => cancelOrder(shopper, orderId),
    ends: (total: number) => ({ status: "cancelled", captured: total, refunded: total, onHand: 5 }),
  },
  refund: {
    paid: true,
    faulty: ({ world }: Ground, { orderId }: Told) =>
      refund(world.admin, { orderId, amount: 500, reason: "A scratch", key: `fault:${orderId}` }),
    ends: (total: number) => ({ status: "confirmed", captured: total, refunded: 500, onHand: 4 }),
  },
  expire: {
    paid: false,
    faulty: async ({ world }: Ground, { orderId }: Told) => {
      await letExpire(orderId);
      await expire(world.system, orderId);
    },
    ends: () => ({ status: "cancelled", captured: 0, refunded: 0, onHand: 5 }),
  },
} as const;

async function trial(
  ground: Ground,
  name: keyof typeof ACTS,
  fault: { kind: string; when: string; count: number },
): Promise<string | null> {
  const { gateway, world } = ground;
  const { paid, faulty, ends } = ACTS[name];
  const shopper = guest();
  const variantId = await shelf(world, 5);
  const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
  const told = { shopper, orderId, total };
  if (paid) {
    await gateway.pay(shopper, orderId);
    await quiet(ground);
  }
  await gateway.turn("fault", fault);
  const first = await faulty(ground, told).catch((error: unknown) => error);
  if (first instanceof Error && !isShopError(first) && !isBrowserCut(first)) return `told ${first.stack}`;
  await gateway.turn("clear");
  await faulty(ground, told).catch((error: unknown) => {
    if (!isShopError(error, "illegal_transition") && !isShopError(error, "payment_closed")) throw error;
  });
  await quiet(ground);
  await sync(world.system, orderId);
  await quiet(ground);
  const [state, stock] = [await stateOf(orderId), await stockOf(variantId)];
  const found = { ...state, onHand: stock?.on_hand, reserved: stock?.reserved };
  const expected = { ...ends(total), reserved: 0 };
  const isSame = Object.entries(expected).every(([key, value]) => found[key as keyof typeof found] === value);
  return isSame ? null : `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
}

/** The browser's own call to the gateway was cut: nothing of ours. */
const isBrowserCut = (error: Error) => error instanceof TypeError && error.message === "fetch failed";
