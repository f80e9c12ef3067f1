import { expect, test } from "vitest";
import { PACES, Pacer } from "./pace.mjs";

test("a client may burst, is told when to come again, and others are not kept from anything", () => {
  const pacer = new Pacer();
  const { burst = 0, perSecond = 1 } = PACES.write ?? {};
  for (let i = 0; i < burst; i += 1) expect(pacer.take("a", "write", 1_000)).toBe(0);
  const wait = pacer.take("a", "write", 1_000);
  expect(wait).toBe(1);
  expect(pacer.take("b", "write", 1_000)).toBe(0);
  expect(pacer.take("a", "read", 1_000)).toBe(0);
  // Whoever goes on asking does not wait longer for it.
  expect(pacer.take("a", "write", 1_001)).toBe(1);
  for (let i = 0; i < perSecond; i += 1) expect(pacer.take("a", "write", 2_010)).toBe(0);
  expect(pacer.take("a", "write", 2_010)).toBe(1);
});

test("more clients than fit forget the one that was silent longest", () => {
  const pacer = new Pacer();
  const { burst = 0 } = PACES.write ?? {};
  for (let i = 0; i <= burst; i += 1) pacer.take("old", "write", 0);
  expect(pacer.take("old", "write", 0)).toBe(1);
  for (let i = 0; i < 50_001; i += 1) pacer.take(`client ${i}`, "write", 0);
  expect(pacer.take("old", "write", 0)).toBe(0);
});
