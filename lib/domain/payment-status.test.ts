import { describe, expect, it } from "vitest";
import { paymentStatusOf } from "./orders";

describe("paymentStatusOf", () => {
  const of = (captured: number, refunded: number) =>
    paymentStatusOf({ total: 100, captured, refunded, status: "confirmed" });

  it("tells what went back of what was bought", () => {
    expect([of(0, 0), of(100, 0), of(100, 30), of(100, 100)]).toEqual([
      "pending",
      "paid",
      "partially refunded",
      "refunded",
    ]);
  });

  it("does not count money that came twice and went back", () => {
    expect([of(200, 0), of(200, 100), of(200, 130), of(200, 200)]).toEqual([
      "paid",
      "paid",
      "partially refunded",
      "refunded",
    ]);
  });
});
