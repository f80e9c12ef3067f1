import type { Route } from "next";
import { cx } from "./cx";
import { Link } from "./link";

/** The pages to show: first, last and the neighbours of the current one; 0 stands for a gap. */
export function pageNumbers(page: number, pages: number): number[] {
  const near = [1, page - 1, page, page + 1, pages].filter((n) => n >= 1 && n <= pages);
  const shown = [...new Set(near)].sort((a, b) => a - b);
  return shown.flatMap((n, i) => {
    const before = shown[i - 1];
    if (before === undefined || n === before + 1) return [n];
    return n === before + 2 ? [n - 1, n] : [0, n];
  });
}

const cell = "grid min-h-target min-w-target place-items-center rounded-control px-2";

/** Links to the pages of a list. Nothing where there is one page. */
export function Pagination<T extends string>({
  page,
  pages,
  hrefFor,
  label = "Pages",
}: {
  page: number;
  pages: number;
  hrefFor: (page: number) => Route<T>;
  label?: string;
}) {
  if (pages <= 1) return null;
  return (
    <nav aria-label={label} className="num flex flex-wrap items-center justify-center gap-1">
      {page > 1 && (
        <Link href={hrefFor(page - 1)} rel="prev" className={cx(cell, "link")}>
          Previous
        </Link>
      )}
      <ul className="flex gap-1">
        {pageNumbers(page, pages).map((n, i) =>
          n === 0 ? (
            // A gap has no identity but its place.
            <li key={`gap-${i < 3 ? "start" : "end"}`} aria-hidden="true" className={cell}>
              …
            </li>
          ) : (
            <li key={n}>
              <Link
                href={hrefFor(n)}
                aria-current={n === page ? "page" : undefined}
                aria-label={`Page ${n}`}
                className={cx(cell, n === page ? "bg-ink text-paper" : "hover:hairline")}
              >
                {n}
              </Link>
            </li>
          ),
        )}
      </ul>
      {page < pages && (
        <Link href={hrefFor(page + 1)} rel="next" className={cx(cell, "link")}>
          Next
        </Link>
      )}
    </nav>
  );
}
