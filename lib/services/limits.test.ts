import { execFile } from "node:child_process";
import { beforeAll, expect, test } from "vitest";
import { cast } from "@/db/cast";
import { db, sql } from "@/db/client";
import { rateLimits } from "@/db/schema/settings";
import { stopClock } from "@/db/testing/clock";
import { isShopError } from "@/lib/domain/errors";
import * as limits from "./limits";

beforeAll(stopClock);

const HOUR = { limit: 3, seconds: 3_600 };

test("the fourth of three tries is refused and told how long to wait", async () => {
  for (let i = 0; i < 3; i += 1) await limits.take("a", HOUR);
  const error = await limits.take("a", HOUR).catch((e: unknown) => e);
  expect(isShopError(error, "too_many") && error.data.retryAfterSeconds).toBeGreaterThan(0);
  expect(isShopError(error, "too_many") && error.data.retryAfterSeconds).toBeLessThanOrEqual(3_600);
  await limits.take("b", HOUR);
});

test("tries at the same moment all count", async () => {
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => limits.take("c", HOUR)));
  expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
});

test("two servers count together", async () => {
  const server = () =>
    new Promise<string>((done, failed) => {
      const code = `import * as limits from "./lib/services/limits";
        let let_in = 0;
        const tries = Array.from({ length: 10 }, () => limits.take("two", { limit: 7, seconds: 3600 }).then(() => { let_in += 1 }, () => {}));
        await Promise.all(tries);
        console.log(let_in);
        process.exit(0);`;
      const args = ["--import", "tsx", "--input-type=module", "-e", code];
      const options = { env: { ...process.env, SHOP_CLOCK: "" } };
      execFile(process.execPath, args, options, (error, said) => (error ? failed(error) : done(said.trim())));
    });
  const [one, two] = await Promise.all([server(), server()]);
  expect(Number(one) + Number(two)).toBe(7);
});

test("what is given back may be tried again, and nothing is left of a single try", async () => {
  for (let i = 0; i < 3; i += 1) await limits.take("d", HOUR);
  await limits.giveBack("d", HOUR);
  await limits.take("d", HOUR);
  await limits.take("e", HOUR);
  await limits.giveBack("e", HOUR);
  expect((await db.select().from(rateLimits)).filter(({ subject }) => subject === "e")).toEqual([]);
});

test("old windows are swept away", async () => {
  await sql`insert into rate_limits (subject, window_start) values ('old', now() - interval '2 days')`;
  await limits.sweep();
  expect((await db.select().from(rateLimits)).filter(({ subject }) => subject === "old")).toEqual([]);
});

test("the cast stands", async () => {
  const { print, mug } = await cast();
  expect(print.variantIds).toHaveLength(2);
  expect(mug.variantIds).toHaveLength(1);
});
