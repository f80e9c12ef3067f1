/** The database and the code know the same states and transitions. */
import { getTableColumns } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { movementKinds } from "@/lib/domain/inventory";
import { machines, transitionRows } from "@/lib/domain/machines";
import { sql } from "../client";
import { fulfilments, shipments } from "../schema/fulfilments";
import { movementKind, stockReservations } from "../schema/inventory";
import { orders } from "../schema/orders";
import { disputes, payments, refunds } from "../schema/payments";
import { payouts } from "../schema/payouts";
import { returns } from "../schema/returns";
import { machineOf } from "./triggers";

const tables = {
  orders,
  fulfilments,
  shipments,
  payments,
  refunds,
  disputes,
  returns,
  payouts,
  stock_reservations: stockReservations,
};

test("status_transitions holds every transition of the code, each machine's start, and nothing else", async () => {
  const stored = await sql<{ row: string }[]>`
    select concat_ws(' ', machine, from_status, to_status) as row from status_transitions`;
  const wanted = [
    ...transitionRows.map(({ machine, from, to }) => `${machine} ${from} ${to}`),
    ...machines.map(({ name, initial }) => `${name} new ${initial}`),
  ];
  expect(stored.map(({ row }) => row).sort()).toEqual(wanted.sort());
});

describe("states", () => {
  test("every machine has its table", () => {
    expect(Object.values(machineOf).sort()).toEqual(machines.map(({ name }) => name).sort());
    expect(Object.keys(tables).sort()).toEqual(Object.keys(machineOf).sort());
  });

  test.each(Object.entries(tables))("%s.status", async (table, schema) => {
    const machine = machines.find(({ name }) => name === machineOf[table]);
    const { status } = getTableColumns(schema);
    expect(status.enumValues).toEqual(machine?.states);
    expect(status.default).toBe(machine?.initial);
    const [column] = await sql<{ states: string[]; start: string }[]>`
      select array(select e.enumlabel::text from pg_enum e where e.enumtypid = a.atttypid order by e.enumsortorder) as states,
        pg_get_expr(d.adbin, d.adrelid) as start
      from pg_attribute a join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
      where a.attrelid = ${table}::regclass and a.attname = 'status'`;
    expect(column?.states).toEqual(machine?.states);
    expect(column?.start).toMatch(new RegExp(`^'${machine?.initial}'::`));
  });
});

test("kinds of stock movement are the same in code and database", () => {
  expect(movementKind.enumValues).toEqual(movementKinds);
});
