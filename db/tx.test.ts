import { sql as query } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect, db, sql } from "./client";
import { sqlState } from "./failures";
import { insideTx, isTx, withTx } from "./tx";

function failing(code: string, times: number): { run: () => Promise<string>; tries: () => number } {
  let tries = 0;
  const run = () =>
    withTx(async (tx) => {
      tries += 1;
      if (tries <= times) {
        await tx.execute(
          query.raw(`do $$ begin raise exception 'planted' using errcode = '${code}'; end $$`),
        );
      }
      return "done";
    });
  return { run, tries: () => tries };
}

test.each(["40001", "40P01", "55P03"])("tries %s again until it succeeds", async (code) => {
  const work = failing(code, 2);
  expect(await work.run()).toBe("done");
  expect(work.tries()).toBe(3);
});

test("gives up after five attempts with PostgreSQL's own code", async () => {
  const work = failing("40001", 99);
  const error = await work.run().catch((e: unknown) => e);
  expect(sqlState(error)).toBe("40001");
  expect(work.tries()).toBe(5);
});

test("does not try anything else again", async () => {
  const work = failing("23505", 1);
  expect(sqlState(await work.run().catch((e: unknown) => e))).toBe("23505");
  expect(work.tries()).toBe(1);
});

test("what is thrown rolls back", async () => {
  await db.execute(query`create table if not exists probe (n int)`);
  const bug = new Error("a bug");
  const thrown = withTx(async (tx) => {
    await tx.execute(query`insert into probe values (1)`);
    throw bug;
  });
  await expect(thrown).rejects.toBe(bug);
  expect(await sql`select n from probe`).toHaveLength(0);
});

test("joins the transaction it is given", async () => {
  await withTx(async (outer) => {
    expect(isTx(outer)).toBe(true);
    expect(isTx(db)).toBe(false);
    expect(await withTx(async (inner) => inner === outer, { tx: outer })).toBe(true);
    expect(insideTx()).toBe(true);
  });
  expect(insideTx()).toBe(false);
});

test("two transactions that lock each other both commit in the end", async () => {
  await db.execute(query`create table if not exists pair (id int primary key, n int not null)`);
  await db.execute(query`insert into pair values (1, 0), (2, 0)`);
  const both = (first: number, second: number) =>
    withTx(async (tx) => {
      await tx.execute(query`update pair set n = n + 1 where id = ${first}`);
      await new Promise((resolve) => setTimeout(resolve, 60));
      await tx.execute(query`update pair set n = n + 1 where id = ${second}`);
    });
  await Promise.all([both(1, 2), both(2, 1), both(1, 2), both(2, 1)]);
  expect(await sql`select n from pair order by id`).toEqual([{ n: 4 }, { n: 4 }]);
});

test("the pool has the shop's time limits and lives on after its connections were cut", async () => {
  const [limits] = await sql`select current_setting('statement_timeout') s, current_setting('lock_timeout') l,
    current_setting('idle_in_transaction_session_timeout') i`;
  expect(limits).toEqual({ s: "5s", l: "2s", i: "10s" });
  const other = connect(process.env.DATABASE_URL ?? "", { max: 1, name: "killer" });
  await other`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`;
  await other.end();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await sql`select 1 as n`).toEqual([{ n: 1 }]);
});
