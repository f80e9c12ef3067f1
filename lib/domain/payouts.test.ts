import { expect, test } from "vitest";
import { RATE_OF_SHOP, rateBefore } from "./payouts";

test("a commission can be changed from the shop's own rate, from none and from all", () => {
  for (const rate of [RATE_OF_SHOP, 0, 1_000_000]) expect(rateBefore.parse(String(rate))).toBe(rate);
  for (const typed of ["-2", "1000001", "x", "0.5"]) expect(rateBefore.safeParse(typed).success).toBe(false);
});
