/** Kill points: the process is killed at every boundary of what moves goods or money; what is left ends as if it had not been. */
import { sql as query } from "drizzle-orm";
import Stripe from "stripe";
import { guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { letExpire, stateOf, stockOf } from "@/db/testing/orders";
import { isShopError } from "@/lib/domain/errors";
import { unlockLeftovers } from "@/lib/jobs/leftovers";
import { place } from "@/lib/services/checkout/place";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { open } from "@/lib/services/payments/open";
import { refund } from "@/lib/services/payments/refund";
import { sync } from "@/lib/services/payments/sync";
import { type Campaign, type Ground, quiet } from "./ground";
import type { Act, ActInput } from "./kill-acts";
import { Victims } from "./victims";

export const kill: Campaign = {
  name: "kill",
  about:
    "SIGKILL at the boundaries of placing, opening, settling, cancelling, expiry and refunds, and at random",
  short: 12,
  // Every boundary of every scenario, then this many at random.
  long: 200,
  run: async (ground) => {
    const victims = new Victims(3);
    try {
      const points = await countPoints(ground, victims);
      const isLong = ground.trials > kill.short;
      const chosen = isLong ? points : sample(ground, points, ground.trials);
      let killed = 0;
      for (const [i, { scenario, at }] of chosen.entries()) {
        if (await trial(ground, victims, scenario, { killAt: at })) killed += 1;
        if (i % 25 === 24) ground.say(`${i + 1} of ${chosen.length} boundaries`);
      }
      for (let i = 0; isLong && i < ground.trials; i += 1) {
        const scenario = ground.pick(Object.keys(scenarios) as Scenario[]);
        if (await trial(ground, victims, scenario, { afterMs: ground.random() * 60 })) killed += 1;
        if (i % 25 === 24) ground.say(`${i + 1} of ${ground.trials} at random`);
      }
      return { boundaries: points.length, trials: chosen.length + (isLong ? ground.trials : 0), killed };
    } finally {
      victims.close();
    }
  },
};

interface Prepared extends Partial<ActInput> {
  readonly act: Act;
  readonly variantId: string;
  /** What the real world does after a crash: the shopper asks again, the gateway delivers again, jobs run again. */
  readonly recover: () => Promise<unknown>;
  readonly ends: { status: string; captured: number; refunded: number; onHand: number };
}

type Scenario = keyof typeof scenarios;

const scenarios = {
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
    return { ...one, act: "refund", adminId: ground.world.id.admin, amount, recover, ends };
  },
  worker: async (ground: Ground): Promise<Prepared> => {
    const one = await paid(ground);
    await cancelOrder(one.shopper, one.orderId);
    // The launcher's new worker takes over what its dead one had begun.
    const recover = () => unlockLeftovers(0);
    return { ...one, act: "jobs", recover, ends: one.givenBack };
  },
};

/** Every scenario runs once unharmed: how many boundaries it has, and that it ends right at all. */
async function countPoints(ground: Ground, victims: Victims): Promise<{ scenario: Scenario; at: number }[]> {
  const points: { scenario: Scenario; at: number }[] = [];
  for (const scenario of Object.keys(scenarios) as Scenario[]) {
    const { passed } = await once(ground, victims, scenario, { killAt: 0 });
    ground.say(`${scenario}: ${passed} boundaries`);
    for (let at = 1; at <= passed; at += 1) points.push({ scenario, at });
  }
  return points;
}

async function trial(
  ground: Ground,
  victims: Victims,
  scenario: Scenario,
  how: { killAt?: number; afterMs?: number },
): Promise<boolean> {
  return (await once(ground, victims, scenario, how)).killed;
}

async function once(
  ground: Ground,
  victims: Victims,
  scenario: Scenario,
  { killAt = 0, afterMs }: { killAt?: number; afterMs?: number },
) {
  const { act, recover, ends, variantId, ...told } = await scenarios[scenario](ground);
  const nothing = {
    tokenHash: "",
    adminId: "",
    orderId: "",
    checkoutId: "",
    amount: 0,
    body: "",
    signature: "",
  };
  const order = { act, killAt, told: { ...nothing, ...told } };
  const death = await victims.run(order, afterMs);
  const where = `${scenario} killed at ${killAt || `${Math.round(afterMs ?? 0)} ms`}`;
  if (!death.killed && death.outcome !== "done") ground.expect(false, `${where}: ${death.outcome}`);
  try {
    await recover();
    await quiet(ground);
  } catch (error) {
    ground.expect(false, `${where}: what follows a crash failed: ${error}`);
  }
  const [made] = await db.execute<{ id: string; count: number; payments: number }>(query`
    SELECT o.id, count(*) OVER ()::int AS count, (SELECT count(*) FROM payments p WHERE p.order_id = o.id)::int AS payments
    FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE l.variant_id = ${variantId}`);
  const state = made && (await stateOf(made.id));
  const stock = await stockOf(variantId);
  const { onHand, ...money } = ends;
  const expected = { ...money, count: 1, payments: 1, onHand, reserved: 0 };
  const found = {
    ...state,
    count: made?.count,
    payments: made?.payments,
    onHand: stock?.on_hand,
    reserved: stock?.reserved,
  };
  const isSame = Object.entries(expected).every(([key, value]) => found[key as keyof typeof found] === value);
  ground.expect(isSame, `${where}: ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
  return death;
}

function sample<T>({ random }: Ground, from: readonly T[], many: number): T[] {
  const left = [...from];
  const chosen: T[] = [];
  while (chosen.length < many && left.length > 0)
    chosen.push(...left.splice(Math.floor(random() * left.length), 1));
  return chosen;
}

const hashOf = (shopper: ReturnType<typeof guest>) => shopper.tokenHash ?? "";

async function placed({ world }: Ground) {
  const shopper = guest();
  const variantId = await shelf(world, 5);
  const { orderId, total } = await order(shopper, [{ variantId, quantity: 2 }]);
  const confirmed = { status: "confirmed", captured: total, refunded: 0, onHand: 3 };
  const givenBack = { status: "cancelled", captured: total, refunded: total, onHand: 5 };
  return { shopper, tokenHash: hashOf(shopper), variantId, orderId, confirmed, givenBack };
}

async function paid(ground: Ground) {
  const one = await placed(ground);
  await ground.gateway.pay(one.shopper, one.orderId);
  await quiet(ground);
  return one;
}

/** Paid, while the gateway holds its events back: the first success is what a door would have been told. */
async function paidUnheard(ground: Ground) {
  const { gateway } = ground;
  const one = await placed(ground);
  await gateway.turn("hold");
  await gateway.pay(one.shopper, one.orderId);
  const body = await successOf(one.orderId);
  const secret = process.env.STRIPE_WEBHOOK_SECRET ?? "";
  return { ...one, body, signature: Stripe.webhooks.generateTestHeaderString({ payload: body, secret }) };
}

async function successOf(orderId: string): Promise<string> {
  const answer = await fetch(`${process.env.SANDBOX_URL}/v1/events?type=payment_intent.succeeded&limit=5`, {
    headers: { authorization: `Bearer ${process.env.STRIPE_SECRET_KEY}` },
  });
  const { data } = (await answer.json()) as { data: unknown[] };
  const body = data.map((event) => JSON.stringify(event)).find((text) => text.includes(orderId));
  if (!body) throw new Error("no success was sent");
  return body;
}

async function cancelAgain({ shopper, orderId }: { shopper: ReturnType<typeof guest>; orderId: string }) {
  await cancelOrder(shopper, orderId).catch((error: unknown) => {
    if (!isShopError(error, "illegal_transition")) throw error;
  });
}
