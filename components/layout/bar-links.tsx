import type { Route } from "next";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { type FittedLink, fitBar, type Windows } from "./bar-fit";
import { FoldCloser } from "./fold-closer";
import type { NavLink } from "./nav";

/** The bar's links: those that fit on its line, a fold with the others, and last the marked one. */
export function BarLinks({ name, links }: { name: string; links: readonly NavLink[] }) {
  const fitted = fitBar(name, links);
  return (
    // What was reckoned too short by a hair ends in dots rather than on a second line.
    <nav aria-label="Shop" className="hidden min-w-0 items-center gap-x-4 lg:flex xl:gap-x-6">
      <Places links={fitted.filter(({ marked }) => !marked)} />
      <Fold links={fitted.filter(({ marked }) => !marked)} />
      <Places links={fitted.filter(({ marked }) => marked)} />
    </nav>
  );
}

const Places = ({ links }: { links: readonly FittedLink[] }) =>
  links.map(({ href, label, marked, inBar }) => {
    const shown = shownIn(inBar);
    return (
      shown !== null && (
        <Link
          key={href}
          href={href as Route}
          className={cx(
            "max-w-40 truncate leading-11 underline-offset-8 hover:underline",
            marked ? "shrink-0 text-signal" : "min-w-8",
            shown,
          )}
        >
          {label}
        </Link>
      )
    );
  });

function Fold({ links }: { links: readonly FittedLink[] }) {
  const folded = links.map((link) => ({ ...link, shown: shownIn(outside(link.inBar)) }));
  const shown = shownIn({
    lg: links.some(({ inBar }) => !inBar.lg),
    xl: links.some(({ inBar }) => !inBar.xl),
  });
  if (shown === null) return null;
  return (
    <details className={cx("group/fold relative shrink-0", shown)}>
      <summary className="flex h-bar items-center gap-1.5 underline-offset-8 hover:underline group-open/fold:underline">
        More<span className="sr-only"> categories</span>
        <svg viewBox="0 0 12 12" aria-hidden="true" className="size-3 group-open/fold:rotate-180">
          <path d="m2 4 4 4 4-4" fill="none" stroke="currentColor" strokeWidth="1.25" />
        </svg>
      </summary>
      <ul className="absolute top-full left-0 z-10 -mt-px -ml-4 max-h-[calc(100dvh-var(--spacing-bar)-2rem)] w-72 overflow-y-auto border bg-paper py-2">
        {folded.map(
          ({ href, label, shown }) =>
            shown !== null && (
              <li key={href} className={shown}>
                <Link
                  href={href as Route}
                  className="flex min-h-target items-center px-4 wrap-anywhere underline-offset-4 hover:underline"
                >
                  {label}
                </Link>
              </li>
            ),
        )}
      </ul>
      <FoldCloser />
    </details>
  );
}

const outside = ({ lg, xl }: Windows): Windows => ({ lg: !lg, xl: !xl });

/** The class of what is shown in these windows alone; null for what is shown in none. */
function shownIn({ lg, xl }: Windows): string | null {
  if (lg && xl) return "";
  if (!lg && !xl) return null;
  return lg ? "xl:hidden" : "max-xl:hidden";
}
