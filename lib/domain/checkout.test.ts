import { expect, test } from "vitest";
import { noteInput, paymentInput } from "./checkout";

test("a note keeps its lines and takes no control characters, which the database could not keep", () => {
  expect(noteInput.parse(" Ring twice.\nThen wait. ")).toBe("Ring twice.\nThen wait.");
  for (const sign of ["\u0000", "\u001b", "\ud800"])
    expect(noteInput.safeParse(`Ring${sign}twice`).success, JSON.stringify(sign)).toBe(false);
  expect(noteInput.safeParse("x".repeat(501)).success).toBe(false);
});

test("the payment page hands back its fingerprint; a page from before has none", () => {
  const form = { method: "card", expectedTotal: "100" };
  expect(paymentInput.parse(form).fingerprint).toBeUndefined();
  expect(paymentInput.parse({ ...form, fingerprint: "00ff00ff00ff00ff" })).toMatchObject({
    expectedTotal: 100,
  });
  expect(paymentInput.safeParse({ ...form, fingerprint: "anything" }).success).toBe(false);
});
