import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { owners } from "@/db/schema/accounts";
import { payouts } from "@/db/schema/payouts";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { runJobs, runJobsWithoutGateway } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { call } from "@/lib/gateway/stripe";
import { ownerBalance } from "@/lib/services/ledger/balance";
import { entriesOf } from "@/lib/services/ledger/post";
import { complete } from "@/lib/services/orders/deliver";
import { createPayout } from "./create";
import { markFailed, markPaid, settleFailed } from "./settle";
import { resendUnsettled, transferPayout } from "./transfer";

let world: Cast;
let gateway: TestGateway;
let accountId: string;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
  accountId = await connect();
});
afterAll(() => gateway.close());

/** An account of its own at the gateway for the owner. */
async function connect(): Promise<string> {
  const { id } = await call((api) => api.accounts.create({ type: "express" }));
  await db.update(owners).set({ stripeAccountId: id }).where(eq(owners.id, world.id.lineShop));
  return id;
}

const balance = () => ownerBalance(db, world.id.lineShop);
const EARNED = 8_403 - 1_260;

async function started(): Promise<string> {
  const variantId = await shelf(world, 5, 10_000);
  const { orderId } = await deliveredOrder(gateway, world.admin, guest(), [{ variantId, quantity: 1 }]);
  await complete(world.system, orderId);
  return (await createPayout(world.admin, { ownerId: world.id.lineShop })).payoutId;
}

async function payoutOf(payoutId: string) {
  const [row] = await db.select().from(payouts).where(eq(payouts.id, payoutId));
  if (!row) throw new Error("no such payout");
  return row;
}

const transfersOf = async (payoutId: string) =>
  (await call((api) => api.transfers.list({ transfer_group: payoutId }))).data;

/** What an account holds over all postings. */
async function heldIn(account: string): Promise<number> {
  const [row] = await db.execute<{ sum: number }>(
    sql`SELECT COALESCE(sum(amount), 0)::float8 AS sum FROM ledger_entries WHERE account::text = ${account}`,
  );
  return row?.sum ?? 0;
}

/** What a payout that was paid took its money from. */
async function paidFrom(payoutId: string) {
  const entries = await withTx((tx) => entriesOf(tx, { kind: "payout_paid", sourceId: payoutId }));
  return entries.filter(({ amount }) => amount < 0).map(({ account, amount }) => ({ account, amount }));
}

/** Jobs that failed wait for their next try: it comes now. */
const hurry = () =>
  db.execute(sql`UPDATE graphile_worker._private_jobs SET run_at = now() WHERE attempts > 0`);

it("sends the money to the owner's account and settles by the answer", async () => {
  const payoutId = await started();
  expect(await heldIn("in_transit")).toBe(-EARNED);
  const byHand = { code: "forbidden" };
  await expect(markPaid(world.admin, { payoutId, reference: "x" })).rejects.toMatchObject(byHand);
  await expect(markFailed(world.admin, { payoutId, reason: "x" })).rejects.toMatchObject(byHand);
  await runJobs();
  const [transfer] = await transfersOf(payoutId);
  expect(transfer).toMatchObject({ amount: EARNED, currency: "eur", destination: accountId });
  expect(await payoutOf(payoutId)).toMatchObject({ status: "paid", providerTransferId: transfer?.id });
  expect([await balance(), await heldIn("in_transit")]).toEqual([0, 0]);
  expect(await paidFrom(payoutId)).toEqual([{ account: "clearing", amount: -EARNED }]);
  await transferPayout(world.system, payoutId);
  await gateway.settled();
  expect(await transfersOf(payoutId)).toHaveLength(1);
  expect(await wrongInTheBooks()).toEqual([]);
});

it("tries again where the gateway does not answer, and finds the transfer whose answer was lost", async () => {
  for (const when of ["before", "after"] as const) {
    const payoutId = await started();
    await gateway.turn("hold");
    // Every try of the call, its repeats included.
    await gateway.turn("fault", { kind: "cut", when, method: "POST", path: "/v1/transfers", count: 3 });
    await runJobsWithoutGateway();
    expect(await payoutOf(payoutId)).toMatchObject({ status: "pending", providerTransferId: null });
    expect(await transfersOf(payoutId)).toHaveLength(when === "after" ? 1 : 0);
    await hurry();
    await runJobs();
    expect(await payoutOf(payoutId)).toMatchObject({ status: "paid" });
    expect(await transfersOf(payoutId)).toHaveLength(1);
    await gateway.turn("release");
  }
  expect([await balance(), await heldIn("in_transit")]).toEqual([0, 0]);
});

it("settles by the webhook where the worker died after the call, and by the regular job where no webhook came", async () => {
  const payoutId = await started();
  await db.execute(
    sql`DELETE FROM graphile_worker._private_jobs WHERE key = ${`payouts.transfer:${payoutId}`}`,
  );
  const send = (group: string, amount = EARNED) =>
    call((api) =>
      api.transfers.create({ amount, currency: "eur", destination: accountId, transfer_group: group }),
    );
  await send(payoutId);
  await gateway.settled();
  expect(await payoutOf(payoutId)).toMatchObject({ status: "paid" });

  const lost = await started();
  await db.execute(sql`DELETE FROM graphile_worker._private_jobs WHERE key = ${`payouts.transfer:${lost}`}`);
  // Sent long ago: its webhook was lost, and the gateway has forgotten the key that it was sent with.
  await gateway.turn("lose", { count: 1 });
  await send(lost);
  expect(await resendUnsettled(world.system)).toBe(0);
  await db.execute(sql`UPDATE payouts SET created_at = shop_now() - interval '2 hours' WHERE id = ${lost}`);
  expect(await resendUnsettled(world.system)).toBe(1);
  await runJobs();
  expect(await payoutOf(lost)).toMatchObject({ status: "paid" });
  expect(await transfersOf(lost)).toHaveLength(1);
  // Somebody else's transfers on the same account are no news.
  await send("a-group-of-theirs", 1);
  await send(newId(), 1);
  await gateway.settled();
  expect(await wrongInTheBooks()).toEqual([]);
});

