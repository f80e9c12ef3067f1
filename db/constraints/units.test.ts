/** Every amount and every share says its unit. */
import { expect, test } from "vitest";
import { sql } from "../client";

test("every bigint that is no identity, and every share, names its unit", async () => {
  const bare = await sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.attidentity = ''
      and (a.atttypid = 'bigint'::regtype or a.attname ~ '(commission|rate)$' and a.atttypid = 'integer'::regtype)
      and col_description(c.oid, a.attnum) is null`;
  expect(bare.map(({ name }) => name)).toEqual([]);
});

test("amounts are in minor units of the currency", async () => {
  const others = await sql<{ name: string }[]>`
    select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and a.attnum > 0 and not a.attisdropped and a.attidentity = '' and a.atttypid = 'bigint'::regtype
      and col_description(c.oid, a.attnum) not like '%minor units of the currency%'`;
  expect(others.map(({ name }) => name)).toEqual([]);
});

test("no amount is a floating number", async () => {
  const floats = await sql`
    select a.attname from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and a.atttypid in ('real'::regtype, 'double precision'::regtype, 'numeric'::regtype)`;
  expect(floats).toHaveLength(0);
});
