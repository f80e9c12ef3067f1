import type { Route } from "next";
import Link from "next/link";
import { type SearchSort, sortLabels } from "@/lib/domain/search";

/** The orders that a list can be put into, as links: each is an address of its own. */
export function SortLinks({
  links,
  current,
}: {
  links: readonly { sort: SearchSort; href: string }[];
  current?: SearchSort;
}) {
  return (
    <nav aria-label="Sort" className="page pb-6 text-s">
      <ul className="-mx-edge flex items-center gap-x-5 overflow-x-auto border-y px-edge lg:mx-0 lg:px-0">
        <li aria-hidden="true" className="text-quiet">
          Sort
        </li>
        {links.map(({ sort, href }) => (
          <li key={sort}>
            <Link
              href={href as Route}
              prefetch={false}
              rel="nofollow"
              aria-current={sort === current ? "true" : undefined}
              className={`inline-flex min-h-target items-center whitespace-nowrap underline-offset-8 hover:underline ${sort === current ? "font-semibold underline" : ""}`}
            >
              {sortLabels[sort]}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
