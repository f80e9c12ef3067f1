/** Walks every status with every verb and every kind of actor, and then the services that use them. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db, type Tx } from "@/db/client";
import { fulfilments, shipments } from "@/db/schema/fulfilments";
import { orderEvents, orders } from "@/db/schema/orders";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { letExpire, runJobs } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import type { Actor, Guest } from "@/lib/domain/actors";
import { isShopError } from "@/lib/domain/errors";
import { type OrderStatus, type OrderVerb, orderMachine } from "@/lib/domain/orders";
import { cancelOrder, expire } from "@/lib/services/payments/cancel";
import { cancelPart } from "@/lib/services/payments/cancel-part";
import { giveUp } from "@/lib/services/payments/give-up";
import { lockOrder } from "./access";
import { complete, deliver } from "./deliver";
import { ship, startProcessing } from "./ship";
import { transition } from "./transition";

let world: Cast;
let gateway: TestGateway;
let made: Record<OrderStatus, Made>;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  const entries = [];
  for (const status of orderMachine.states) entries.push([status, await make(status)] as const);
  made = Object.fromEntries(entries) as typeof made;
}, 60_000);
afterAll(() => gateway.close());

interface Made {
  readonly orderId: string;
  readonly shopper: Guest;
}

/** An order of Line's alone that the services brought to a status. */
async function make(status: OrderStatus): Promise<Made> {
  const shopper = guest();
  const { orderId } = await order(shopper, [{ variantId: await shelf(world), quantity: 1 }]);
  const mine = { orderId, shopper };
  if (status === "pending") return mine;
  if (status === "cancelled") {
    await letExpire(orderId);
    await expire(world.system, orderId);
    return mine;
  }
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  if (status === "confirmed") return mine;
  await startProcessing(world.line, orderId);
  if (status === "processing") return mine;
  const { shipmentId } = await ship(world.line, orderId, { carrier: "DHL" });
  if (status === "shipped") return mine;
  await deliver(world.line, { orderId, shipmentId });
  if (status === "completed") await complete(world.system, orderId);
  return mine;
}

const KINDS = ["guest", "customer", "owner", "admin", "system"] as const;
type Kind = (typeof KINDS)[number];
const actorOf = (kind: Kind, { shopper }: Made): Actor =>
  ({ guest: shopper, customer: world.ada, owner: world.line, admin: world.admin, system: world.system })[
    kind
  ];

/** decisions, written down a second time: what may be done from where, where it leads, and by whom. */
const STAFF = "owner admin system";
const ALL = `guest customer ${STAFF}`;
const LEGAL: Readonly<Record<OrderVerb, { from: string; to: OrderStatus; by: string }>> = {
  confirm: { from: "pending", to: "confirmed", by: ALL },
  process: { from: "confirmed", to: "processing", by: STAFF },
  ship: { from: "processing", to: "shipped", by: STAFF },
  deliver: { from: "shipped", to: "delivered", by: STAFF },
  complete: { from: "delivered", to: "completed", by: "system" },
  cancel: { from: "pending confirmed", to: "cancelled", by: ALL },
  callOff: { from: "processing", to: "cancelled", by: STAFF },
  giveUp: { from: "shipped", to: "cancelled", by: "admin" },
  revive: { from: "cancelled", to: "confirmed", by: "system" },
};
const VERBS = Object.keys(LEGAL) as OrderVerb[];

const UNDO = new Error("undo");
async function undone(work: (tx: Tx) => Promise<void>): Promise<void> {
  await withTx(async (tx) => {
    await work(tx);
    throw UNDO;
  }).catch((error: unknown) => {
    if (error !== UNDO) throw error;
  });
}
const snapshot = async (on: Tx | typeof db, orderId: string) => ({
  order: (await on.select().from(orders).where(eq(orders.id, orderId)))[0],
  parts: await on.select().from(fulfilments).where(eq(fulfilments.orderId, orderId)),
  events: await on.$count(orderEvents, eq(orderEvents.orderId, orderId)),
});

