import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { db } from "./client";
import { sqlState } from "./failures";
import { newId } from "./id";
import { inOneGo } from "./in-one-go";
import { carts } from "./schema/cart";
import { checkouts } from "./schema/checkout";
import { withTx } from "./tx";

beforeAll(async () => {
  await db.execute(sql`CREATE TABLE steps (place serial, name text UNIQUE)`);
});

it("keeps the order of all kinds of statements, so that a row may refer to the one before", async () => {
  const [cartId, id] = [newId(), newId()];
  await withTx((tx) =>
    inOneGo([
      async () => tx.insert(carts).values({ id: cartId, guestTokenHash: "a guest" }),
      () => tx.insert(checkouts).values({ id, cartId }),
      () => tx.update(checkouts).set({ email: "ada@example.com" }),
      () => tx.execute(sql`UPDATE checkouts SET note = email WHERE id = ${id}`),
      async () => {
        await tx.update(checkouts).set({ email: "other@example.com" });
      },
    ]),
  );
  const [checkout] = await db.select().from(checkouts);
  expect(checkout).toMatchObject({ cartId, email: "other@example.com", note: "ada@example.com" });
});

it("answers what each answered, in place", async () => {
  const answers = await withTx((tx) =>
    inOneGo(
      ["first", "second"].map(
        (name) => () => tx.execute(sql`INSERT INTO steps (name) VALUES (${name}) RETURNING name`),
      ),
    ),
  );
  expect(answers.map((rows) => [...rows])).toEqual([[{ name: "first" }], [{ name: "second" }]]);
});

it("throws the first failure, not those that follow from it, and leaves nothing behind", async () => {
  const add = (name: string) => sql`INSERT INTO steps (name) VALUES (${name})`;
  const failed = withTx((tx) =>
    inOneGo(["third", "third", "fourth"].map((name) => () => tx.execute(add(name)))),
  );
  const error = await failed.catch((caught: unknown) => caught);
  expect(sqlState(error)).toBe("23505");
  expect([...(await db.execute(sql`SELECT FROM steps WHERE name = 'third'`))]).toEqual([]);
});
