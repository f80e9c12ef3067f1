import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import * as lists from "@/lib/domain/back-office";
import * as engineRoom from "@/lib/domain/engine-room";
import * as refunds from "@/lib/domain/refund-list";
import { hrefWith, SortLine } from "./list-tools";
import { NothingListed } from "./nothing-listed";

type Views = readonly [string, ...string[]];

const views = Object.entries({ ...lists, ...engineRoom, ...refunds } as Record<string, unknown>).flatMap(
  ([name, all]): [string, Views][] =>
    name.endsWith("Views") && Array.isArray(all) ? [[name, all as unknown as Views]] : [],
);

it.each(views)("%s: the address of each view shows that view", (_, all) => {
  expect(all.length).toBeGreaterThan(1);
  const about = { views: all, sorts: ["newest"] } as const;
  const state = lists.readList({}, "/admin/list", about);
  for (const view of all) {
    const { searchParams } = new URL(hrefWith(state, { view }, "newest"), "http://shop");
    expect(lists.readList(Object.fromEntries(searchParams), "/admin/list", about).view).toBe(view);
  }
});

it("teaches where there is nothing at all, and leads back where a choice left nothing", () => {
  const drawn = (of: Partial<lists.ListState>, firstView?: string) =>
    renderToStaticMarkup(
      <NothingListed
        what="returns"
        state={{ path: "/admin/returns", view: "to-do", sort: "newest", search: "", ...of }}
        {...(firstView && { firstView })}
      />,
    );
  expect(drawn({}, "to-do")).toContain("you say yes or no");
  for (const cut of [{ view: "ended" }, { search: "x" }, { more: { from: "2026-01-01" } }])
    expect(drawn(cut, "to-do")).toContain("Back to the whole list");
  expect(drawn({ search: "x" })).toContain("Show all returns");
});

it("offers an order in both directions where a table has no heads, and says which one holds", () => {
  const about = { views: ["all"], sorts: ["when"], columns: ["who"] } as const;
  const links = (query: lists.Query) => {
    const drawn = renderToStaticMarkup(
      <SortLine
        state={lists.readList(query, "/admin/list", about)}
        sorts={[
          { sort: "when", label: "newest", dir: "desc" },
          { sort: "when", label: "oldest", dir: "asc" },
        ]}
      />,
    );
    return [...drawn.matchAll(/<a ([^>]*)>/g)].map(([, link = ""]) => [
      link.match(/href="([^"]*)"/)?.[1],
      link.includes('aria-current="true"'),
    ]);
  };
  expect(links({ cols: "who" })).toEqual([
    ["/admin/list?cols=who", true],
    ["/admin/list?dir=asc&amp;cols=who", false],
  ]);
  expect(links({ dir: "desc" }).map(([, isOn]) => isOn)).toEqual([true, false]);
  expect(links({ dir: "asc", page: "2" })).toEqual([
    ["/admin/list", false],
    ["/admin/list?dir=asc", true],
  ]);
});
