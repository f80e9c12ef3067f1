import type { Route } from "next";
import { SearchHead } from "@/components/catalog/search-head";
import { SearchNothing } from "@/components/catalog/search-nothing";
import { Shelf } from "@/components/catalog/shelf";
import { SortLinks } from "@/components/catalog/sort-links";
import { Pagination } from "@/components/ui/pagination";
import { type SearchInput, searchPath, searchSorts } from "@/lib/domain/search";
import { search } from "@/lib/queries/catalog/search";

/** What a search finds, with its orders and pages. */
export async function SearchView({ input }: { input: SearchInput }) {
  const found = await search(input);
  const { cards, page, pages } = found;
  return (
    <>
      <SearchHead input={input} found={found} />
      {cards.length > 0 ? (
        <>
          <SortLinks
            current={input.sort}
            links={searchSorts
              .filter((sort) => input.q || sort !== "relevance")
              .map((sort) => ({ sort, href: searchPath({ ...input, sort, page: 1 }) }))}
          />
          <Shelf cards={cards} eager={4} level={2} />
        </>
      ) : (
        <SearchNothing input={input} found={found} />
      )}
      <div className="mt-16">
        <Pagination page={page} pages={pages} hrefFor={(n) => searchPath({ ...input, page: n }) as Route} />
      </div>
    </>
  );
}
