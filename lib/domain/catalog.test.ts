import { describe, expect, it } from "vitest";
import {
  bigPlaces,
  choicesOf,
  openingVariant,
  PAGE_SIZE,
  paragraphsOf,
  readCategorySegments,
  shotsFor,
  type Variant,
} from "./catalog";

const variant = (sku: string, valueIds: string[], band: Variant["band"] = "in"): Variant => ({
  id: sku,
  sku,
  title: sku,
  amount: 100,
  price: "€1",
  was: null,
  wasAmount: null,
  unitPrice: null,
  weight: 0,
  barcode: null,
  band,
  valueIds,
});
const value = (id: string) => ({ id, value: id, swatch: null });
const colour = { name: "Colour", values: ["red", "blue", "green"].map(value) };
const size = { name: "Size", values: ["s", "l"].map(value) };
const goods = [
  variant("red-s", ["red", "s"], "out"),
  variant("red-l", ["red", "l"]),
  variant("blue-s", ["blue", "s"]),
];

describe("the choice of a variant", () => {
  it("opens with the first that can be bought", () => {
    expect(openingVariant(goods)?.sku).toBe("red-l");
    expect(openingVariant([goods[0] as Variant])?.sku).toBe("red-s");
    expect(openingVariant([])).toBeUndefined();
  });

  it("keeps the other options where the pair exists, and says where it does not", () => {
    const choices = choicesOf(colour, 0, goods, goods[1] as Variant);
    expect(choices.map(({ sku, fits }) => [sku, fits])).toEqual([
      ["red-l", true],
      ["blue-s", false],
      [null, false],
    ]);
  });

  it("marks what is sold out", () => {
    const choices = choicesOf(size, 1, goods, goods[1] as Variant);
    expect(choices.map(({ soldOut, chosen }) => [soldOut, chosen])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it("shows a variant's own pictures first, and what there is where it has none", () => {
    const shot = (key: string, valueId: string | null) => ({ key, alt: "", backdrop: null, valueId });
    const shots = [shot("red", "red"), shot("room", null)];
    expect(shotsFor(shots, goods[1]).map(({ key }) => key)).toEqual(["red", "room"]);
    expect(shotsFor(shots, goods[2]).map(({ key }) => key)).toEqual(["room"]);
    expect(shotsFor([shot("red", "red")], goods[2]).map(({ key }) => key)).toEqual(["red"]);
  });
});

describe("addresses of categories", () => {
  it("reads path and page", () => {
    expect(readCategorySegments(["a", "b", "page", "3"])).toEqual({
      path: "a/b",
      page: 3,
      isCanonical: true,
    });
    expect(readCategorySegments(["a", "page", "1"])?.isCanonical).toBe(false);
    expect(readCategorySegments(["a", "page", "02"])?.isCanonical).toBe(false);
    expect(readCategorySegments(["page", "2"])).toEqual({ path: "page/2", page: 1, isCanonical: true });
  });

  it("refuses what can be none of ours", () => {
    for (const segments of [
      ["A"],
      ["a", "page", "0"],
      ["a", "page", "x"],
      ["a'b"],
      [""],
      ["a", "page", "99999"],
    ])
      expect(readCategorySegments(segments), segments.join("/")).toBeUndefined();
  });
});

it("a full page closes its last row of four", () => {
  expect((PAGE_SIZE + 3 * bigPlaces(PAGE_SIZE).size) % 4).toBe(0);
  expect(bigPlaces(4).size).toBe(0);
});

it("a description never brings a tag along", () => {
  const html =
    '<p>One &amp; two</p><script>alert("x")</script><ul><li>first<li>second</ul><img src=x onerror=y>';
  expect(paragraphsOf(html, "html")).toEqual(["One & two", "• first", "• second"]);
  expect(paragraphsOf("a\n\nb", "text")).toEqual(["a", "b"]);
});
