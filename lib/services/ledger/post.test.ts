import { eq } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { ledgerEntries, ledgerTransactions } from "@/db/schema/ledger";
import { withTx } from "@/db/tx";
import * as ledger from "./post";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const posting = (sourceId: string, credit = -100): ledger.Posting => ({
  kind: "captured",
  sourceId,
  orderId: null,
  currency: "EUR",
  entries: [
    { account: "clearing", amount: 100 },
    { account: "sales", ownerId: world.id.lineShop, amount: credit },
    { account: "tax_payable", amount: 0 },
  ],
});

it("posts once per kind and source, whoever comes at the same time, and leaves entries of nothing out", async () => {
  const sourceId = newId();
  const posted = await Promise.all(
    Array.from({ length: 6 }, () => withTx((tx) => ledger.post(tx, posting(sourceId)))),
  );
  expect(posted.filter(Boolean)).toHaveLength(1);
  const entries = await db
    .select({ amount: ledgerEntries.amount })
    .from(ledgerEntries)
    .innerJoin(ledgerTransactions, eq(ledgerTransactions.id, ledgerEntries.transactionId))
    .where(eq(ledgerTransactions.sourceId, sourceId));
  expect(entries.map(({ amount }) => amount).sort()).toEqual([-100, 100]);
});

it("refuses what does not sum to zero", async () => {
  const sourceId = newId();
  await expect(withTx((tx) => ledger.post(tx, posting(sourceId, -99)))).rejects.toThrow();
  expect(await db.select().from(ledgerTransactions).where(eq(ledgerTransactions.sourceId, sourceId))).toEqual(
    [],
  );
});
