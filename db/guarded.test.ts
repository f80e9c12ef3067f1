import { sql as query } from "drizzle-orm";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connect, drizzleOver } from "./client";
import { DatabaseFailure, databaseFailureOf } from "./failures";
import { holdAll } from "./testing/full-pool";

// A pool of two, so that it can be filled; `killer` stands outside and cuts connections.
const url = process.env.DATABASE_URL ?? "";
const pool = connect(url, { max: 2, name: "guarded" });
const db = drizzleOver(pool);
const killer = postgres(url, { max: 1, onnotice: () => {} });
const stray: unknown[] = [];
const keep = (error: unknown) => stray.push(error);

beforeAll(async () => {
  process.on("uncaughtException", keep);
  process.on("unhandledRejection", keep);
  await killer`create table if not exists probe (n int)`;
  await killer`create or replace function slow_commit() returns trigger language plpgsql as
    $$ begin perform pg_sleep(0.5); return null; end $$`;
  await killer`create table if not exists slow (n int)`;
  await killer`create constraint trigger slow_commit after insert on slow deferrable initially deferred
    for each row execute function slow_commit()`;
});
afterAll(async () => {
  process.off("uncaughtException", keep);
  process.off("unhandledRejection", keep);
  await pool.end({ timeout: 1 });
  await killer.end({ timeout: 1 });
});

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const kill = (pid: number | undefined) => killer`select pg_terminate_backend(${pid ?? 0})`;
const pidOf = async (tx: { execute: typeof db.execute }) =>
  (await tx.execute<{ pid: number }>(query`select pg_backend_pid() as pid`))[0]?.pid;
const failureOf = async (work: Promise<unknown>) =>
  databaseFailureOf(
    await work.then(
      () => undefined,
      (error: unknown) => error,
    ),
  );

describe("a connection that is cut", () => {
  it("between two statements: the second one runs nowhere, and the process lives", async () => {
    const work = db.transaction(async (tx) => {
      await kill(await pidOf(tx));
      await pause(100);
      // The pool has reconnected by now for somebody else.
      await Promise.all([db.execute(query`select 1`), db.execute(query`select 1`)]);
      await tx.execute(query`insert into probe values (1)`).catch(() => {});
      await tx.execute(query`insert into probe values (2)`);
    });
    expect(await failureOf(work)).toMatchObject({ kind: "unavailable" });
    await pause(100);
    expect(await killer`select n from probe`).toHaveLength(0);
    expect(stray).toEqual([]);
  });

  it("in the middle of a statement, in a savepoint too", async () => {
    const work = db.transaction(async (tx) => {
      const pid = await pidOf(tx);
      await tx.transaction(async (inner) => {
        setTimeout(() => void kill(pid).execute(), 100);
        await inner.execute(query`select pg_sleep(3)`);
      });
    });
    expect(await failureOf(work)).toMatchObject({ kind: "unavailable" });
    await pause(100);
    expect(stray).toEqual([]);
    expect(await db.execute(query`select 1 as n`)).toEqual([{ n: 1 }]);
  });

  it("during COMMIT: nobody can say what became of it", async () => {
    let pid: number | undefined;
    const work = db.transaction(async (tx) => {
      pid = await pidOf(tx);
      await tx.execute(query`insert into slow values (1)`);
      setTimeout(() => void kill(pid).execute(), 150);
    });
    expect(await failureOf(work)).toMatchObject({ kind: "unknown_outcome" });
    expect(stray).toEqual([]);
  });

  it("many times under load: no answer goes to a question that did not ask for it", async () => {
    let isOver = false;
    const axe = (async () => {
      while (!isOver) {
        await killer`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guarded'
          and random() < 0.5`;
        await pause(15);
      }
    })();
    let right = 0;
    const asking = Array.from({ length: 8 }, async (_, i) => {
      for (let n = 0; n < 60; n += 1) {
        const mark = i * 1_000 + n;
        const answer = db.transaction(async (tx) => {
          const [one] = await tx.execute<{ mark: number }>(query`select ${mark}::int as mark`);
          const [two] = await tx.execute<{ mark: number }>(query`select ${mark}::int + 1 as mark`);
          return [one?.mark, two?.mark];
        });
        const told = await answer.catch((error: unknown) => databaseFailureOf(error) ?? error);
        if (told instanceof DatabaseFailure) continue;
        expect(told).toEqual([mark, mark + 1]);
        right += 1;
      }
    });
    await Promise.all(asking);
    isOver = true;
    await axe;
    expect(right).toBeGreaterThan(0);
    expect(stray).toEqual([]);
  });
});

it("a full pool says so instead of hanging, and what came too late does nothing", async () => {
  // A pool that nobody has cut connections of: the last cut may be noticed only when its connection is used again.
  const full = connect(url, { max: 2, name: "full" });
  const db = drizzleOver(full);
  const giveBack = await holdAll(db, 2);
  let ran = false;
  const [inTransaction, alone] = await Promise.all([
    failureOf(
      db.transaction(async () => {
        ran = true;
      }),
    ),
    failureOf(db.execute(query`select 1`)),
  ]);
  expect([inTransaction?.kind, alone?.kind]).toEqual(["busy", "busy"]);
  await giveBack();
  expect(await db.execute(query`select 1 as n`)).toEqual([{ n: 1 }]);
  expect(ran).toBe(false);
  await full.end({ timeout: 1 });
});

it("tells a statement that took too long, and a server that is not there", async () => {
  const whole = connect(url, { max: 1, name: "whole" });
  const slow = drizzleOver(whole).transaction(async (tx) => {
    await tx.execute(query`set local statement_timeout = 50`);
    await tx.execute(query`select pg_sleep(1)`);
  });
  expect(await failureOf(slow)).toMatchObject({ kind: "busy" });
  await whole.end({ timeout: 1 });
  const nowhere = connect("postgres://nobody:x@127.0.0.1:1/none", { max: 1 });
  expect(await failureOf(nowhere`select 1`.execute())).toMatchObject({ kind: "unavailable" });
  expect(await failureOf(nowhere.begin(async () => {}))).toMatchObject({ kind: "unavailable" });
  await nowhere.end({ timeout: 1 });
});
