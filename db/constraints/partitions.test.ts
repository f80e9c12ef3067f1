/** The tables by month: a default partition, the months that are due, and a creation that may run again and again. */
import type { TransactionSql } from "postgres";
import { expect, test } from "vitest";
import { sql } from "../client";
import { refusal, undone } from "./refusals";
import { make } from "./rows";

const PARTITIONED = [
  "audit",
  "ledger_entries",
  "order_events",
  "search_log",
  "stock_movements",
  "webhook_events",
];

/** Names of the partitions of a table. */
async function partitionsOf(tx: TransactionSql | typeof sql, table: string): Promise<string[]> {
  const rows = await tx<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = ${table}::regclass order by 1`;
  return rows.map(({ name }) => name);
}

/** "_2026_09" of the month that lies `ahead` months after this one. */
function suffix(ahead: number): string {
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + ahead, 1));
  return `_${month.toISOString().slice(0, 7).replace("-", "_")}`;
}

test("the partitioned tables are these", async () => {
  const rows = await sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'p' and relnamespace = 'public'::regnamespace order by 1`;
  expect(rows.map(({ name }) => name)).toEqual(PARTITIONED);
});

test.each(PARTITIONED)("%s: a default partition, this month, three ahead, four back", async (table) => {
  const due = [-4, -3, -2, -1, 0, 1, 2, 3].map((ahead) => table + suffix(ahead));
  expect(await partitionsOf(sql, table)).toEqual([...due, `${table}_rest`].sort());
});

test.each(PARTITIONED)(
  "%s: a row of today lies in this month's partition, one of another age in the rest",
  async (table) => {
    await undone(async (tx) => {
      const today = await make(tx, table);
      const old = await make(tx, table, { created_at: "2001-01-01T00:00:00Z" });
      const rows = await tx<{ id: string; place: string }[]>`
      select id, tableoid::regclass::text as place from ${tx(table)} where id in (${String(today.id)}, ${String(old.id)})`;
      const placeOf = (id: unknown) => rows.find((row) => row.id === id)?.place;
      expect(placeOf(today.id)).toBe(table + suffix(0));
      expect(placeOf(old.id)).toBe(`${table}_rest`);
    });
  },
);

test("create_month_partitions may run again, adds what is missing, and passes a month that came too late", async () => {
  await undone(async (tx) => {
    const before = await partitionsOf(tx, "audit");
    await tx`select create_month_partitions(4, 3)`;
    expect(await partitionsOf(tx, "audit")).toEqual(before);

    const now = new Date();
    const late = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 5, 15)).toISOString();
    const row = await make(tx, "audit", { created_at: late });
    expect(await refusal(tx, (sp) => sp`select create_month_partitions(0, 6)`)).toBeUndefined();
    await tx`select create_month_partitions(0, 6)`;
    const after = await partitionsOf(tx, "audit");
    expect(after).toEqual([...before, ...[4, 6].map((ahead) => `audit${suffix(ahead)}`)].sort());
    expect(await partitionsOf(tx, "search_log")).toContain(`search_log${suffix(5)}`);
    expect(await tx`select from audit where id = ${String(row.id)}`).toHaveLength(1);
  });
});

test("rows of a new partition are append-only too", async () => {
  await undone(async (tx) => {
    await tx`select create_month_partitions(4, 4)`;
    const now = new Date();
    const later = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 4, 15)).toISOString();
    await make(tx, "stock_movements", { created_at: later });
    const place = `stock_movements${suffix(4)}`;
    expect(await refusal(tx, (sp) => sp`delete from ${sp(place)}`)).toMatchObject({ code: "23001" });
  });
});
