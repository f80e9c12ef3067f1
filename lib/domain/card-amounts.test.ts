/** What a card can be charged, by currency: the order's total exactly, or a reason before anything is placed. */
import { describe, expect, test } from "vitest";
import { cardRefusal } from "./payments";

describe("a card takes exactly the total, or the shopper hears why not", () => {
  test.each([
    [500, "JPY"],
    [1_001, "EUR"],
    [5_120, "KWD"],
    [1_234_560, "BHD"],
    [50_000, "ISK"],
    [17_501, "HUF"],
    [1_001, "TWD"],
    [99_999_999, "EUR"],
  ])("%d %s", (total, currency) => expect(cardRefusal(total, currency)).toBeNull());

  test.each([
    [49, "EUR", "amount_too_small"],
    [49, "JPY", "amount_too_small"],
    [17_499, "HUF", "amount_too_small"],
    [100_000_000, "EUR", "amount_too_large"],
    [5_124, "KWD", "card_impossible"],
    [1_001, "OMR", "card_impossible"],
    [50_050, "ISK", "card_impossible"],
    [500, "UGX", "card_impossible"],
  ])("%d %s is refused: %s", (total, currency, code) =>
    expect(cardRefusal(total, currency)).toMatchObject({ code }),
  );

  test("the sentence names the step", () => {
    expect(cardRefusal(5_124, "KWD")?.message).toMatch(/steps of KWD\s0\.010/);
    expect(cardRefusal(500, "UGX")?.message).toMatch(/cannot be charged in UGX/);
  });
});
