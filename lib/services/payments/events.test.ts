/** Events of one order, in every order and twice: one end. The long form is `EVENT_ORDERS=0` (all of them) with any seed. */
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { payments, refunds } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { eventsOf, everyOrder, sendInOrder, someOrders } from "@/db/testing/event-orders";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf, stockOf } from "@/db/testing/orders";
import type { Shopper } from "@/lib/domain/actors";
import { cancelOrder } from "./cancel";

const SLOW = "4000000000011116";
const SLOW_THEN_FAILS = "4000000000022220";
const LONGER = { seconds: 86_400 };

/** How many orders of each scenario's events are played; 0: every one of up to six events, as many of more. */
const COUNT = Number(process.env.EVENT_ORDERS ?? 3);
const MOST = 720;
const SEED = Number(process.env.SEED ?? 20_261_121);

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  console.log(`orders of events: ${COUNT || "all"} of each scenario, SEED=${SEED}`);
});
afterAll(() => gateway.close());

interface Placed {
  readonly shopper: Shopper;
  readonly orderId: string;
}

interface Scenario {
  readonly name: string;
  readonly act: (placed: Placed) => Promise<unknown>;
  readonly status: "pending" | "confirmed" | "cancelled";
  readonly payment: "processing" | "paid" | "failed" | "cancelled";
}

const scenarios: Scenario[] = [
  {
    name: "paid at once",
    act: ({ shopper, orderId }) => gateway.pay(shopper, orderId),
    status: "confirmed",
    payment: "paid",
  },
  {
    name: "declined, then paid",
    act: async ({ shopper, orderId }) => {
      await gateway.pay(shopper, orderId, DECLINED_CARD);
      await gateway.pay(shopper, orderId);
    },
    status: "confirmed",
    payment: "paid",
  },
  {
    name: "processing, then paid",
    act: async ({ shopper, orderId }) => {
      await gateway.pay(shopper, orderId, SLOW);
      await gateway.turn("advance", LONGER);
    },
    status: "confirmed",
    payment: "paid",
  },
  {
    name: "declined, and tried again with a slow one",
    act: async ({ shopper, orderId }) => {
      await gateway.pay(shopper, orderId, DECLINED_CARD);
      await gateway.pay(shopper, orderId, SLOW);
    },
    status: "pending",
    payment: "processing",
  },
  {
    name: "processing, then failed",
    act: async ({ shopper, orderId }) => {
      await gateway.pay(shopper, orderId, SLOW_THEN_FAILS);
      await gateway.turn("advance", LONGER);
    },
    status: "pending",
    payment: "failed",
  },
  {
    name: "declined, then cancelled by the shopper",
    act: async ({ shopper, orderId }) => {
      await gateway.pay(shopper, orderId, DECLINED_CARD);
      await cancelOrder(shopper, orderId);
    },
    status: "cancelled",
    payment: "cancelled",
  },
];

it.each(scenarios)("$name: ends $status, $payment", async ({ act, status, payment }) => {
  let orders: number[][] | undefined;
  for (let turn = 0; turn < (orders?.length ?? 1); turn += 1) {
    const variantId = await shelf(world, 5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
    const events = await eventsOf(gateway, () => act({ shopper, orderId }), orderId);
    const positions = events.map((_, i) => i);
    orders ??=
      COUNT === 0 && positions.length <= 6
        ? everyOrder(positions)
        : [positions, [...positions].reverse(), ...someOrders(positions, COUNT || MOST - 2, SEED)];
    const told = (orders[turn] ?? positions).flatMap((i) => events[i] ?? []);
    const played = told.map(({ type }) => type).join(" ");
    await sendInOrder(gateway, told);
    await runJobs();
    const captured = payment === "paid" ? total : 0;
    expect(await stateOf(orderId), played).toEqual({ status, captured, refunded: 0 });
    const rows = await db.select().from(payments).where(eq(payments.orderId, orderId));
    expect(
      rows.map((row) => row.status),
      played,
    ).toEqual([payment]);
    const stock = {
      confirmed: { on_hand: 4, reserved: 0 },
      pending: { on_hand: 5, reserved: 1 },
      cancelled: { on_hand: 5, reserved: 0 },
    };
    expect(await stockOf(variantId), played).toEqual(stock[status]);
  }
  expect(await wrongInTheBooks()).toEqual([]);
});

it("paid and cancelled by the shopper: the money goes back once, in whatever order it is told", async () => {
  for (const turn of [0, 1, 2, 3]) {
    const variantId = await shelf(world, 5);
    const shopper = guest();
    const { orderId, total } = await order(shopper, [{ variantId, quantity: 1 }]);
    const events = await eventsOf(gateway, async () => {
      await gateway.pay(shopper, orderId);
      await cancelOrder(shopper, orderId);
      await runJobs();
    });
    const told = turn === 0 ? events : (someOrders(events, 3, SEED + turn)[turn - 1] ?? events);
    await sendInOrder(gateway, told);
    await runJobs();
    const played = told.map(({ type }) => type).join(" ");
    expect(await stateOf(orderId), played).toEqual({ status: "cancelled", captured: total, refunded: total });
    const back = await db
      .select()
      .from(refunds)
      .where(and(eq(refunds.orderId, orderId), eq(refunds.status, "succeeded")));
    expect(back, played).toHaveLength(1);
  }
  expect(await wrongInTheBooks()).toEqual([]);
});
