import { expect, test } from "vitest";
import { actions } from "../e2e/authorisation/deeds";
import { listActions, listPages, listRoutes } from "../e2e/authorisation/listing";
import { pages, routes } from "../e2e/authorisation/places";

test("every page and every method of a route handler has a line that says who may, and no line is left over", () => {
  expect(Object.keys(pages).sort()).toEqual(listPages().sort());
  expect(Object.keys(routes).sort()).toEqual(listRoutes().sort());
});

test("every line whose address names a thing says which one: the walk leaves no line out", () => {
  const unfilled = Object.entries({ ...pages, ...routes }).filter(
    ([path, line]) => path.includes("[") && !(typeof line === "object" && "address" in line),
  );
  expect(unfilled.map(([path]) => path)).toEqual([]);
});

test("every server action is made by action(...), has a line, and asks at its door for whom the line names", () => {
  const said = Object.entries(actions).map(([name, { who }]) => [name, who]);
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(listActions()));
});
