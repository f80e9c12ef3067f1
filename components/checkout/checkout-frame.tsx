import type { ReactNode } from "react";
import { formatMoney } from "@/lib/domain/money";
import { type SummaryLine, SummaryLines } from "./summary-lines";
import { TotalRows, type TotalsView } from "./totals";

/** Lines that fit beside the form of a low window, with the totals below. */
const MANY = 4;

/** Form left, summary right; on phones the summary is folded above the form, its total always in sight. */
export function CheckoutFrame({
  lines,
  totals,
  children,
}: {
  lines: readonly SummaryLine[];
  totals: TotalsView;
  children: ReactNode;
}) {
  const pieces = lines.reduce((sum, line) => sum + line.quantity, 0);
  return (
    // The raised side runs down to the footer, whose distance to the content it takes back.
    <div className="split lg:-mb-24 lg:min-h-[calc(100dvh-var(--spacing-bar))]">
      {/* First in the document as on the screen: a form that was painted before it would be pushed down. */}
      <aside aria-label="Order summary" className="border-b bg-raised px-edge lg:hidden">
        <details className="group/sum">
          <summary className="flex min-h-16 items-center justify-between gap-4">
            <span className="flex items-center gap-2">
              <span className="link group-open/sum:hidden">
                Show your {pieces === 1 ? "piece" : `${pieces} pieces`}
              </span>
              <span className="link hidden group-open/sum:inline">Hide your pieces</span>
            </span>
            <span className="num font-display text-l font-[600]">
              <span className="sr-only">Total </span>
              {formatMoney(totals.total, totals.currency)}
            </span>
          </summary>
          <div className="grid gap-6 pb-6">
            <SummaryLines lines={lines} currency={totals.currency} />
            <TotalRows totals={totals} />
          </div>
        </details>
      </aside>
      <div className="w-full max-w-[52rem] px-edge py-8 lg:justify-self-end lg:py-12 lg:pr-16">
        {children}
      </div>
      <aside aria-label="Order summary" className="hidden border-l bg-raised px-edge py-12 pl-12 lg:block">
        {/* Many lines scroll on their own, so that the total stays in sight. */}
        <div className="hidden max-h-[calc(100dvh-var(--spacing-bar)-4.5rem)] max-w-[28rem] grid-rows-[minmax(0,1fr)_auto] gap-8 lg:sticky lg:top-[calc(var(--spacing-bar)+3rem)] lg:grid">
          {lines.length > MANY ? (
            <section
              // biome-ignore lint/a11y/noNoninteractiveTabindex: who has no pointer scrolls it by keyboard
              tabIndex={0}
              aria-label="What you buy"
              className="relative min-h-40 overflow-y-auto pr-4"
            >
              <SummaryLines lines={lines} currency={totals.currency} />
            </section>
          ) : (
            <SummaryLines lines={lines} currency={totals.currency} />
          )}
          <TotalRows totals={totals} />
        </div>
      </aside>
    </div>
  );
}
