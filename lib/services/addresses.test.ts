import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { addresses as rows } from "@/db/schema/addresses";
import { addressInput } from "@/lib/domain/addresses";
import { isShopError } from "@/lib/domain/errors";
import { getAddress, listAddresses } from "@/lib/queries/addresses";
import * as addresses from "./addresses";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});
beforeEach(() => db.delete(rows));

const home = addressInput.parse({
  name: "Ada Lovelace",
  company: "Analytical",
  line1: "Torstraße 112",
  postalCode: "10119",
  city: "Berlin",
  country: "DE",
});
const neither = { isDefaultShipping: false, isDefaultBilling: false };
const both = { isDefaultShipping: true, isDefaultBilling: true };
const code = (work: Promise<unknown>) =>
  work.then(
    () => "ok",
    (error: unknown) => (isShopError(error) ? error.code : error),
  );

test("the first is the default, and there is one default each", async () => {
  const first = await addresses.add(world.ada, home, neither);
  const second = await addresses.add(world.ada, home, { isDefaultShipping: true, isDefaultBilling: false });
  expect(await getAddress(world.ada, first)).toMatchObject({
    isDefaultShipping: false,
    isDefaultBilling: true,
  });
  expect((await listAddresses(world.ada)).map(({ id }) => id)).toEqual([second, first]);
  await addresses.setDefault(world.ada, first, both);
  expect(await getAddress(world.ada, second)).toMatchObject(neither);
});

test("many at the same moment end with one default", async () => {
  await Promise.all(Array.from({ length: 8 }, () => addresses.add(world.ada, home, both)));
  const kept = await listAddresses(world.ada);
  expect(kept).toHaveLength(8);
  expect(kept.filter(({ isDefaultShipping }) => isDefaultShipping)).toHaveLength(1);
});

test("a change empties what was emptied and keeps the default", async () => {
  const id = await addresses.add(world.ada, home, neither);
  await addresses.change(world.ada, id, { ...home, company: undefined, line1: "Torstraße 1" }, neither);
  expect(await getAddress(world.ada, id)).toMatchObject({ company: null, line1: "Torstraße 1", ...both });
});

test("whoever loses the default passes it on", async () => {
  const first = await addresses.add(world.ada, home, neither);
  const second = await addresses.add(world.ada, home, neither);
  await addresses.remove(world.ada, first);
  expect(await getAddress(world.ada, second)).toMatchObject(both);
  await addresses.remove(world.ada, second);
  expect(await listAddresses(world.ada)).toEqual([]);
});

test("other people's addresses answer like unknown ones, and nothing happens to them", async () => {
  const id = await addresses.add(world.ada, home, neither);
  const benHas = await addresses.add(world.ben, home, neither);
  for (const wanted of [id, newId()]) {
    expect(await getAddress(world.ben, wanted)).toBeNull();
    expect(await code(addresses.change(world.ben, wanted, { ...home, city: "X" }, both))).toBe("not_found");
    expect(await code(addresses.setDefault(world.ben, wanted, both))).toBe("not_found");
    expect(await code(addresses.remove(world.ben, wanted))).toBe("not_found");
  }
  expect(await getAddress(world.ben, "not an id")).toBeNull();
  expect(await getAddress(world.ada, id)).toMatchObject({ city: "Berlin", ...both });
  expect(await getAddress(world.ben, benHas)).toMatchObject(both);
});

test("fifty are enough", async () => {
  const columns = { userId: world.id.ada, name: "A", line1: "B", city: "C", country: "DE" };
  await db.insert(rows).values(Array.from({ length: 50 }, () => ({ id: newId(), ...columns })));
  expect(await code(addresses.add(world.ada, home, neither))).toBe("quantity_limit");
  expect(await db.$count(rows, eq(rows.userId, world.id.ada))).toBe(50);
});
