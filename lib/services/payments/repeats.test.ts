/** One key, however often: one order, one payment, one charge. The long form is `REPEATS=1000`. */
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { getReady, order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { ledgerTransactions } from "@/db/schema/ledger";
import { orders } from "@/db/schema/orders";
import { payments, webhookEvents } from "@/db/schema/payments";
import { wrongInTheBooks } from "@/db/testing/books";
import { DECLINED_CARD, startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, stateOf, stockOf } from "@/db/testing/orders";
import * as stripe from "@/lib/gateway/stripe";
import { place } from "@/lib/services/checkout/place";
import { open } from "./open";

const REPEATS = Number(process.env.REPEATS ?? 100);
const AT_ONCE = 10;

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

async function intentsOf(orderId: string): Promise<string[]> {
  const found: string[] = [];
  for await (const intent of stripe.listIntents({ createdAfter: new Date(Date.now() - 3_600_000) }))
    if (intent.metadata.order_id === orderId) found.push(intent.id);
  return found;
}

it(`is one order and one charge when its checkout is placed by two tabs and its event comes ${REPEATS} times`, async () => {
  const variantId = await shelf(world, 5);
  const shopper = guest();
  const { checkoutId, expectedTotal } = await getReady(shopper, [{ variantId, quantity: 1 }]);
  const tabs = await Promise.all(
    Array.from({ length: AT_ONCE }, () => place(shopper, { method: "card", checkoutId, expectedTotal })),
  );
  const orderId = tabs[0]?.orderId ?? "";
  expect(new Set(tabs.map((tab) => tab.orderId)).size).toBe(1);
  await Promise.all(Array.from({ length: 4 }, () => open(shopper, orderId)));
  const before = gateway.bodies.length;
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  const sent = gateway.bodies.slice(before).find(({ body }) => body.includes('"payment_intent.succeeded"'));
  if (!sent) throw new Error("no success was sent");
  for (let done = 0; done < REPEATS; done += AT_ONCE) {
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, () => gateway.deliver(sent.body, sent.signature)),
    );
    expect(new Set(answers)).toEqual(new Set([200]));
  }
  expect(await db.select().from(orders).where(eq(orders.checkoutId, checkoutId))).toHaveLength(1);
  expect(await db.select().from(payments).where(eq(payments.orderId, orderId))).toHaveLength(1);
  expect(await intentsOf(orderId)).toHaveLength(1);
  expect(
    await db.select().from(ledgerTransactions).where(eq(ledgerTransactions.orderId, orderId)),
  ).toHaveLength(1);
  const { id } = JSON.parse(sent.body) as { id: string };
  expect(await db.select().from(webhookEvents).where(eq(webhookEvents.providerEventId, id))).toHaveLength(1);
  expect(await stateOf(orderId)).toEqual({ status: "confirmed", captured: expectedTotal, refunded: 0 });
  expect(await stockOf(variantId)).toEqual({ on_hand: 4, reserved: 0 });
  expect(await wrongInTheBooks()).toEqual([]);
});

it("heals a crash after the intent was made and before its id was kept: the next request has the same one", async () => {
  const variantId = await shelf(world);
  const shopper = guest();
  const { orderId } = await order(shopper, [{ variantId, quantity: 1 }]);
  const first = await open(shopper, orderId);
  await db.update(payments).set({ providerIntentId: null }).where(eq(payments.orderId, orderId));
  expect(await open(shopper, orderId)).toEqual(first);
  await gateway.pay(shopper, orderId);
  await gateway.settled();
  expect(await intentsOf(orderId)).toHaveLength(1);
  expect(await stateOf(orderId)).toMatchObject({ status: "confirmed" });
});

it("stores no secret and nothing personal of what the gateway says, in any column of any table", async () => {
  const variantId = await shelf(world);
  const email = "grace.hopper.private@example.org";
  const shopper = guest();
  const { orderId } = await order(shopper, [{ variantId, quantity: 1 }], { email });
  const { clientSecret } = await open(shopper, orderId);
  await gateway.confirm(clientSecret, DECLINED_CARD);
  await gateway.confirm(clientSecret);
  await gateway.settled();
  await runJobs();
  const [paid] = await db.select().from(payments).where(eq(payments.orderId, orderId));
  expect(paid?.gatewayResponse).toMatchObject({ id: paid?.providerIntentId, status: "succeeded" });
  expect(paid?.fee).toBeGreaterThan(0);
  const columns = await db.execute<{ t: string; c: string }>(sql`
    SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS t, quote_ident(column_name) AS c
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')
      AND data_type IN ('text', 'jsonb', 'json', 'character varying')`);
  expect(columns.length).toBeGreaterThan(100);
  const secret = "_secret_|sk_test_|whsec_|4242424242424242|4000000000000002|exp_month|fingerprint";
  const found: string[] = [];
  for (const { t, c } of columns) {
    const rows = await db.execute(
      sql`SELECT FROM ${sql.raw(t)} WHERE ${sql.raw(c)}::text ~ ${secret} LIMIT 1`,
    );
    if (rows.length > 0) found.push(`${t}.${c}`);
  }
  expect(found).toEqual([]);
  for (const column of ["payments.gateway_response", "webhook_events.payload"]) {
    const [t = "", c = ""] = column.split(".");
    const told = await db.execute(
      sql`SELECT FROM ${sql.raw(t)} WHERE ${sql.raw(c)}::text ~ ${`${email}|Lovelace|Torstra`}`,
    );
    expect(told, column).toHaveLength(0);
  }
});