describe("the machine", () => {
  it("knows no other verb", () => {
    expect(Object.keys(orderMachine.transitions).sort()).toEqual([...VERBS].sort());
  });

  it.each(orderMachine.states)("from %s: exactly the legal verbs by exactly who may", async (status) => {
    const { orderId } = made[status];
    const before = await snapshot(db, orderId);
    for (const verb of VERBS) {
      for (const kind of KINDS) {
        const { from, to, by } = LEGAL[verb];
        const isLegal = from.split(" ").includes(status) && by.split(" ").includes(kind);
        const about = `${status} ${verb} ${kind}`;
        await undone(async (tx) => {
          const locked = await lockOrder(tx, world.system, orderId);
          const ends = to === "cancelled" ? { cancelReason: "admin" as const } : {};
          const set = verb === "revive" ? { cancelReason: null } : ends;
          const done = await transition(tx, actorOf(kind, made[status]), locked, verb, { set }).catch(
            (error: unknown) => error,
          );
          const after = await snapshot(tx, orderId);
          if (isLegal) {
            expect(after.order?.status, about).toBe(to);
            expect(after.order?.version, about).toBe((before.order?.version ?? 0) + 1);
            const events = await tx.select().from(orderEvents).where(eq(orderEvents.orderId, orderId));
            expect(events, about).toHaveLength(before.events + 1);
            const told = { machine: "order", fromStatus: status, toStatus: to, actorKind: kind };
            expect(events, about).toContainEqual(expect.objectContaining(told));
          } else {
            const code = by.split(" ").includes(kind) ? "illegal_transition" : "forbidden";
            expect(isShopError(done, code), about).toBe(true);
            expect(after, about).toEqual(before);
          }
        });
      }
    }
  });
});

/** What the services do with a verb, and who is told what where they may not. "-": the type lets nobody of that kind in. */
const SERVICES: Readonly<
  Record<string, { run: (actor: never, made: Made) => Promise<unknown>; ok: Readonly<Record<Kind, string>> }>
> = {
  cancel: {
    run: (actor, { orderId }) => cancelOrder(actor, orderId),
    // Owners call off their part; customers are somebody else here.
    ok: {
      guest: "pending confirmed",
      customer: "",
      owner: "",
      admin: "pending confirmed processing",
      system: "-",
    },
  },
  cancelPart: {
    run: (actor, { orderId }) => cancelPart(actor, { orderId }),
    ok: {
      guest: "-",
      customer: "-",
      owner: "confirmed processing",
      admin: "confirmed processing",
      system: "-",
    },
  },
  process: {
    run: (actor, { orderId }) => startProcessing(actor, orderId),
    ok: { guest: "-", customer: "-", owner: "confirmed", admin: "confirmed", system: "confirmed" },
  },
  ship: {
    run: (actor, { orderId }) => ship(actor, orderId, { carrier: "DHL" }),
    ok: {
      guest: "-",
      customer: "-",
      owner: "confirmed processing",
      admin: "confirmed processing",
      system: "confirmed processing",
    },
  },
  deliver: {
    run: async (actor, { orderId }) => {
      const [parcel] = await db
        .select({ id: shipments.id })
        .from(shipments)
        .innerJoin(fulfilments, eq(fulfilments.id, shipments.fulfilmentId))
        .where(eq(fulfilments.orderId, orderId));
      return deliver(actor, { orderId, shipmentId: parcel?.id ?? orderId });
    },
    ok: { guest: "-", customer: "-", owner: "shipped", admin: "shipped", system: "shipped" },
  },
  giveUp: {
    run: (actor, { orderId }) => giveUp(actor, { orderId, reason: "lost" }),
    ok: { guest: "-", customer: "-", owner: "-", admin: "shipped", system: "-" },
  },
};

describe("the services", () => {
  const cases = Object.keys(SERVICES).flatMap((verb) =>
    orderMachine.states.map((status) => [verb, status] as const),
  );
  it.each(cases)("%s from %s", async (verb, status) => {
    const service = SERVICES[verb];
    if (!service) throw new Error(`no service ${verb}`);
    for (const kind of KINDS) {
      if (service.ok[kind] === "-") continue;
      const isLegal = service.ok[kind].split(" ").includes(status);
      const mine = isLegal ? await make(status) : made[status];
      const before = await snapshot(db, mine.orderId);
      const error: unknown = await service.run(actorOf(kind, mine) as never, mine).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      const about = `${verb} from ${status} by ${kind}`;
      const after = await snapshot(db, mine.orderId);
      if (isLegal) {
        expect(error, about).toBeUndefined();
        expect(after.order?.status, about).not.toBe(status);
        const [event] = await db
          .select()
          .from(orderEvents)
          .where(
            sql`order_id = ${mine.orderId} AND machine = 'order' AND to_status = ${after.order?.status}`,
          );
        expect(event, about).toMatchObject({ actorKind: kind });
      } else {
        expect(isShopError(error), `${about}: ${error}`).toBe(true);
        expect(after, about).toEqual(before);
      }
    }
  });

  it("leave nothing undone", async () => {
    await runJobs();
    await gateway.settled();
  });
});
