import { expect, test } from "vitest";
import { changeOf, choiceOf, headline, listHref, orderViews, pageOf, textOf } from "./back-office";
import { readTags, tagsFor } from "./catalog-input";
import { stockInput } from "./inventory-input";

test("the headline says what to do", () => {
  expect(headline(9, 12)).toBe("Good morning. Twelve orders to ship.");
  expect(headline(14, 1)).toBe("Good afternoon. One order to ship.");
  expect(headline(22, 40)).toBe("Good evening. 40 orders to ship.");
  expect(headline(6, 0)).toBe("Good morning. Nothing waits to be shipped.");
});

test("a change is told in per cent, and not at all against nothing", () => {
  expect(changeOf(112, 100)).toEqual({ text: "+12 %", fell: false });
  expect(changeOf(97, 100)).toEqual({ text: "−3 %", fell: true });
  expect(changeOf(100, 100)).toEqual({ text: "±0 %", fell: false });
  expect(changeOf(100, 0)).toBeNull();
});

test("what an address says is tamed", () => {
  expect(choiceOf({ view: "to-ship" }, "view", orderViews)).toBe("to-ship");
  expect(choiceOf({ view: ["unpaid", "x"] }, "view", orderViews)).toBe("unpaid");
  expect(choiceOf({ view: "drop table" }, "view", orderViews)).toBe("all");
  expect(textOf({ q: ` ${"x".repeat(300)}` }, "q")).toHaveLength(200);
  expect([pageOf({}), pageOf({ page: "-4" }), pageOf({ page: "3.7" }), pageOf({ page: "1e9" })]).toEqual([
    1, 1, 3, 1000,
  ]);
});

test("one list has one address", () => {
  expect(listHref("/admin/orders", { q: "", view: "all", sort: "", page: 1 })).toBe("/admin/orders");
  expect(listHref("/admin/orders", { q: "ä b", view: "unpaid", page: 2 })).toBe(
    "/admin/orders?q=%C3%A4+b&view=unpaid&page=2",
  );
});

test("tags are small, single, and the shop's own stay the shop's", () => {
  expect(readTags(" Linen, new ,linen,, Two  words")).toEqual(["linen", "new", "two words"]);
  expect(tagsFor("owner", ["a", "front page"], [])).toEqual(["a"]);
  expect(tagsFor("owner", ["a"], ["front page"])).toEqual(["a", "front page"]);
  expect(tagsFor("admin", ["front page"], [])).toEqual(["front page"]);
});

test("stock is changed by whole pieces, with a reason", () => {
  const variantId = "019aa000-0000-7000-8000-000000000000";
  const read = (how: string, delta: string, reason = "Stocktake") =>
    stockInput.safeParse({ variantId, version: 0, how, delta, reason });
  expect(read("correct", "−3").data?.delta).toBe(-3);
  expect(read("count", "0").success).toBe(true);
  for (const [how, delta] of [
    ["receive", "0"],
    ["receive", "-1"],
    ["correct", "0"],
    ["count", "-1"],
    ["count", "1.5"],
    ["guess", "1"],
  ] as const)
    expect(read(how, delta).success, `${how} ${delta}`).toBe(false);
  expect(read("receive", "1", "  ").success).toBe(false);
});
