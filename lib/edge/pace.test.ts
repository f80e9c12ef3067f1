import { expect, test } from "vitest";
import { ONE_ROUTE, PACES, Pacer } from "./pace.mjs";

const { burst = 0, perSecond = 1 } = PACES.write ?? {};

test("a client may burst, is told when to come again, and others are not kept from anything", () => {
  const pacer = new Pacer();
  /** At routes in turn, so that none is used up before the whole is. */
  const take = (client: string, now: number, turn = 0) =>
    pacer.take(client, "write", turn % 2 ? "cart" : "account", now);
  for (let i = 0; i < burst; i += 1) expect(take("a", 1_000, i)).toBe(0);
  expect(take("a", 1_000)).toBe(1);
  expect(pacer.take("a", "write", "orders", 1_000), "the whole is used up").toBe(1);
  expect(take("b", 1_000)).toBe(0);
  expect(pacer.take("a", "read", "cart", 1_000)).toBe(0);
  // Whoever goes on asking does not wait longer for it.
  expect(take("a", 1_001)).toBe(1);
  for (let i = 1; i <= perSecond; i += 1) expect(take("a", 2_010, i)).toBe(0);
  expect(take("a", 2_010)).toBe(1);
});

test("one route may take a part of what its client has, and the others stay open", () => {
  const pacer = new Pacer();
  for (let i = 0; i < burst * ONE_ROUTE; i += 1) expect(pacer.take("a", "write", "cart", 1_000)).toBe(0);
  expect(pacer.take("a", "write", "cart", 1_000)).toBe(1);
  expect(pacer.take("b", "write", "cart", 1_000)).toBe(0);
  for (let i = burst * ONE_ROUTE; i < burst; i += 1)
    expect(pacer.take("a", "write", "checkout", 1_000)).toBe(0);
  expect(pacer.take("a", "write", "checkout", 1_000)).toBe(1);
});

test("more clients than fit forget the one that was silent longest", () => {
  const pacer = new Pacer();
  for (let i = 0; i <= burst * ONE_ROUTE; i += 1) pacer.take("old", "write", "cart", 0);
  expect(pacer.take("old", "write", "cart", 0)).toBe(1);
  for (let i = 0; i < 50_001; i += 1) pacer.take(`client ${i}`, "write", "cart", 0);
  expect(pacer.take("old", "write", "cart", 0)).toBe(0);
});
