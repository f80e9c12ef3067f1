import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { type ReviewChoice, reviewsPath } from "@/lib/domain/reviews";

/** How the stars are spread: a bar for each number of stars, which leads to those reviews; the chosen one back to all. */
export function Distribution({
  slug,
  count,
  distribution,
  choice,
}: {
  slug: string;
  count: number;
  /** Reviews with 5, 4, 3, 2 and 1 stars. */
  distribution: readonly number[];
  /** What the list shows; left out on the product's own page. */
  choice?: ReviewChoice;
}) {
  return (
    <ul className="grid w-full max-w-80 text-s">
      {distribution.map((many, i) => {
        const stars = 5 - i;
        const isChosen = choice?.stars === stars;
        const name = stars === 1 ? "1 star" : `${stars} stars`;
        const row = (
          <>
            <span className="group-hover/bar:underline">{name}</span>
            <span aria-hidden="true" className="h-2 bg-line">
              <span
                className="block h-full bg-ink"
                style={{ width: `${count > 0 ? (many / count) * 100 : 0}%` }}
              />
            </span>
            <span className="text-right text-quiet">
              {many}
              <span className="sr-only"> {many === 1 ? "review" : "reviews"}</span>
            </span>
          </>
        );
        const look =
          "num group/bar grid min-h-7 grid-cols-[4.5rem_1fr_2rem] items-center gap-3 aria-[current=true]:font-semibold";
        return (
          <li key={stars}>
            {many === 0 && !isChosen ? (
              <span className={`${look} text-quiet`}>{row}</span>
            ) : (
              <Link
                href={reviewsPath(slug, { ...choice, page: 1, stars: isChosen ? null : stars }) as Route}
                aria-current={isChosen ? "true" : undefined}
                className={look}
              >
                {row}
              </Link>
            )}
          </li>
        );
      })}
    </ul>
  );
}
