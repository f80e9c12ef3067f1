/** What the doors of accounts do for an address that has an account and for one that has none: the same work. */
import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type Cast, cast, guest, shelf } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { db } from "@/db/client";
import { rateLimits } from "@/db/schema/settings";
import { isShopError } from "@/lib/domain/errors";

/** How often the slow hash was computed: it takes nearly all of the time of these answers. */
const hashed = vi.hoisted(() => ({ times: 0 }));
vi.mock("@node-rs/argon2", async (load) => {
  const real = await load<typeof import("@node-rs/argon2")>();
  const counted =
    <A extends unknown[], R>(run: (...args: A) => R) =>
    (...args: A): R => {
      hashed.times += 1;
      return run(...args);
    };
  return { ...real, hash: counted(real.hash), verify: counted(real.verify) };
});
const accounts = await import("./accounts");
const proof = await import("./accounts-proof");
const { claim } = await import("./accounts-claim");
const { lookUp } = await import("./orders/look-up");

let world: Cast;
beforeAll(async () => {
  process.env.AUTH_SECRET ??= "a secret of the tests, long enough";
  world = await cast();
  // The hash that stands for none is made at the first use.
  await accounts.prove({ email: "first@example.com", password: "x", ip: "first" }).catch(() => {});
});
beforeEach(() => db.delete(rateLimits).then(() => {}));

/** What came of it, the hashes that were computed, and the jobs and mails that wait afterwards. */
async function cost(work: () => Promise<unknown>) {
  const count = async () => {
    const [row] = await db.execute<{ jobs: number; mails: number }>(sql`
      SELECT (SELECT count(*)::int FROM graphile_worker.jobs) AS jobs, (SELECT count(*)::int FROM mail) AS mails`);
    return row ?? { jobs: 0, mails: 0 };
  };
  const [before, hashes] = [await count(), hashed.times];
  const said = await work().then(
    () => "ok",
    (error: unknown) => (isShopError(error) ? `${error.code} ${error.message}` : String(error)),
  );
  const after = await count();
  return {
    said,
    hashes: hashed.times - hashes,
    jobs: after.jobs - before.jobs,
    mails: after.mails - before.mails,
  };
}

const PASSWORD = "four plumb words of mine";

test.each([
  ["signing in", 1, (email: string) => accounts.prove({ email, password: "wrong wrong wrong", ip: "a" })],
  ["signing up", 1, (email: string) => accounts.register({ name: "Nell", email, password: PASSWORD }, "a")],
  [
    "signing up with an easy password",
    0,
    (email: string) => accounts.register({ name: "Nell", email, password: "password" }, "a"),
  ],
  ["asking for a new password", 0, (email: string) => proof.requestPasswordReset({ email, ip: "a" })],
] as const)("%s", async (_what, hashes, ask) => {
  const known = await cost(() => ask("ada@example.com"));
  expect(known.hashes).toBe(hashes);
  expect(await cost(() => ask(`nobody-${hashes}-${Math.random()}@example.com`))).toEqual(known);
});

test("an account from an order", async () => {
  const from = async (email: string) => {
    const buyer = guest();
    const { orderId } = await order(buyer, [{ variantId: await shelf(world, 5), quantity: 1 }], {
      email,
      method: "cash_on_delivery",
    });
    return cost(() => claim(buyer, { orderId, password: PASSWORD }, "a"));
  };
  const known = await from("ada@example.com");
  expect(known).toMatchObject({ said: "ok", hashes: 1 });
  expect(await from("nobody-yet@example.com")).toEqual(known);
});

test("an order by its number: a wrong address says as much as a wrong number", async () => {
  const buyer = guest();
  const { number } = await order(buyer, [{ variantId: await shelf(world, 5), quantity: 1 }], {
    email: "eve@example.com",
  });
  const ask = (typed: string, email: string) => cost(() => lookUp(guest(), { number: typed, email }));
  const unknown = await ask("MR-NOSUCH2", "eve@example.com");
  expect(unknown.said).toContain("not_found");
  expect(await ask(number, "mallory@example.com")).toEqual(unknown);
  expect((await ask(number, "eve@example.com")).said).toBe("ok");
});
