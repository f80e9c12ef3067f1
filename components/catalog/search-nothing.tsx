import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { type SearchInput, searchPath } from "@/lib/domain/search";
import type { SearchPage } from "@/lib/queries/catalog/search";
import { SectionHead } from "./section-head";
import { Shelf } from "./shelf";

/** Nothing was found: what to try, and what others like. */
export function SearchNothing({ input, found }: { input: SearchInput; found: SearchPage }) {
  const narrowed = found.category !== null;
  return (
    <>
      <div className="page">
        <EmptyState
          title="No line crosses here."
          action={
            <LinkButton
              look="line"
              href={searchPath(narrowed ? { ...input, category: "", page: 1 } : {}) as Route}
            >
              {narrowed ? "Search the whole shop" : "See everything"}
            </LinkButton>
          }
        >
          <p>
            Try one word instead of several, the object (a mug, a print), the pattern, or the number on an old
            label.
          </p>
        </EmptyState>
      </div>
      {found.popular.length > 0 && (
        <section aria-label="What others take home">
          <SectionHead title="What others take home" />
          <Shelf cards={found.popular} />
        </section>
      )}
    </>
  );
}
