/** Tries to rewrite what is written once, to change snapshots, and every pair of states of every machine. */
import type { TransactionSql } from "postgres";
import { describe, expect, test } from "vitest";
import { machines } from "@/lib/domain/machines";
import { BROKEN_CHECK, RESTRICTED, refusal, undone } from "./refusals";
import { make } from "./rows";
import { appendOnly, frozen, frozenSums, machineOf } from "./triggers";

/** SQL for another value of a column than the one it has. */
function changed(column: string, type: string): string {
  if (type === "uuid") return "gen_random_uuid()";
  if (type === "text") return `coalesce(${column}, '') || 'x'`;
  if (type === "boolean") return `not ${column}`;
  if (type.startsWith("timestamp")) return `coalesce(${column}, now()) + interval '1 day'`;
  return `coalesce(${column}, 0) + 1`;
}

async function columnsOf(tx: TransactionSql, table: string): Promise<{ name: string; value: string }[]> {
  const rows = await tx<{ name: string; type: string }[]>`
    select column_name as name, data_type as type from information_schema.columns
    where table_schema = 'public' and table_name = ${table}`;
  return rows.map(({ name, type }) => ({ name, value: changed(name, type) }));
}

describe("written once", () => {
  test.each(appendOnly)("%s", async (table) => {
    await undone(async (tx) => {
      await make(tx, table);
      const column = (await columnsOf(tx, table)).find(({ name }) => name.endsWith("id"))?.name ?? "";
      // A row of a partitioned table answers with the partition's name.
      const rows = { code: RESTRICTED, message: expect.stringContaining("is append-only") };
      const update = `update ${table} set ${column} = ${column}`;
      expect(await refusal(tx, (sp) => sp.unsafe(update))).toMatchObject(rows);
      expect(await refusal(tx, (sp) => sp`delete from ${sp(table)}`)).toMatchObject(rows);
    });
    // In a transaction of its own: a table with deferred checks to come cannot be truncated anyway.
    await undone(async (tx) => {
      expect(await refusal(tx, (sp) => sp`truncate ${sp(table)} cascade`)).toMatchObject({
        code: RESTRICTED,
        message: `${table} is append-only`,
      });
    });
  });

  test.each(["orders", ...Object.keys(frozen)])("%s is never deleted", async (table) => {
    await undone(async (tx) => {
      await make(tx, table);
      expect(await refusal(tx, (sp) => sp`delete from ${sp(table)}`)).toMatchObject({ code: RESTRICTED });
    });
  });
});

describe("snapshots", () => {
  test.each(Object.entries(frozen))("%s", async (table, mayChange) => {
    await undone(async (tx) => {
      const { id } = await make(tx, table);
      for (const { name, value } of await columnsOf(tx, table)) {
        const update = `update ${table} set ${name} = ${value} where id = '${id}'`;
        const answer = await refusal(tx, (sp) => sp.unsafe(update));
        if (mayChange.includes(name)) {
          // A foreign key or a check may say no to this value, the snapshot does not.
          expect(answer?.code, name).not.toBe(RESTRICTED);
        } else {
          expect(answer, name).toMatchObject({ code: RESTRICTED });
          expect(answer?.message, name).toContain("is a snapshot");
        }
      }
    });
  });

  test("the sums of an order", async () => {
    await undone(async (tx) => {
      const { id } = await make(tx, "orders");
      const columns = await columnsOf(tx, "orders");
      for (const column of frozenSums) {
        const value = columns.find(({ name }) => name === column)?.value;
        const update = `update orders set ${column} = ${value} where id = '${id}'`;
        const answer = await refusal(tx, (sp) => sp.unsafe(update));
        expect(answer, column).toMatchObject({ code: RESTRICTED });
        expect(answer?.message, column).toContain("cannot change");
      }
      const rest = `update orders set captured = total, refunded = 1, email = 'b@example.com' where id = '${id}'`;
      expect(await refusal(tx, (sp) => sp.unsafe(rest))).toBeUndefined();
    });
  });
});

/** What a row must say beside its status, so that no CHECK speaks before the machine does. */
const BESIDE: Readonly<Record<string, (status: string) => Record<string, string | null>>> = {
  orders: (status) => ({ cancel_reason: status === "cancelled" ? "shopper" : null }),
  payments: (status) => ({ paid_at: status === "paid" ? "2026-01-01" : null }),
  payouts: (status) => ({ paid_at: status === "paid" ? "2026-01-01" : null }),
  disputes: (status) => ({ closed_at: status === "open" ? null : "2026-01-01" }),
};

describe("machines", () => {
  test.each(Object.entries(machineOf))("%s: every pair of states", async (table, name) => {
    const machine = machines.find((one) => one.name === name);
    if (!machine) throw new Error(`no machine ${name}`);
    const legal = new Set(
      Object.values(machine.transitions).flatMap(({ from, to }) => from.map((start) => `${start} ${to}`)),
    );
    const constraint = `${table}_transition`;
    const stateOf = (status: string) => ({ status, ...BESIDE[table]?.(status) });

    await undone(async (tx) => {
      const id = String((await make(tx, table)).id);
      for (const from of machine.states) {
        const born = await refusal(tx, (sp) => make(sp, table, stateOf(from)));
        expect(born?.constraint, `new → ${from}`).toBe(from === machine.initial ? undefined : constraint);

        await tx`set local session_replication_role = replica`;
        await tx`update ${tx(table)} set ${tx(stateOf(from))} where id = ${id}`;
        await tx`set local session_replication_role = origin`;
        for (const to of machine.states) {
          const answer = await refusal(
            tx,
            (sp) => sp`update ${sp(table)} set ${sp(stateOf(to))} where id = ${id}`,
          );
          const allowed = from === to || legal.has(`${from} ${to}`);
          const refused = { code: BROKEN_CHECK, constraint };
          if (allowed) expect(answer, `${from} → ${to}`).toBeUndefined();
          else expect(answer, `${from} → ${to}`).toMatchObject(refused);
        }
      }
    });
  });
});
