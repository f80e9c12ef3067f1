/** Tries to store the same thing twice, for every unique rule; and where a rule is partial, what it lets through. */
import { expect, test } from "vitest";
import { NOT_UNIQUE, refusal, undone } from "./refusals";
import { make } from "./rows";
import { uniques } from "./uniques";

test.each(Object.entries(uniques))("%s", async (constraint, { table, same, both, twist, free }) => {
  await undone(async (tx) => {
    const first = await make(tx, table, both);
    const second = { ...both };
    for (const column of same) {
      const value = first[column];
      const isId = column === "id" || column.endsWith("_id");
      second[column] = typeof value === "string" && !isId && column !== "kind" ? twist(value) : value;
    }
    const answer = await refusal(tx, (sp) => make(sp, table, second));
    expect(answer).toMatchObject({ code: NOT_UNIQUE, constraint });
    for (const difference of free) {
      const other = await refusal(tx, (sp) => make(sp, table, { ...second, ...difference }));
      expect(other, JSON.stringify(difference)).toBeUndefined();
    }
  });
});

test("a released reservation makes room for another", async () => {
  await undone(async (tx) => {
    const { order_id, variant_id, id } = await make(tx, "stock_reservations");
    await tx`update stock_reservations set status = 'committed' where id = ${String(id)}`;
    const again = () => refusal(tx, (sp) => make(sp, "stock_reservations", { order_id, variant_id }));
    expect(await again()).toMatchObject({ constraint: "stock_reservations_live_key" });
    await tx`set local session_replication_role = replica`;
    await tx`update stock_reservations set status = 'released' where id = ${String(id)}`;
    expect(await again()).toBeUndefined();
  });
});

test.each([
  ["pending", false],
  ["processing", false],
  ["failed", false],
  ["paid", true],
  ["cancelled", true],
])("payments_one_open_key: beside one that is %s another is taken: %s", async (status, taken) => {
  await undone(async (tx) => {
    const { order_id, id } = await make(tx, "payments");
    await tx`set local session_replication_role = replica`;
    await tx`update payments set status = ${status}, paid_at = ${status === "paid" ? "2026-01-01" : null} where id = ${String(id)}`;
    await tx`set local session_replication_role = origin`;
    const answer = await refusal(tx, (sp) => make(sp, "payments", { order_id }));
    expect(answer?.constraint).toBe(taken ? undefined : "payments_one_open_key");
  });
});
