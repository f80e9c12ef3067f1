import { afterAll, expect, test } from "vitest";
import { connect } from "./client";
import { makeCounting, readSlow } from "./slow";
import { startThrowaway } from "./throwaway";

const servers: { stop: () => Promise<void> }[] = [];
afterAll(async () => {
  for (const server of servers) await server.stop();
});

async function start(settings: string[]) {
  const server = await startThrowaway("slow-", { durable: false, settings });
  const sql = connect(server.url, { max: 1 });
  servers.push({ stop: () => sql.end({ timeout: 1 }).then(server.stop) });
  return sql;
}

test("without the library or the extension there is a kind sentence; with both the costly statement comes first", async () => {
  const bare = await start(["shared_preload_libraries="]);
  expect((await readSlow(bare)).hint).toMatch(/not counted yet: run `npm run db:slow`/);
  await makeCounting(bare);
  expect((await readSlow(bare)).hint).toMatch(/shared_preload_libraries/);

  const counting = await start([]);
  expect(await makeCounting(counting)).toBe(true);
  for (let i = 0; i < 3; i += 1) await counting`select ${i}::int as quick`;
  await counting`select count(*) from generate_series(1, 300000) g where g::text like ${"%secret-value%"}`;
  const { rows, hint } = await readSlow(counting, "mean");
  expect(hint).toBeNull();
  expect(rows[0]?.statement).toMatch(/generate_series/);
  expect(rows.find(({ statement }) => /quick/.test(statement))?.calls).toBe(3);
  expect(JSON.stringify(rows)).not.toContain("secret-value");
  expect(rows.reduce((sum, { share }) => sum + share, 0)).toBeLessThanOrEqual(1.000001);
});
