import { setTimeout as pause } from "node:timers/promises";
import type postgres from "postgres";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connect } from "./client";
import { Replica } from "./replica";
import { type Standby, startStandby } from "./testing/standby";
import { startThrowaway, type Throwaway } from "./throwaway";

let primary: Throwaway;
let standby: Standby;
let write: postgres.Sql;
let follow: postgres.Sql;
let replica: Replica;

beforeAll(async () => {
  primary = await startThrowaway("tallystick-primary-");
  write = connect(primary.url, { max: 3 });
  await write`create table prices (id int primary key, price int)`;
  await write`insert into prices values (1, 100)`;
  standby = await startStandby(primary.url);
  follow = connect(standby.url, { max: 3 });
  replica = new Replica(write, follow);
}, 60_000);

afterAll(async () => {
  await write.end({ timeout: 1 });
  await follow.end({ timeout: 1 });
  await standby.stop();
  await primary.stop();
});

const read = () =>
  replica.read(async (client) => {
    const [row] = await client<{ price: number; from: boolean }[]>`
      select price, pg_is_in_recovery() as from from prices where id = 1`;
    return { price: row?.price, onReplica: row?.from };
  });

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await holds())) await pause(10);
}

test("reads go to the replica once it is known to be up to date", async () => {
  expect(await read()).toEqual({ price: 100, onReplica: false });
  await until(() => replica.isFresh);
  expect(await read()).toEqual({ price: 100, onReplica: true });
});

test("a change that the replica has not replayed is read from the primary", async () => {
  await until(() => replica.isFresh);
  await standby.pause();
  await write`update prices set price = 200`;
  // Nobody told of it: the replica is asked, and has the old one.
  expect(await read()).toEqual({ price: 100, onReplica: true });
  replica.changed();
  expect(await read()).toEqual({ price: 200, onReplica: false });
  await pause(200);
  expect(await read()).toEqual({ price: 200, onReplica: false });
  await standby.resume();
  await until(() => replica.isFresh);
  expect(await read()).toEqual({ price: 200, onReplica: true });
});

test("a replica that is gone is not missed", async () => {
  await until(() => replica.isFresh);
  standby.child.kill("SIGKILL");
  // Its children answer for a moment yet. No read fails meanwhile.
  await until(async () => {
    const { price, onReplica } = await read();
    expect(price).toBe(200);
    return onReplica === false;
  });
  for (let n = 0; n < 20; n += 1) expect(await read()).toEqual({ price: 200, onReplica: false });
});
