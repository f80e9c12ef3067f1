import { describe, expect, test } from "vitest";
import { checkCard, declineMessage } from "./sandbox-payment";

const today = new Date("2026-11-20T12:00:00Z");
const good = { number: "4242 4242 4242 4242", expiry: "12/39", cvc: "123" };

describe("a typed card", () => {
  test("goes out as the gateway wants it", () => {
    const card = { number: "4242424242424242", month: "12", year: "2039", cvc: "123" };
    for (const expiry of ["12/39", "12 / 39", "12/2039", "1239"])
      expect(checkCard({ ...good, expiry }, today), expiry).toEqual({ card });
  });

  test("is told what is wrong, field by field", () => {
    const wrong = checkCard({ number: "4242 4242 4242 4241", expiry: "13/39", cvc: "12" }, today);
    expect(Object.keys("errors" in wrong ? wrong.errors : {})).toEqual(["number", "expiry", "cvc"]);
    expect(checkCard({ ...good, expiry: "10/26" }, today)).toEqual({
      errors: { expiry: "This card has expired." },
    });
    expect(checkCard({ ...good, expiry: "11/26" }, today)).toHaveProperty("card");
  });

  test("a decline says that nothing was charged", () => {
    for (const code of ["insufficient_funds", "processing_error", "generic_decline", undefined])
      expect(declineMessage(code)).toContain("Nothing was charged");
  });
});
