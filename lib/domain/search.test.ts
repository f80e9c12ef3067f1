import { expect, it } from "vitest";
import { prefixQuery, searchInput, searchPath, wordsOf } from "./search";

it("reads any query without failing", () => {
  expect(searchInput.parse({})).toEqual({ q: "", category: "", sort: "newest", page: 1 });
  expect(searchInput.parse({ q: [" Mug ", "x"], sort: "nope", page: "-3", category: "../etc" })).toEqual({
    q: "Mug",
    category: "",
    sort: "relevance",
    page: 1,
  });
  expect(searchInput.parse({ q: "a\0b", sort: "relevance" }).q).toBe("ab");
  expect(searchInput.parse({ sort: "relevance" }).sort).toBe("newest");
  expect(searchInput.parse({ category: "textiles/square-cushions", page: "2" })).toMatchObject({
    category: "textiles/square-cushions",
    page: 2,
  });
});

it("finishes the last word only, and leaves operators to the web search", () => {
  expect(prefixQuery("Ring mu")).toBe("ring & mu:*");
  expect(prefixQuery('"ring mug"')).toBe("");
  expect(prefixQuery("mug -cobalt")).toBe("");
  expect(prefixQuery("l'été : & | !")).toBe("l & été:*");
  expect(prefixQuery("")).toBe("");
  expect(wordsOf("a b c d e f g h i j")).toHaveLength(8);
});

it("writes addresses without what is at its default", () => {
  expect(searchPath({})).toBe("/search");
  expect(searchPath({ q: "mug", sort: "relevance", page: 1, category: "" })).toBe("/search?q=mug");
  expect(searchPath({ category: "paper", sort: "price-up", page: 2 })).toBe(
    "/search?category=paper&sort=price-up&page=2",
  );
});
