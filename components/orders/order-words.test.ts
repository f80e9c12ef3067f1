import { expect, test } from "vitest";
import { eventText } from "./order-words";

test("a refund that failed is told between the one that was sent and the one that is tried again", () => {
  const told = ["refunded", "refund_failed", "refunded"].map((kind) =>
    eventText({ kind, machine: null, toStatus: null, reason: null }),
  );
  expect(told).toEqual([
    "Money sent back",
    "The money did not reach you yet: we see to it",
    "Money sent back",
  ]);
});
