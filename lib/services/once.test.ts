import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { withTx } from "@/db/tx";
import { once } from "./once";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

it("answers a repeat with the first answer and does the work one time, also at the same moment", async () => {
  let runs = 0;
  const ask = () =>
    withTx((tx) =>
      once(tx, world.admin, "try", "key-of-the-form", async () => {
        runs += 1;
        return { number: runs };
      }),
    );
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([{ number: 1 }, { number: 1 }, { number: 1 }]);
  expect(await ask()).toEqual({ number: 1 });
  expect(runs).toBe(1);
});

it("remembers nothing of work that failed, and keeps people and things apart", async () => {
  const fail = () =>
    withTx((tx) => once(tx, world.admin, "fail", "key-of-the-form", () => Promise.reject(new Error("no"))));
  await expect(fail()).rejects.toThrow("no");
  const work = (actor: Cast["admin"] | Cast["line"], what: string) =>
    withTx((tx) => once(tx, actor, what, "key-of-the-form", async () => `${what} of ${actor.kind}`));
  expect(await work(world.admin, "fail")).toBe("fail of admin");
  expect(await work(world.line, "fail")).toBe("fail of owner");
  expect(await work(world.admin, "other")).toBe("other of admin");
});
