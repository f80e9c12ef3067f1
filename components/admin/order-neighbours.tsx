import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { orderPageHref } from "@/lib/domain/order-list";

/** The orders before and after this one in the list that it was opened from. */
export function OrderNeighbours({
  before,
  after,
  list,
}: {
  before: string | null;
  after: string | null;
  list: string;
}) {
  if (!before && !after) return null;
  return (
    <nav data-screen aria-label="Orders beside this one" className="num flex gap-x-5 text-s">
      {before && (
        <Link
          href={orderPageHref(before, { list }) as Route}
          rel="prev"
          aria-label={`Previous, ${before}`}
          className="link inline-flex min-h-6 items-center"
        >
          Previous
        </Link>
      )}
      {after && (
        <Link
          href={orderPageHref(after, { list }) as Route}
          rel="next"
          aria-label={`Next, ${after}`}
          className="link inline-flex min-h-6 items-center"
        >
          Next
        </Link>
      )}
    </nav>
  );
}
