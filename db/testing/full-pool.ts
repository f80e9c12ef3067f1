/** For tests of a database that is busy: a pool whose every connection somebody holds. */
import { type SQL, sql } from "drizzle-orm";
import { expect } from "vitest";

interface Pool {
  transaction(work: (tx: { execute(query: SQL): PromiseLike<unknown> }) => Promise<void>): Promise<void>;
}

/** Takes so many connections, all that the pool has; answers what gives them back. */
export async function holdAll(pool: Pool, connections: number): Promise<() => Promise<unknown>> {
  let free = () => {};
  const held = new Promise<void>((done) => {
    free = done;
  });
  let inHand = 0;
  const holders = Array.from({ length: connections }, () =>
    pool.transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      inHand += 1;
      await held;
    }),
  );
  // Each has its connection, however long it takes to open one.
  await expect.poll(() => inHand, { timeout: 30_000 }).toBe(connections);
  return () => {
    free();
    return Promise.all(holders);
  };
}
