import { sql } from "drizzle-orm";
import { expect, it, vi } from "vitest";
import { connect, drizzleOver } from "@/db/client";
import { DatabaseFailure } from "@/db/failures";
import { holdAll } from "@/db/testing/full-pool";
import { ShopError } from "./domain/errors";
import { newReference, tellFailure, telling } from "./failures";
import { log } from "./log";
import { StorageFailure } from "./storing/place";

const wrapped = (failure: DatabaseFailure) => new Error("Failed query: select …", { cause: failure });

it.each([
  ["busy", "busy"],
  ["unavailable", "unavailable_now"],
  ["unknown_outcome", "outcome_unknown"],
] as const)("tells %s with its reference, however it was wrapped", (kind, code) => {
  const reference = newReference();
  const told = tellFailure(wrapped(new DatabaseFailure(kind, new Error("socket"))), reference);
  expect(told?.code).toBe(code);
  expect(told?.message).toContain(reference);
  expect(told?.message).not.toContain("socket");
});

it("tells of a bucket that is away as what it is, and not of the books", async () => {
  const told = tellFailure(new StorageFailure("The bucket pictures cannot be reached at s3.example"), "r-1");
  expect(told?.code).toBe("storage_away");
  expect(told?.message).toMatch(/pictures are kept.*Reference r-1/);
  expect(told?.message).not.toMatch(/books|s3\.example/);
});

it("answers a machine 503 with a moment to come back, and lets everything else pass", async () => {
  process.env.LOG_LEVEL = "error";
  const answer = await telling(async () => {
    throw wrapped(new DatabaseFailure("unavailable", new Error("socket")));
  })();
  expect(answer.status).toBe(503);
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(await answer.json()).toMatchObject({ error: "unavailable_now", reference: expect.any(String) });
  const refused = new ShopError("cart_empty", {});
  const passes = telling(async () => {
    throw refused;
  })();
  await expect(passes).rejects.toBe(refused);
});

it("a full pool is told to a hundred requests at once, all 503 with when to come again, and then it is as before", async () => {
  const silent = vi.spyOn(log, "error").mockImplementation(() => {});
  process.env.DATABASE_WAIT_MS = "100";
  const pool = connect(process.env.DATABASE_URL ?? "", { max: 2, name: "small" });
  const small = drizzleOver(pool);
  const door = telling(async () => {
    await small.transaction((tx) => tx.execute(sql`select 1`));
    return new Response("here");
  });
  expect((await door()).status).toBe(200);
  const giveBack = await holdAll(small, 2);
  const begun = performance.now();
  const crowd = await Promise.all(Array.from({ length: 100 }, () => door()));
  // Nobody waits for another: a wait of their own each, one after the other, would be ten seconds. Loose on purpose.
  expect(performance.now() - begun).toBeLessThan(5_000);
  expect(new Set(crowd.map(({ status, headers }) => `${status} ${headers.get("retry-after")}`))).toEqual(
    new Set(["503 2"]),
  );
  await giveBack();
  // Ten on two connections: how long the last one waits is the machine's affair.
  delete process.env.DATABASE_WAIT_MS;
  const after = await Promise.all(Array.from({ length: 10 }, () => door()));
  expect(after.map(({ status }) => status)).toEqual(Array(10).fill(200));
  await pool.end({ timeout: 1 });
  expect(silent).toHaveBeenCalledTimes(100);
  silent.mockRestore();
});
