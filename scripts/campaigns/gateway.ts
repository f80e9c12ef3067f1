/** A gateway that fails: errors, 429, cuts after the commit, slowness, silence; people are told, and in the end both sides agree. */
import { guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { letExpire, runJobsWithoutGateway, stateOf, stockOf } from "@/db/testing/orders";
import { isShopError } from "@/lib/domain/errors";
import { complete } from "@/lib/services/orders/complete";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { refund } from "@/lib/services/payments/refund";
import { sync } from "@/lib/services/payments/sync";
import { createPayout } from "@/lib/services/payouts/create";
import { type Campaign, connectOwner, type Ground, quiet } from "./ground";

const FAULTS = [
  { kind: "error", when: "before" },
  { kind: "error", when: "after" },
  { kind: "cut", when: "before" },
  { kind: "cut", when: "after" },
  { kind: "limit", when: "before" },
  { kind: "slow", when: "after" },
] as const;

export const gatewayFails: Campaign = {
  name: "gateway",
  about:
    "errors, 429, cuts, slowness and silence while opening, cancelling, refunding, expiring, paying out; books equal the gateway's",
  short: 24,
  long: 600,
  run: async (ground) => {
    const counts: Record<string, number> = { "faults met": 0 };
    const acts = Object.keys(ACTS) as (keyof typeof ACTS)[];
    await connectOwner(ground);
    for (let i = 0; i < ground.trials; i += 1) {
      const name = acts[i % acts.length] ?? ground.pick(acts);
      // Silence costs the whole time limit of a call: rare, and only by hand.
      const isSilent = ground.trials > gatewayFails.short && ground.random() < 0.01;
      const chosen = { ...ground.pick(FAULTS), count: ground.pick([1, 3, 6]) };
      const fault = isSilent ? { ...chosen, kind: "timeout" } : chosen;
      const outcome = await trial(ground, name, fault).catch(String);
      if (typeof outcome === "number") counts["faults met"] = (counts["faults met"] ?? 0) + outcome;
      else ground.expect(false, `${name} under ${JSON.stringify(fault)}: ${outcome}`);
      counts[name] = (counts[name] ?? 0) + 1;
      if (i % 50 === 49) ground.say(`${i + 1} of ${ground.trials} faults`);
    }
    // A fault that nobody meets proves nothing.
    ground.expect(
      (counts["faults met"] ?? 0) >= ground.trials,
      `only ${counts["faults met"]} faults were met`,
    );
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
    faulty: (_: Ground, { shopper, orderId }: Told) =>
      cancelOrder(shopper, orderId).finally(runJobsWithoutGateway),
    ends: (total: number) => ({ status: "cancelled", captured: total, refunded: total, onHand: 5 }),
  },
  refund: {
    paid: true,
    faulty: ({ world }: Ground, { orderId }: Told) =>
      refund(world.admin, { orderId, amount: 500, reason: "A scratch", key: `fault:${orderId}` }).finally(
        runJobsWithoutGateway,
      ),
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
  transfer: {
    paid: true,
    faulty: async ({ world }: Ground, { orderId }: Told) => {
      if ((await stateOf(orderId))?.status === "confirmed") {
        const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
        await deliver(world.line, { orderId, shipmentId });
        await complete(world.system, orderId);
      }
      await createPayout(world.admin, { ownerId: world.id.lineShop, key: `fault:${orderId}` }).finally(
        runJobsWithoutGateway,
      );
    },
    ends: (total: number) => ({ status: "completed", captured: total, refunded: 0, onHand: 4 }),
  },
} as const;

async function trial(
  ground: Ground,
  name: keyof typeof ACTS,
  fault: { kind: string; when: string; count: number },
): Promise<string | number> {
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
  const met = fault.count - (await gateway.faultsLeft());
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
  return isSame ? met : `${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`;
}

/** The browser's own call to the gateway was cut: nothing of ours. */
const isBrowserCut = (error: Error) => error instanceof TypeError && error.message === "fetch failed";
