import { execFile } from "node:child_process";
import { beforeAll, expect, test } from "vitest";
import { CAST_PASSWORD, type Cast, cast } from "@/db/cast";
import { db, sql } from "@/db/client";
import { rateLimits } from "@/db/schema/settings";
import { stopClock } from "@/db/testing/clock";
import { isShopError } from "@/lib/domain/errors";
import * as accounts from "./accounts";
import * as limits from "./limits";

let world: Cast;
beforeAll(async () => {
  await stopClock();
  world = await cast();
});

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

/** Another process of the shop: what it prints. */
const server = (code: string) =>
  new Promise<string>((done, failed) => {
    const args = ["--import", "tsx", "--input-type=module", "-e", `${code}\nprocess.exit(0);`];
    const options = { env: { ...process.env, SHOP_CLOCK: "" } };
    execFile(process.execPath, args, options, (error, said) => (error ? failed(error) : done(said.trim())));
  });

test("two servers count together", async () => {
  const code = `import * as limits from "./lib/services/limits";
    let let_in = 0;
    const tries = Array.from({ length: 10 }, () => limits.take("two", { limit: 7, seconds: 3600 }).then(() => { let_in += 1 }, () => {}));
    await Promise.all(tries);
    console.log(let_in);`;
  const [one, two] = await Promise.all([server(code), server(code)]);
  expect(Number(one) + Number(two)).toBe(7);
});

test("who guesses a password at two servers has eight tries, a crowd sixty, and the owner's own device still enters", async () => {
  const { id } = world;
  const tryAt = (email: string, place: string, tries: number) =>
    server(`import * as accounts from "./lib/services/accounts";
      for (let i = 0; i < ${tries}; i += 1)
        await accounts.prove({ email: "${email}", password: "guess " + i, ip: ${place} }).catch((error) => console.log(error.code));`);
  const both = async (email: string, place: string, tries: number) => {
    const said = await Promise.all([tryAt(email, place, tries), tryAt(email, place, tries)]);
    const codes = said.flatMap((lines) => lines.split("\n"));
    return ["wrong_credentials", "too_many"].map((code) => codes.filter((one) => one === code).length);
  };
  const come = (email: string, ip: string, device: string | null = null) =>
    accounts.prove({ email, password: CAST_PASSWORD, ip, device }).then(
      ({ userId }) => userId,
      (error: unknown) => (isShopError(error) ? error.code : error),
    );
  expect(await both("ada@example.com", '"one place"', 10)).toEqual([8, 12]);
  expect(await come("ada@example.com", "one place")).toBe("too_many");
  expect(await come("ada@example.com", "another")).toBe(id.ada);
  expect(await both("ben@example.com", '"crowd " + process.pid + " " + i', 32)).toEqual([60, 4]);
  expect(await come("ben@example.com", "another")).toBe("too_many");
  expect(await come("ben@example.com", "another", "phone")).toBe(id.ben);
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

test("the cast stands", () => {
  const { print, mug } = world;
  expect(print.variantIds).toHaveLength(2);
  expect(mug.variantIds).toHaveLength(1);
});
