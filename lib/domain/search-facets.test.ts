/** What of the counts becomes an option that can be chosen. */
import { expect, it } from "vitest";
import { searchInput } from "./search";
import { facetsOf, type RawFacets } from "./search-facets";

const raw: RawFacets = {
  categories: [],
  names: {},
  owners: [["line", "Line Works", 2]],
  price: [1000, 2000],
  stock: 2,
  sale: 0,
  ratings: [1, 0],
  values: [
    ["Colour", "Red", null, 2],
    ["Colour", "Blue", null, 1],
    ["Colour", "Green", null, 0],
  ],
};

const shown = (query: Record<string, unknown>) =>
  facetsOf(raw, searchInput.parse(query), String).boxes.flatMap(({ options }) =>
    options.map(({ label, count }) => `${label} ${count}`),
  );

it("leaves out what leads to nothing, unless it is chosen and has to come off again", () => {
  expect(shown({})).toEqual(["Blue 1", "Red 2", "In stock 2"]);
  expect(shown({ filter: "colour:green", sale: "1" })).toEqual([
    "Blue 1",
    "Green 0",
    "Red 2",
    "In stock 2",
    "Reduced 0",
  ]);
});
