/** Tries to unbalance the books and an order, and to put a category below itself. */
import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { newId } from "../id";
import type { Row } from "./refs";
import { BROKEN_CHECK, refusal, undone } from "./refusals";
import { make } from "./rows";

/** Says what a commit would say. */
const commit = (tx: TransactionSql) => refusal(tx, (sp) => sp`set constraints all immediate`);

describe("orders_lines_sum", () => {
  const wrong = { code: BROKEN_CHECK, constraint: "orders_lines_sum" };
  const half: Row = { unit_price: 500, subtotal: 500, tax: 95, total: 500 };

  test.each<[string, Row, Row[], boolean]>([
    ["one line", {}, [{}], true],
    ["two lines", {}, [half, half], true],
    ["tax of the shipping beside that of the lines", { shipping_tax: 100 }, [{ tax: 90 }], true],
    ["discount on the line", { discount: 100, total: 1400 }, [{ discount: 100, total: 900 }], true],
    ["no line", {}, [], false],
    ["a line too few", {}, [half], false],
    ["a line too many", {}, [{}, { ...half, unit_price: 0, subtotal: 0, total: 0 }], false],
    ["tax of the shipping forgotten", { shipping_tax: 100 }, [{}], false],
    ["discount lost", { discount: 100, total: 1400 }, [{}], false],
  ])("%s", async (_, order, lines, right) => {
    await undone(async (tx) => {
      const { id } = await make(tx, "orders", order);
      for (const line of lines) await make(tx, "order_lines", { order_id: id, ...line });
      if (right) expect(await commit(tx)).toBeUndefined();
      else expect(await commit(tx)).toMatchObject(wrong);
    });
  });

  test("order_lines_sum: a line that comes after the order was committed", async () => {
    await undone(async (tx) => {
      const { id } = await make(tx, "orders");
      await make(tx, "order_lines", { order_id: id });
      // What is left is then the later line alone.
      await tx`set constraints all immediate`;
      const late = await refusal(tx, (sp) => make(sp, "order_lines", { order_id: id }));
      expect(late).toMatchObject(wrong);
    });
  });
});

describe("ledger_entries_balance", () => {
  test.each<[number[], boolean]>([
    [[1500, -1310, -190], true],
    [[1, -1], true],
    [[1500, -1310, -189], false],
    [[1], false],
    [[9_007_199_254_740_991, -9_007_199_254_740_990], false],
  ])("%j", async (amounts, balanced) => {
    await undone(async (tx) => {
      const { id } = await make(tx, "ledger_transactions");
      for (const amount of amounts) await make(tx, "ledger_entries", { transaction_id: id, amount });
      const answer = await commit(tx);
      if (balanced) expect(answer).toBeUndefined();
      else expect(answer).toMatchObject({ code: BROKEN_CHECK, constraint: "ledger_entries_balance" });
    });
  });

  test("an entry that comes after its transaction was committed", async () => {
    await undone(async (tx) => {
      const { id } = await make(tx, "ledger_transactions");
      for (const amount of [5, -5]) await make(tx, "ledger_entries", { transaction_id: id, amount });
      await tx`set constraints all immediate`;
      const late = await refusal(tx, (sp) => make(sp, "ledger_entries", { transaction_id: id }));
      expect(late).toMatchObject({ constraint: "ledger_entries_balance" });
    });
  });
});

test("categories_no_circle", async () => {
  await undone(async (tx) => {
    const top = await make(tx, "categories");
    const middle = await make(tx, "categories", { parent_id: top.id });
    const bottom = await make(tx, "categories", { parent_id: middle.id });
    for (const below of [middle, bottom]) {
      const answer = await refusal(
        tx,
        (sp) => sp`update categories set parent_id = ${String(below.id)} where id = ${String(top.id)}`,
      );
      expect(answer).toMatchObject({ code: BROKEN_CHECK, constraint: "categories_no_circle" });
    }
    const moved = sql(bottom.id, top.id);
    expect(await refusal(tx, (sp) => sp.unsafe(moved))).toBeUndefined();
    const itself = newId();
    const answer = await refusal(tx, (sp) => make(sp, "categories", { id: itself, parent_id: itself }));
    expect(answer).toMatchObject({ constraint: "categories_no_self_parent" });
  });
});

function sql(id: unknown, parent: unknown): string {
  return `update categories set parent_id = '${parent}' where id = '${id}'`;
}
