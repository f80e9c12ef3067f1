import { eq } from "drizzle-orm";
import type Stripe from "stripe";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { audit } from "@/db/schema/audit";
import { webhookEvents } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf } from "@/db/testing/orders";
import { ShopError } from "@/lib/domain/errors";
import { eventView } from "@/lib/gateway/gateway";
import { systemActor } from "@/lib/system";
import { noteFailure, orderReplay } from "./inbox";
import { open } from "./open";
import { receive } from "./receive";

let world: Cast;
let gateway: TestGateway;
const system = systemActor("webhook");
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

/** An order that was paid while the shop heard nothing of it, and the event that would have told it. */
async function unheard() {
  const shopper = guest();
  const lines = [{ variantId: await shelf(world, 5), quantity: 1 }];
  const { orderId } = await order(shopper, lines, { method: "card" });
  await open(shopper, orderId);
  await gateway.turn("hold");
  await gateway.pay(shopper, orderId);
  const sent = (await gateway.events()) as unknown as Stripe.Event[];
  const success = sent.find(({ type }) => type === "payment_intent.succeeded");
  if (!success) throw new Error("no success was sent");
  return { orderId, event: eventView(success) };
}

/** Lets the gateway send what it held back. */
async function hear() {
  await gateway.turn("release");
  await gateway.settled();
}

const rowsOf = (providerEventId: string) =>
  db.select().from(webhookEvents).where(eq(webhookEvents.providerEventId, providerEventId));

test("a failed event is kept once with its newest error; taken in again it takes effect once", async () => {
  const { orderId, event } = await unheard();
  await Promise.all([
    noteFailure(system, event, new Error("first")),
    noteFailure(system, event, new Error("second")),
  ]);
  await noteFailure(system, event, new Error("third", { cause: new Error("because") }));
  const [kept, ...more] = await rowsOf(event.id);
  expect(more).toEqual([]);
  expect(kept).toMatchObject({ error: "third: because", processedAt: null, outcome: null });
  expect(await wrongInTheBooks()).toEqual([]);
  expect((await stateOf(orderId))?.status).toBe("pending");

  const eventId = kept?.id ?? "";
  await orderReplay(world.admin, { eventId });
  await orderReplay(world.admin, { eventId });
  await runJobs();
  expect((await stateOf(orderId))?.status).toBe("confirmed");
  const done = { id: eventId, orderId, error: "third: because", outcome: expect.any(String) };
  expect(await rowsOf(event.id)).toMatchObject([done]);
  // The sender's own next try, and a failure of it that is noted late, change nothing any more.
  await hear();
  expect(await receive(system, event)).toBe("duplicate");
  await noteFailure(system, event, new Error("too late"));
  expect(await rowsOf(event.id)).toMatchObject([done]);
  expect(await db.select().from(audit).where(eq(audit.subjectId, eventId))).toMatchObject([
    { action: "webhook.replay", actorId: world.id.admin },
    { action: "webhook.replay" },
  ]);
  expect(await wrongInTheBooks()).toEqual([]);
  await expect(orderReplay(world.admin, { eventId })).rejects.toBeInstanceOf(ShopError);
  await expect(orderReplay(world.admin, { eventId: newId() })).rejects.toBeInstanceOf(ShopError);
});

test("an event that fails again keeps its new error; the sender's own next try makes it good", async () => {
  const { orderId, event } = await unheard();
  // What was kept of it cannot be read.
  await noteFailure(system, { ...event, payload: { ...event.payload, data: {} } }, new Error("first"));
  const eventId = (await rowsOf(event.id))[0]?.id ?? "";
  await orderReplay(world.admin, { eventId });
  await runJobs();
  expect(await rowsOf(event.id)).toMatchObject([
    { processedAt: null, error: expect.stringContaining("Cannot read") },
  ]);
  await hear();
  expect(await rowsOf(event.id)).toMatchObject([{ id: eventId, orderId, outcome: expect.any(String) }]);
  expect((await stateOf(orderId))?.status).toBe("confirmed");
  expect(await wrongInTheBooks()).toEqual([]);
});
