/** Lists from PostgreSQL's catalogue what the schema enforces, and fails for anything that no case here covers. */
import { expect, test } from "vitest";
import { sql } from "../client";
import { checks } from "./checks";
import { indexes } from "./indexes";
import { references } from "./references";
import { NOT_UNIQUE, refusal, undone } from "./refusals";
import { make, recipes } from "./rows";
import { coveredTriggers } from "./triggers";
import { uniques } from "./uniques";

interface Named {
  table: string;
  name: string;
}

const named = (rows: readonly Named[]) => rows.map(({ table, name }) => `${table}.${name}`).sort();

/** Constraints of one kind, without the copies that partitions have. */
function constraints(kind: "c" | "f" | "p"): Promise<(Named & { action: string })[]> {
  return sql<(Named & { action: string })[]>`
    select c.relname as table, k.conname as name, k.confdeltype as action
    from pg_constraint k join pg_class c on c.oid = k.conrelid
    where k.connamespace = 'public'::regnamespace and k.contype = ${kind} and not c.relispartition
    order by 1, 2`;
}

test("every table has a recipe for a valid row, and a primary key", async () => {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition order by 1`;
  const names = tables.map(({ name }) => name);
  expect(Object.keys(recipes).sort()).toEqual(names);
  expect((await constraints("p")).map(({ table }) => table)).toEqual(names);
});

test("every CHECK has a case", async () => {
  const cases = Object.entries(checks).map(([name, { table }]) => ({ table, name }));
  expect(named(cases)).toEqual(named(await constraints("c")));
});

test("every foreign key has a case with what happens on delete", async () => {
  const actions = { a: "no action", r: "restrict", c: "cascade", n: "set null", d: "set default" };
  const found = (await constraints("f")).map(
    ({ table, name, action }) => `${table}.${name} ${actions[action as keyof typeof actions]}`,
  );
  const cases = references.map(({ table, constraint, onDelete }) => `${table}.${constraint} ${onDelete}`);
  expect(cases.sort()).toEqual(found.sort());
});

test("every UNIQUE constraint and unique index has a case; plain ids are tried here", async () => {
  const found = await sql<(Named & { plain: boolean })[]>`
    select t.relname as table, i.relname as name,
      x.indisprimary and (select count(*) = 1 from unnest(x.indkey) k
        join pg_attribute a on a.attrelid = t.oid and a.attnum = k where a.attname <> 'created_at') as plain
    from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
    where x.indisunique and i.relnamespace = 'public'::regnamespace and not i.relispartition`;
  const rest = found.filter(({ name }) => !(name in uniques));
  expect(named(rest.filter(({ plain }) => !plain))).toEqual([]);
  const cases = Object.entries(uniques).map(([name, { table }]) => ({ table, name }));
  expect(named(cases)).toEqual(named(found.filter(({ name }) => name in uniques)));

  await undone(async (tx) => {
    for (const { table, name } of rest) {
      await make(tx, table);
      const copy = `insert into ${table} overriding system value select * from ${table} limit 1`;
      const answer = await refusal(tx, (sp) => sp.unsafe(copy));
      // A partition's key has a name of its own.
      expect(answer, name).toMatchObject({
        code: NOT_UNIQUE,
        constraint: expect.stringMatching(/_pk(ey)?$/),
      });
    }
  });
});

test("every trigger is covered", async () => {
  const found = await sql<{ name: string }[]>`
    select t.tgname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    where not t.tgisinternal and c.relnamespace = 'public'::regnamespace and not c.relispartition order by 1`;
  expect(found.map(({ name }) => name)).toEqual([...coveredTriggers].sort());
  const off = await sql`select tgname from pg_trigger where not tgisinternal and tgenabled <> 'O'`;
  expect(off).toHaveLength(0);
});

test("every index that is partial, ordered, over an expression or not a B-tree has the query it serves", async () => {
  const found = await sql<{ name: string }[]>`
    select i.relname as name from pg_index x join pg_class i on i.oid = x.indexrelid join pg_am m on m.oid = i.relam
    where i.relnamespace = 'public'::regnamespace and not i.relispartition and not x.indisunique
      and (x.indpred is not null or x.indexprs is not null or m.amname <> 'btree'
        or exists (select from unnest(x.indoption) o where o & 1 = 1))
    order by 1`;
  expect(found.map(({ name }) => name)).toEqual(Object.keys(indexes).sort());
});

test("no constraint is left unproven", async () => {
  const loose = await sql`select conname from pg_constraint where not convalidated`;
  expect(loose).toHaveLength(0);
});
