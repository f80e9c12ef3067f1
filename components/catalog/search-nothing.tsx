import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { categoryPath } from "@/lib/domain/catalog";
import {
  isFiltered,
  type ListPlace,
  listPath,
  type SearchInput,
  searchPath,
  withoutFilters,
} from "@/lib/domain/search";
import type { SearchPage } from "@/lib/queries/catalog/search";
import { SectionHead } from "./section-head";
import { Shelf } from "./shelf";

/** Nothing was found: what to try, the nearest shelves, and what others like. */
export function SearchNothing({
  place,
  input,
  found,
}: {
  place: ListPlace;
  input: SearchInput;
  found: SearchPage;
}) {
  const narrowed = isFiltered(input);
  const { href, label } = narrowed
    ? { href: listPath(place, withoutFilters(input)), label: "Take the filters off" }
    : input.category
      ? { href: searchPath({ ...input, category: "", page: 1 }), label: "Search the whole shop" }
      : { href: searchPath({}), label: "See everything" };
  return (
    <>
      <div className="page">
        <EmptyState
          title="No line crosses here."
          action={
            <LinkButton look="line" href={href as Route}>
              {label}
            </LinkButton>
          }
        >
          <p>
            {narrowed
              ? "Nothing has everything that you asked for at once."
              : "Try one word instead of several, the object (a mug, a print), the pattern, or the number on an old label."}
          </p>
          {found.nearest.length > 0 && (
            <p className="pt-3">
              Perhaps in{" "}
              {found.nearest.map(({ name, path }, at) => (
                <span key={path}>
                  {at > 0 && (at === found.nearest.length - 1 ? " or " : ", ")}
                  <Link href={categoryPath(path) as Route} className="link">
                    {name}
                  </Link>
                </span>
              ))}
              .
            </p>
          )}
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
