/** The health doors as a balancer asks them: with everything, without the database, and while the process ends. */
import { afterAll, afterEach, expect, it, vi } from "vitest";
import { sql } from "@/db/client";
import { drain } from "@/lib/running/drain.mjs";
import { GET as live } from "./live/route";
import { GET as ready } from "./ready/route";

// A request is what `connection` waits for, and these are some.
vi.mock("next/server", async (load) => ({
  ...(await load<typeof import("next/server")>()),
  connection: async () => {},
}));
/** The pool leads over a line that can be cut. */
const line = await vi.hoisted(async () => (await import("@/db/testing/line")).startDatabaseLine());

afterEach(async () => {
  delete process.env.DATABASE_PATIENCE_MS;
  drain().isDraining = false;
  await line.mend();
});
afterAll(async () => {
  await sql.end({ timeout: 1 });
  await line.cut();
});

/** Status, header and the whole body: what is not written here is told to nobody. */
async function asked(door: () => Promise<Response>) {
  const answer = await door();
  return [answer.status, answer.headers.get("cache-control"), await answer.text()];
}

it("is ready with a database that answers, and alive", async () => {
  expect(await asked(ready)).toEqual([200, "no-store", '{"status":"ready"}']);
  expect(await asked(live)).toEqual([200, "no-store", '{"status":"live"}']);
});

it("is not ready without the database, says no more than that, lives on, and is ready again by itself", async () => {
  await line.cut();
  expect(await asked(ready)).toEqual([503, "no-store", '{"status":"database"}']);
  expect(await asked(live)).toEqual([200, "no-store", '{"status":"live"}']);
  await line.mend();
  await expect.poll(() => asked(ready), { timeout: 30_000 }).toEqual([200, "no-store", '{"status":"ready"}']);
});

it("is not ready with a database that is silent, long before a query would be given up", async () => {
  process.env.DATABASE_PATIENCE_MS = "600000";
  line.hold();
  expect(await asked(ready)).toEqual([503, "no-store", '{"status":"database"}']);
});

it("is not ready while it ends, whatever the database does, and lives until then", async () => {
  drain().isDraining = true;
  expect(await asked(ready)).toEqual([503, "no-store", '{"status":"draining"}']);
  await line.cut();
  expect(await asked(ready)).toEqual([503, "no-store", '{"status":"draining"}']);
  expect(await asked(live)).toEqual([200, "no-store", '{"status":"live"}']);
});
