import { describe, expect, it } from "vitest";
import { bulkInput, changedTags, movedPrice, percentOf } from "./catalog-bulk";

describe("a change of many products", () => {
  it("reads percent as people write it", () => {
    expect(["−10", "+5,5 %", "12.25", "0"].map(percentOf)).toEqual([-1_000, 550, 1_225, 0]);
    expect(["", "ten", "-101", "1.234", "99999"].map(percentOf)).toEqual(Array(5).fill(undefined));
  });

  it("rounds prices half up", () => {
    expect(movedPrice(1_999, -1_000)).toBe(1_799);
    expect(movedPrice(5, 1_000)).toBe(6);
    expect(movedPrice(100, -10_000)).toBe(0);
  });

  it("keeps each tag once", () => {
    expect(changedTags(["a", "b"], ["b", "c"], ["a"])).toEqual(["b", "c"]);
  });

  it("goes back to the list of products alone", () => {
    const id = "01a22192-348c-718e-afc5-c84829a5487d";
    const to = (back: string) => bulkInput.parse({ ids: id, back }).back;
    expect(to("/admin/products?view=draft&q=a")).toBe("/admin/products?view=draft&q=a");
    expect(
      ["//evil.example", "/admin/products/../staff", "https://evil.example/admin/products"].map(to),
    ).toEqual(Array(3).fill("/admin/products"));
  });
});
