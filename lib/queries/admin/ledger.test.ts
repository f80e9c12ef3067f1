import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { db } from "@/db/client";
import { ledgerEntries } from "@/db/schema/ledger";
import { deliveredOrder } from "@/db/testing/delivered";
import { startGateway, type TestGateway } from "@/db/testing/gateway";
import { complete } from "@/lib/services/orders/deliver";
import { refund } from "@/lib/services/payments/refund";
import { createPayout } from "@/lib/services/payouts/create";
import { getTrialBalance, isQuickToProve, proveBooks } from "./ledger";

let world: Cast;
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startGateway();
  world = await cast();
});
afterAll(() => gateway.close());

it("proves that the ledger balances, and names what breaks it", async () => {
  const wishes = [{ variantId: await shelf(world, 5, 10_000), quantity: 2 }];
  const bought = await deliveredOrder(gateway, world.admin, guest(), wishes);
  await complete(world.system, bought.orderId);
  await refund(world.admin, { orderId: bought.orderId, amount: 11_90, reason: "A scratch" });
  await createPayout(world.admin, { ownerId: world.id.lineShop });

  const trial = await getTrialBalance(world.admin);
  const [sum] = trial.sums;
  expect(trial.sums).toEqual([{ currency: "EUR", debit: sum?.debit, credit: sum?.debit }]);
  const of = (account: string) => trial.rows.find((row) => row.account === account);
  expect(of("sales")).toMatchObject({ debit: 0, balance: -(of("sales")?.credit ?? 0) });
  // 200.00 in, 11.90 on its way back; the owner's balance went out whole.
  expect(of("clearing")?.debit).toBe(bought.total);
  expect(of("owner_payable")?.balance).toBe(0);
  // 168.07 net less 25.21 commission, less 10.00 and plus 1.50 of what goes back.
  expect(of("in_transit")?.balance).toBe(-13_436);
  expect(of("commission")?.balance).toBe(-2_371);
  expect(await isQuickToProve(world.admin)).toBe(true);
  const proofs = await proveBooks(world.admin);
  expect(proofs.length).toBeGreaterThan(15);
  expect(proofs.filter(({ broken }) => broken?.length !== 0)).toEqual([]);

  // With its triggers off the database lets a cent go; the page sees it.
  const [entry] = await db.select().from(ledgerEntries).where(eq(ledgerEntries.account, "commission"));
  await db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    await tx.execute(sql`UPDATE ledger_entries SET amount = amount - 1 WHERE id = ${entry?.id ?? ""}`);
  });
  const after = await getTrialBalance(world.admin);
  expect((after.sums[0]?.credit ?? 0) - (after.sums[0]?.debit ?? 0)).toBe(1);
  const found = (await proveBooks(world.admin)).filter(({ broken }) => broken?.length);
  expect(found.map(({ title }) => title)).toContain("every posting sums to zero over two entries or more");
  expect(found.flatMap(({ broken }) => broken ?? []).map(({ id }) => id)).toContain(entry?.transactionId);
});
