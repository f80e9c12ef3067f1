import type { Route } from "next";
import { FilterBar } from "@/components/catalog/filter-bar";
import { SearchHead } from "@/components/catalog/search-head";
import { SearchNothing } from "@/components/catalog/search-nothing";
import { Shelf } from "@/components/catalog/shelf";
import { Pagination } from "@/components/ui/pagination";
import { isFiltered, type ListPlace, listPath, type SearchInput, searchSorts } from "@/lib/domain/search";
import type { SearchPage } from "@/lib/queries/catalog/search";

/** A list that was asked for: with its filters, orders and pages, or help where nothing fits. */
export function ListView({
  place,
  input,
  found,
}: {
  place: ListPlace;
  input: SearchInput;
  found: SearchPage;
}) {
  const { cards, page, pages } = found;
  return (
    <>
      <SearchHead place={place} input={input} found={found} />
      {(cards.length > 0 || isFiltered(input)) && (
        <FilterBar
          place={place}
          input={input}
          facets={found.facets}
          chosen={found.chosen}
          total={found.total}
          sorts={{ current: input.sort, all: searchSorts.filter((sort) => input.q || sort !== "relevance") }}
        />
      )}
      {cards.length > 0 ? (
        <Shelf cards={cards} eager={4} level={2} />
      ) : (
        <SearchNothing place={place} input={input} found={found} />
      )}
      <div className="mt-16">
        <Pagination
          page={page}
          pages={pages}
          hrefFor={(n) => listPath(place, { ...input, page: n }) as Route}
        />
      </div>
    </>
  );
}