it("pays again what was taken back, in parts and however often the gateway says so", async () => {
  const payoutId = await started();
  await runJobs();
  const { providerTransferId } = await payoutOf(payoutId);
  for (const amount of [1_000, 500])
    await call((api) => api.transfers.createReversal(providerTransferId ?? "", { amount }));
  await gateway.settled();
  expect(await balance()).toBe(1_500);
  for (const { body, signature } of gateway.bodies.filter(({ body }) => body.includes("transfer.reversed")))
    await gateway.deliver(body, signature);
  expect(await balance()).toBe(1_500);
  const { payoutId: next, amount } = await createPayout(world.admin, { ownerId: world.id.lineShop });
  expect(amount).toBe(1_500);
  await runJobs();
  expect(await payoutOf(next)).toMatchObject({ status: "paid" });
  expect(await balance()).toBe(0);
});

it("fails with the gateway's reason, and what it held is due again", async () => {
  const elsewhere = (await call((api) => api.accounts.create({ type: "express" }))).id;
  const drain = async () => {
    const [money] = (await call((api) => api.balance.retrieve())).pending;
    const amount = money?.amount ?? 0;
    return call((api) => api.transfers.create({ amount, currency: "eur", destination: elsewhere }));
  };
  const poor = await started();
  const drained = await drain();
  await runJobs();
  expect(await payoutOf(poor)).toMatchObject({ status: "failed", failureReason: "balance_insufficient" });
  expect(await balance()).toBe(EARNED);
  await call((api) => api.transfers.createReversal(drained.id));

  await gateway.turn("disable-account", { account: accountId });
  const { payoutId } = await createPayout(world.admin, { ownerId: world.id.lineShop });
  await runJobs();
  const refused = { status: "failed", failureReason: "insufficient_capabilities_for_transfer" };
  expect(await payoutOf(payoutId)).toMatchObject(refused);
  expect([await balance(), await heldIn("in_transit")]).toEqual([EARNED, 0]);

  accountId = await connect();
  const again = await createPayout(world.admin, { ownerId: world.id.lineShop });
  // The account that was named when it was started counts, whatever becomes of the owner's row meanwhile.
  await db.update(owners).set({ stripeAccountId: elsewhere }).where(eq(owners.id, world.id.lineShop));
  await runJobs();
  expect(await transfersOf(again.payoutId)).toMatchObject([{ destination: accountId }]);
  const byHand = await createPayout(world.admin, { ownerId: world.id.lineShop }).catch(
    (error: unknown) => error,
  );
  expect(byHand).toMatchObject({ code: "payout_refused" });
  await gateway.settled();
  expect(await wrongInTheBooks()).toEqual([]);
});

it("takes what left after all off the balance: a transfer of a payout that failed here, or a second one", async () => {
  const before = await balance();
  const failed = await started();
  const [row] = await db.select().from(payouts).where(eq(payouts.id, failed));
  const amount = row?.amount ?? 0;
  await db.execute(
    sql`DELETE FROM graphile_worker._private_jobs WHERE key = ${`payouts.transfer:${failed}`}`,
  );
  await withTx(async (tx) => {
    if (row) await settleFailed(tx, world.system, row, "timeout");
  });
  expect(await balance()).toBe(amount);
  const { stripeAccountId } =
    (await db.select().from(owners).where(eq(owners.id, world.id.lineShop)))[0] ?? {};
  const send = (group: string) =>
    call((api) =>
      api.transfers.create({
        amount,
        currency: "eur",
        destination: stripeAccountId ?? "",
        transfer_group: group,
        metadata: { payout_id: group },
      }),
    );
  const late = await send(failed);
  await gateway.settled();
  for (const { body, signature } of gateway.bodies.filter(({ body }) => body.includes(late.id)))
    await gateway.deliver(body, signature);
  expect([await balance(), await heldIn("in_transit")]).toEqual([before, 0]);
  await expect(createPayout(world.admin, { ownerId: world.id.lineShop })).rejects.toMatchObject({
    code: "payout_refused",
  });
  await call((api) => api.transfers.createReversal(late.id, { amount: 100 }));
  await gateway.settled();
  expect(await balance()).toBe(before + 100);

  const paid = await started();
  await runJobs();
  await gateway.settled();
  const rest = await balance();
  const second = await send(paid);
  await gateway.settled();
  expect(second.amount).toBe(amount);
  // Another sum than the payout's is not its transfer, whatever its metadata says.
  expect(await balance()).toBe(rest);
  const [once] = await db.select().from(payouts).where(eq(payouts.id, paid));
  const extra = await call((api) =>
    api.transfers.create({
      amount: once?.amount ?? 0,
      currency: "eur",
      destination: stripeAccountId ?? "",
      transfer_group: paid,
      metadata: { payout_id: paid },
    }),
  );
  await gateway.settled();
  expect(await balance()).toBe(rest - (once?.amount ?? 0));
  // What comes back of one says nothing of the other.
  await call((api) => api.transfers.createReversal(once?.providerTransferId ?? "", { amount: 200 }));
  await call((api) => api.transfers.createReversal(extra.id, { amount: 100 }));
  await gateway.settled();
  expect(await balance()).toBe(rest - (once?.amount ?? 0) + 300);
});
