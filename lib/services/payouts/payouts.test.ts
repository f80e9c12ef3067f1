import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { owners } from "@/db/schema/accounts";
import { mail } from "@/db/schema/notifications";
import { disputes } from "@/db/schema/payments";
import { payoutLines, payouts } from "@/db/schema/payouts";
import { wrongInTheBooks } from "@/db/testing/books";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { paymentOf, runJobs } from "@/db/testing/orders";
import { withTx } from "@/db/tx";
import { ownerBalance } from "@/lib/services/ledger/balance";
import { post } from "@/lib/services/ledger/post";
import { complete } from "@/lib/services/orders/deliver";
import { refundReturn } from "@/lib/services/payments/return-refund";
import { approve } from "@/lib/services/returns/decide";
import { receive } from "@/lib/services/returns/receive";
import { requestReturn } from "@/lib/services/returns/request";
import { createPayout } from "./create";
import { markFailed, markPaid } from "./settle";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

const balance = () => ownerBalance(db, world.id.lineShop);
const payOut = (more: { byHand?: boolean; key?: string } = {}) =>
  createPayout(world.admin, { ownerId: world.id.lineShop, ...more });
const refused = (reason: string) => ({ code: "payout_refused", data: { reason } });

/** 100.00 with 19 % tax contained is 84.03 net; the shop keeps 15 % of it. */
const EARNED = 8_403 - 1_260;

async function sale() {
  const shopper = guest();
  const variantId = await shelf(world, 5, 10_000);
  const bought = await deliveredOrder(gateway, world.admin, shopper, [{ variantId, quantity: 1 }]);
  return { ...bought, shopper };
}
async function completed() {
  const bought = await sale();
  await complete(world.system, bought.orderId);
  return bought;
}
/** A return of everything, received; its refund is left to the caller. */
async function returned({ orderId, shopper, lines }: Awaited<ReturnType<typeof sale>>): Promise<string> {
  const orderLineId = lines[0]?.id ?? "";
  const [made] = await requestReturn(shopper, {
    orderId,
    lines: [{ orderLineId, quantity: 1, reason: "changed_mind" }],
  });
  const returnId = made?.returnId ?? "";
  await approve(world.line, { returnId });
  await receive(world.line, { returnId, lines: [{ orderLineId, restock: 1, writeOff: 0 }] });
  return returnId;
}
/** Pays what is due, so that a test starts from zero; a debt is made up for by sales. */
async function evenOut(): Promise<void> {
  while ((await balance()) < 0) await completed();
  if ((await balance()) > 0) {
    const { payoutId } = await payOut({ byHand: true });
    await markPaid(world.admin, { payoutId, reference: "even" });
  }
  expect(await balance()).toBe(0);
}

