import type { Route } from "next";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import type { NavLink } from "./nav";
import { SearchForm } from "./search-form";

/**
 * What stands in the frame at an address where nothing is. Next sends it along with every page of the shop, in case
 * that a link leads nowhere, so it stays small: no lists of products.
 */
export function MissingPage({ links }: { links: readonly NavLink[] }) {
  return (
    <div className="page">
      <EmptyState
        level={1}
        title="No line crosses here."
        action={<LinkButton href="/">To the front page</LinkButton>}
      >
        <p>The page has moved, sold out for good, or never was. Search for what you had in mind:</p>
        <SearchForm
          id="missing-search"
          label="Search for something else"
          className="mt-4 max-w-form text-m text-ink"
        />
      </EmptyState>
      {links.length > 0 && (
        <nav aria-label="Categories" className="border-t py-8">
          <h2 className="mb-3 font-text text-s font-semibold tracking-normal">Or look around</h2>
          <ul className="flex flex-wrap gap-x-6 gap-y-1">
            {links.map((link) => (
              <li key={link.href}>
                <Link
                  href={link.href as Route}
                  className="link inline-flex min-h-8 items-center wrap-anywhere"
                >
                  {link.label}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}
