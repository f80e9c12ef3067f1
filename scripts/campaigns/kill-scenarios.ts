/** What the kill campaign kills in: each scenario is made ready, killed in its act, repeated as the world would, and must end so. */
import Stripe from "stripe";
import { guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { linesOf } from "@/db/testing/delivered";
import { letExpire, paymentOf } from "@/db/testing/orders";
import { isShopError } from "@/lib/domain/errors";
import { unlockLeftovers } from "@/lib/jobs/leftovers";
import { place } from "@/lib/services/checkout/place";
import { adjust } from "@/lib/services/inventory/adjust";
import { deliver } from "@/lib/services/orders/deliver";
import { ship } from "@/lib/services/orders/ship";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { refund } from "@/lib/services/payments/refund";
import { sync } from "@/lib/services/payments/sync";
import { type Ground, quiet } from "./ground";
import { type Act, type ActInput, comeBack, payOut } from "./kill-acts";

export interface Prepared extends Partial<ActInput> {
  readonly act: Act;
  readonly variantId: string;
  /** What the real world does after a crash: the shopper asks again, the gateway delivers again, jobs run again. */
  readonly recover: () => Promise<unknown>;
  readonly ends: { status: string; captured: number; refunded: number; onHand: number };
}

export type Scenario = keyof typeof scenarios;

export const scenarios = {
  place: async (ground: Ground): Promise<Prepared> => {
    const shopper = guest();
    const variantId = await shelf(ground.world, 5);
    const { expectedTotal: amount, checkoutId } = await getReady(shopper, [{ variantId, quantity: 2 }]);
    const recover = async () => {
      const { orderId } = await place(shopper, { method: "card", expectedTotal: amount, checkoutId });
      await ground.gateway.pay(shopper, orderId);
    };
    const ends = { status: "confirmed", captured: amount, refunded: 0, onHand: 3 };
    return { act: "place", tokenHash: hashOf(shopper), checkoutId, amount, variantId, recover, ends };
  },
  open: async (ground: Ground): Promise<Prepared> => {
    const one = await placed(ground);
    const recover = () => ground.gateway.pay(one.shopper, one.orderId);
    return { ...one, act: "open", recover, ends: one.confirmed };
  },
  webhook: async (ground: Ground): Promise<Prepared> => {
    const one = await paidUnheard(ground);
    return { ...one, act: "receive", recover: () => ground.gateway.turn("release"), ends: one.confirmed };
  },
  asked: async (ground: Ground): Promise<Prepared> => {
    const one = await paidUnheard(ground);
    const recover = async () => {
      await sync(ground.world.system, one.orderId);
      await ground.gateway.turn("release");
    };
    return { ...one, act: "sync", recover, ends: one.confirmed };
  },
  late: async (ground: Ground): Promise<Prepared> => {
    const one = await paidUnheard(ground);
    await cancelOrder(one.shopper, one.orderId);
    return { ...one, act: "receive", recover: () => ground.gateway.turn("release"), ends: one.givenBack };
  },
  cancel: async (ground: Ground): Promise<Prepared> => {
    const one = await placed(ground);
    await open(one.shopper, one.orderId);
    const ends = { status: "cancelled", captured: 0, refunded: 0, onHand: 5 };
    return { ...one, act: "cancel", recover: () => cancelAgain(one), ends };
  },
  cancelPaid: async (ground: Ground): Promise<Prepared> => {
    const one = await paid(ground);
    return { ...one, act: "cancel", recover: () => cancelAgain(one), ends: one.givenBack };
  },
  expire: async (ground: Ground): Promise<Prepared> => {
    const one = await placed(ground);
    await open(one.shopper, one.orderId);
    await letExpire(one.orderId);
    const ends = { status: "cancelled", captured: 0, refunded: 0, onHand: 5 };
    return { ...one, act: "expire", recover: () => expire(ground.world.system, one.orderId), ends };
  },
  refund: async (ground: Ground): Promise<Prepared> => {
    const one = await paid(ground);
    const amount = 700;
    const recover = () =>
      refund(ground.world.admin, {
        orderId: one.orderId,
        amount,
        reason: "Broken",
        key: `kill:${one.orderId}`,
      });
    const ends = { ...one.confirmed, refunded: amount };
    return { ...one, act: "refund", amount, recover, ends };
  },
  worker: async (ground: Ground): Promise<Prepared> => {
    const one = await paid(ground);
    await cancelOrder(one.shopper, one.orderId);
    // The launcher's new worker takes over what its dead one had begun.
    const recover = () => unlockLeftovers(0);
    return { ...one, act: "jobs", recover, ends: one.givenBack };
  },
  refundPieces: async (ground: Ground): Promise<Prepared> => {
    const one = await paid(ground);
    const { orderId, orderLineId } = one;
    const lines = [{ orderLineId, quantity: 1, restock: true }];
    const recover = () =>
      refund(ground.world.admin, { orderId, lines, reason: "Broken", key: `kill:${orderId}` });
    const ends = { ...one.confirmed, refunded: 2_000, onHand: 4 };
    return { ...one, act: "refundPieces", recover, ends };
  },
  comeBack: async (ground: Ground): Promise<Prepared> => {
    const one = await arrived(ground);
    const ends = { ...one.confirmed, status: "delivered", refunded: 2_000, onHand: 4 };
    return { ...one, act: "comeBack", recover: () => comeBack(one), ends };
  },
  payOut: async (ground: Ground): Promise<Prepared> => {
    const one = await arrived(ground);
    return {
      ...one,
      act: "payOut",
      recover: () => payOut(one),
      ends: { ...one.confirmed, status: "completed" },
    };
  },
  revived: async (ground: Ground): Promise<Prepared> => {
    const one = await lapsedButPaid(ground);
    return { ...one, act: "receive", recover: () => ground.gateway.turn("release"), ends: one.confirmed };
  },
  soldOutMeanwhile: async (ground: Ground): Promise<Prepared> => {
    const one = await lapsedButPaid(ground);
    await adjust(ground.world.line, { variantId: one.variantId, delta: -5, reason: "Water" });
    const ends = { ...one.givenBack, onHand: 0 };
    return { ...one, act: "receive", recover: () => ground.gateway.turn("release"), ends };
  },
  disputed: async (ground: Ground): Promise<Prepared> => {
    const { gateway } = ground;
    const one = await paid(ground);
    const { providerIntentId } = await paymentOf(one.orderId);
    await gateway.turn("hold");
    await gateway.turn("dispute", { payment_intent: providerIntentId });
    const heard = await heardOf("charge.dispute.created", providerIntentId ?? "");
    return { ...one, ...heard, act: "receive", recover: () => gateway.turn("release"), ends: one.confirmed };
  },
};

const hashOf = (shopper: ReturnType<typeof guest>) => shopper.tokenHash ?? "";

async function placed({ world }: Ground) {
  const shopper = guest();
  const variantId = await shelf(world, 5);
  const { orderId, total } = await order(shopper, [{ variantId, quantity: 2 }]);
  const confirmed = { status: "confirmed", captured: total, refunded: 0, onHand: 3 };
  const givenBack = { status: "cancelled", captured: total, refunded: total, onHand: 5 };
  const [line] = await linesOf(orderId);
  return {
    shopper,
    variantId,
    orderId,
    confirmed,
    givenBack,
    total,
    tokenHash: hashOf(shopper),
    orderLineId: line?.id ?? "",
    adminId: world.id.admin,
    ownerId: world.id.lineShop,
    ownerUserId: world.id.line,
  };
}

async function paid(ground: Ground) {
  const one = await placed(ground);
  await ground.gateway.pay(one.shopper, one.orderId);
  await quiet(ground);
  return one;
}

/** Paid, while the gateway holds its events back. */
async function paidUnheard(ground: Ground) {
  const { gateway } = ground;
  const one = await placed(ground);
  await gateway.turn("hold");
  await gateway.pay(one.shopper, one.orderId);
  return { ...one, ...(await heardOf("payment_intent.succeeded", one.orderId)) };
}

/** Sent and delivered. */
async function arrived(ground: Ground) {
  const { line } = ground.world;
  const one = await paid(ground);
  const { shipmentId } = await ship(line, one.orderId, { carrier: "DHL" });
  await deliver(line, { orderId: one.orderId, shipmentId });
  await quiet(ground);
  return one;
}

/** Expired while the gateway was silent, so that it could still be paid; nothing of it is told yet. */
async function lapsedButPaid(ground: Ground) {
  const { gateway, world } = ground;
  const one = await placed(ground);
  const { clientSecret } = await open(one.shopper, one.orderId);
  await letExpire(one.orderId);
  await gateway.turn("fault", { kind: "error", when: "before", count: 3 });
  await expire(world.system, one.orderId, true);
  await gateway.turn("clear");
  await gateway.turn("hold");
  await gateway.confirm(clientSecret);
  return { ...one, ...(await heardOf("payment_intent.succeeded", one.orderId)) };
}

/** The gateway's event as a door would have been told it. `of`: an id that stands in it. */
async function heardOf(type: string, of: string): Promise<{ body: string; signature: string }> {
  const answer = await fetch(`${process.env.SANDBOX_URL}/v1/events?type=${type}&limit=5`, {
    headers: { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
  });
  const { data } = (await answer.json()) as { data: unknown[] };
  const body = data.map((event) => JSON.stringify(event)).find((text) => text.includes(of));
  if (!body) throw new Error(`no ${type} was sent`);
  const secret = process.env.STRIPE_WEBHOOK_SECRET ?? "";
  return { body, signature: Stripe.webhooks.generateTestHeaderString({ payload: body, secret }) };
}

async function cancelAgain({ shopper, orderId }: { shopper: ReturnType<typeof guest>; orderId: string }) {
  await cancelOrder(shopper, orderId).catch((error: unknown) => {
    if (!isShopError(error, "illegal_transition")) throw error;
  });
}
