import { expect, test } from "vitest";
import { linkedValue, writtenValue } from "./audit-values";

const writing = { currency: "EUR", locale: "en-IE", timeZone: "Europe/Berlin" };
const id = "01941f29-7c00-7000-8000-0000000a1b2c";

test.each([
  ["amount", 12_500, "€125.00"],
  ["compareAtPrice", null, "nothing"],
  ["cashOnDeliveryLimit", 0, "€0.00"],
  ["commission", 125_000, "12.5 %"],
  ["rate", 190_000, "19 %"],
  ["quantity", 3, "3"],
  ["isActive", false, "no"],
  ["startsAt", "2026-07-01T10:00:00.000Z", "1 Jul 2026, 12:00"],
  ["title", "2026-07-01", "2026-07-01"],
  ["tags", ["a", "b"], "a, b"],
  ["prices", { [id]: { price: 1_200, compareAtPrice: null } }, "price €12.00"],
  [
    "lines",
    [
      { quantity: 2, amount: 990 },
      { quantity: 1, restock: true },
    ],
    "quantity 2 amount €9.90, quantity 1 restock yes",
  ],
])("%s of %j is written %s", (field, value, text) => {
  expect(writtenValue(field, value, writing)).toBe(text);
});

test("money is that of the currency, whose pieces it may not have", () => {
  expect(writtenValue("total", 500, { ...writing, currency: "JPY" })).toBe("¥500");
});

test("ids of what has a page lead there, others stay as they are", () => {
  expect(linkedValue("productIds", [id], writing)).toEqual([
    { text: "…0a1b2c", href: `/admin/products/${id}` },
  ]);
  expect(linkedValue("refund", id, writing)).toEqual([{ text: id }]);
  expect(linkedValue("productIds", [], writing)).toEqual([{ text: "none" }]);
  expect(linkedValue("from", "a shelf", writing)).toEqual([{ text: "a shelf" }]);
  expect(linkedValue("amount", 5, writing)).toEqual([{ text: "€0.05" }]);
});
