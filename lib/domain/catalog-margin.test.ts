import { expect, it } from "vitest";
import { marginOf } from "./catalog-margin";

it("takes the tax off the price before it is compared with the cost", () => {
  expect(marginOf(11_900, 4_000, 190_000)).toBe(60);
  expect(marginOf(11_900, 4_000, 0)).toBe(66);
  expect(marginOf(1_000, 1_500, 0)).toBe(-50);
  expect(marginOf(0, 100, 0)).toBeNull();
});