describe("a payout by hand", () => {
  beforeEach(evenOut);

  it("takes all that is due, once; failed, it frees it; paid, it is done", async () => {
    await expect(payOut()).rejects.toMatchObject(refused("nothing_due"));
    await completed();
    await completed();
    expect(await balance()).toBe(2 * EARNED);
    const one = await payOut();
    expect(one).toMatchObject({ amount: 2 * EARNED, method: "manual" });
    expect(await balance()).toBe(0);
    await expect(payOut()).rejects.toMatchObject(refused("nothing_due"));
    await markFailed(world.admin, { payoutId: one.payoutId, reason: "IBAN closed" });
    expect(await balance()).toBe(2 * EARNED);
    const again = await payOut();
    expect(again.amount).toBe(2 * EARNED);
    await markPaid(world.admin, { payoutId: again.payoutId, reference: "SEPA 1" });
    expect(await db.select().from(payouts).where(eq(payouts.id, again.payoutId))).toMatchObject([
      { status: "paid", reference: "SEPA 1", createdBy: world.id.admin },
    ]);
    for (const { payoutId } of [one, again]) {
      const over = { code: "illegal_transition" };
      await expect(markPaid(world.admin, { payoutId, reference: "x" })).rejects.toMatchObject(over);
      await expect(markFailed(world.admin, { payoutId, reason: "x" })).rejects.toMatchObject(over);
    }
    await expect(markPaid(world.admin, { payoutId: newId(), reference: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    const told = await db.select({ template: mail.template, to: mail.toEmail }).from(mail);
    expect(told.filter(({ template }) => template.startsWith("payout_"))).toContainEqual({
      template: "payout_failed",
      to: "line@example.com",
    });
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("answers a repeated form the same", async () => {
    await completed();
    const one = await payOut({ key: "payout-key-1" });
    expect(await payOut({ key: "payout-key-1" })).toEqual(one);
  });

  it("is refused while the owner is blocked, and for owners who are not there", async () => {
    await completed();
    const stand = (isActive: boolean) =>
      db.update(owners).set({ isActive }).where(eq(owners.id, world.id.lineShop));
    await stand(false);
    await expect(payOut()).rejects.toMatchObject(refused("blocked"));
    await stand(true);
    await expect(createPayout(world.admin, { ownerId: newId() })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("leaves out what an open dispute may take back, and never pays more than the balance for it", async () => {
    const disputed = await completed();
    const sound = await completed();
    const { id: paymentId } = await paymentOf(disputed.orderId);
    const disputeId = newId();
    await db.insert(disputes).values({
      id: disputeId,
      orderId: disputed.orderId,
      paymentId,
      providerDisputeId: `du_${disputeId}`,
      amount: disputed.total,
    });
    expect((await payOut()).amount).toBe(EARNED);
    expect(await balance()).toBe(EARNED);
    await expect(payOut()).rejects.toMatchObject(refused("nothing_due"));
    // A debt elsewhere is taken although the disputed credit is not.
    const returnId = await returned(sound);
    await refundReturn(world.admin, { returnId });
    expect(await balance()).toBe(0);
    await completed();
    await expect(payOut()).rejects.toMatchObject(refused("nothing_due"));
    await db
      .update(disputes)
      .set({ status: "won", closedAt: sql`shop_now()` as unknown as Date })
      .where(eq(disputes.id, disputeId));
    expect((await payOut()).amount).toBe(EARNED);
  });

  it("is carried as a debt after a return, which the next sales make up for", async () => {
    const sold = await completed();
    const { payoutId } = await payOut();
    await markPaid(world.admin, { payoutId, reference: "SEPA 2" });
    const returnId = await returned(sold);
    await refundReturn(world.admin, { returnId });
    expect(await balance()).toBe(-EARNED);
    await expect(payOut()).rejects.toMatchObject(refused("in_debt"));
    await completed();
    expect(await balance()).toBe(0);
    await expect(payOut()).rejects.toMatchObject(refused("nothing_due"));
    await completed();
    const next = await payOut();
    expect(next.amount).toBe(EARNED);
    // The debt and the sale that made up for it are in it too, so that nothing is left over.
    const taken = await db.select().from(payoutLines).where(eq(payoutLines.payoutId, next.payoutId));
    expect(taken.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([-EARNED, EARNED, EARNED]);
    await runJobs();
    await gateway.settled();
    expect(await wrongInTheBooks()).toEqual([]);
  });
});

describe("at the same moment", () => {
  beforeEach(evenOut);

  it("several payouts pay once", async () => {
    await completed();
    await completed();
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => payOut()));
    const amounts = all.flatMap((one) => (one.status === "fulfilled" ? [one.value.amount] : []));
    expect(amounts).toEqual([2 * EARNED]);
    for (const one of all)
      if (one.status === "rejected") expect(one.reason).toMatchObject(refused("nothing_due"));
    expect(await wrongInTheBooks()).toEqual([]);
  });

  it("the database refuses an entry in two live payouts", async () => {
    await completed();
    const { payoutId } = await payOut();
    const [line] = await db.select().from(payoutLines).where(eq(payoutLines.payoutId, payoutId));
    await expect(
      db
        .insert(payoutLines)
        .values({ id: newId(), payoutId, ledgerEntryId: line?.ledgerEntryId ?? "", amount: 1 }),
    ).rejects.toMatchObject({ cause: { constraint_name: "payout_lines_live_key" } });
  });

  it("a payout waits for a refund that takes from the same balance, and pays what is left", async () => {
    await completed();
    await completed();
    const taken = 5_000;
    let during: Promise<unknown> | undefined;
    await withTx(async (tx) => {
      await post(tx, {
        kind: "test_taken",
        sourceId: newId(),
        orderId: null,
        currency: "EUR",
        entries: [
          { account: "owner_payable", ownerId: world.id.lineShop, amount: taken },
          { account: "owner_share", ownerId: world.id.lineShop, amount: -taken },
        ],
      });
      during = payOut();
      // It must not be done before this transaction: it would have paid what is being taken.
      expect(await Promise.race([during, new Promise((done) => setTimeout(done, 300, "waits"))])).toBe(
        "waits",
      );
    });
    expect(await during).toMatchObject({ amount: 2 * EARNED - taken });
    expect(await balance()).toBe(0);
  });

  it("payouts and refunds after completion mix as they like: never more than the balance", async () => {
    const sales = await Promise.all(Array.from({ length: 4 }, completed));
    const backs: string[] = [];
    for (const sold of sales) backs.push(await returned(sold));
    const all = await Promise.allSettled([
      ...backs.slice(0, 2).map((returnId) => refundReturn(world.admin, { returnId })),
      payOut(),
      ...backs.slice(2).map((returnId) => refundReturn(world.admin, { returnId })),
      payOut(),
    ]);
    const refunds = all.filter((one) => one.status === "fulfilled" && "refundId" in (one.value as object));
    expect(refunds).toHaveLength(4);
    const paid = all.flatMap((one) =>
      one.status === "fulfilled" && "payoutId" in one.value ? [one.value.amount] : [],
    );
    // Whatever came first: what was earned less what was taken less what was paid.
    expect(await balance()).toBe(-paid.reduce((a, b) => a + b, 0));
    await runJobs();
    await gateway.settled();
    // At every payout the running balance was enough for it.
    const short = await db.execute(sql`
      SELECT t.id FROM ledger_transactions t JOIN ledger_entries e ON e.transaction_id = t.id AND e.account = 'owner_payable'
      WHERE t.kind = 'payout_started' AND e.amount > (SELECT COALESCE(-sum(b.amount), 0) FROM ledger_entries b
        WHERE b.account = 'owner_payable' AND b.owner_id = e.owner_id AND b.id < e.id)`);
    expect([...short]).toEqual([]);
    expect(await wrongInTheBooks()).toEqual([]);
  });
});
