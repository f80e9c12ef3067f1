import { expect, it } from "vitest";
import { EVERYTHING, isFiltered, listPath, searchInput, searchPath, withoutFilters } from "./search";

it("reads any query without failing", () => {
  expect(searchInput.parse({})).toEqual({
    q: "",
    category: "",
    sort: "newest",
    page: 1,
    filter: [],
    min: "",
    max: "",
    stock: false,
    sale: false,
    rating: undefined,
    owner: [],
    exact: false,
  });
  const odd = {
    q: [" Mug ", "x"],
    sort: "nope",
    page: "-3",
    category: "../etc",
    filter: "x",
    owner: ["A b", "line"],
  };
  expect(searchInput.parse({ ...odd, rating: "9", stock: "yes" })).toMatchObject({
    q: "Mug",
    category: "",
    sort: "relevance",
    page: 1,
    filter: [],
    owner: ["line"],
    rating: undefined,
    stock: false,
  });
  expect(searchInput.parse({ q: "a\0b\ud800", sort: "relevance" }).q).toBe("ab\ufffd");
  expect(searchInput.parse({ sort: "relevance" }).sort).toBe("newest");
  expect(searchInput.parse({ category: "textiles/square-cushions", page: "2" })).toMatchObject({
    category: "textiles/square-cushions",
    page: 2,
  });
});

it("reads filters once each, whatever their case", () => {
  const { filter } = searchInput.parse({
    filter: ["Colour:Cobalt", "colour:cobalt", "size:50 × 50", ":x", "y:"],
  });
  expect(filter).toEqual(["colour:cobalt", "size:50 × 50"]);
});

it("writes addresses without what is at its default, and the same list always alike", () => {
  expect(searchPath({})).toBe("/search");
  expect(searchPath({ q: "mug", sort: "relevance", page: 1, category: "" })).toBe("/search?q=mug");
  expect(searchPath({ category: "paper", sort: "price-up", page: 2 })).toBe(
    "/search?category=paper&sort=price-up&page=2",
  );
  const place = { kind: "category", path: "textiles/cushions" } as const;
  expect(listPath(place, EVERYTHING)).toBe("/browse/textiles/cushions?sort=newest");
  expect(listPath(place, { page: 3 })).toBe("/c/textiles/cushions/page/3");
  expect(listPath(place, { filter: ["b:1", "a:1"], stock: true, page: 2 })).toBe(
    "/browse/textiles/cushions?filter=a%3A1&filter=b%3A1&stock=1&page=2",
  );
});

it("what an address says is read back", () => {
  const input = searchInput.parse({
    q: "mug",
    filter: ["size:l", "colour:red"],
    min: "10",
    sale: "1",
    owner: "line",
    exact: "1",
  });
  const query = new URL(searchPath(input), "http://shop").searchParams;
  const read = Object.fromEntries([...query.keys()].map((key) => [key, query.getAll(key)]));
  expect(searchInput.parse(read)).toEqual({ ...input, filter: [...input.filter].sort() });
  expect(isFiltered(input)).toBe(true);
  expect(isFiltered(withoutFilters(input))).toBe(false);
});
