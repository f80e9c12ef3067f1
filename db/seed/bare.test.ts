import { expect, test } from "vitest";
import { db, sql } from "@/db/client";
import { newId } from "@/db/id";
import { users } from "@/db/schema/accounts";
import { hash } from "@/lib/services/passwords";
import { insertBareStore } from "./bare";
import { demoAccountsLeft } from "./demo-accounts";
import { DEMO_PASSWORD } from "./demo-password";

test("an empty database becomes a bare store once; taxes and delivery are there, nothing to buy and nobody", async () => {
  expect(await insertBareStore()).toBe(true);
  expect(await insertBareStore()).toBe(false);
  const [there] = await sql`
    select (select count(*)::int from settings) as stores, (select count(*)::int from products) as products,
      (select count(*)::int from users) as users, (select count(*) > 10 from tax_rates) as taxed,
      (select count(*) > 5 from shipping_rates) as delivers`;
  expect(there).toEqual({ stores: 1, products: 0, users: 0, taxed: true, delivers: true });
  expect(await demoAccountsLeft()).toEqual([]);
});

test("accounts with the demo's password are found, those with another are not", async () => {
  for (const [name, password] of [
    ["admin", DEMO_PASSWORD],
    ["ada", "a password of her own"],
  ] as const)
    await db.insert(users).values({
      id: newId(),
      email: `${name}@example.com`,
      username: name,
      firstName: name,
      lastName: "x",
      passwordHash: await hash(password),
    });
  expect(await demoAccountsLeft()).toEqual(["admin@example.com"]);
});
