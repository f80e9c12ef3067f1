import { expect, test } from "vitest";
import { gtinOf } from "./gtin";

test("real trade item numbers pass, everything else is no number", () => {
  expect(gtinOf("4006381333931")).toBe("4006381333931");
  expect(gtinOf("4006381-333931")).toBe("4006381333931");
  expect(gtinOf("96385074")).toBe("96385074");
  for (const wrong of [
    "4006381333932",
    "400638133393",
    "SKU-1",
    "2010000000014",
    "96385070",
    "",
    null,
    undefined,
  ])
    expect(gtinOf(wrong)).toBeNull();
});
