import type { ReactNode } from "react";

/** One thing that was told, and what it is. */
export interface Told {
  readonly label: string;
  readonly value: string;
}

/**
 * A step that is done, on the page of a later one: what was told, and its form, which unfolds in place. So the whole
 * checkout is one scroll, too. Works without scripts; opens by itself where its form has errors.
 */
export function DoneStep({
  title,
  told,
  isOpen,
  children,
}: {
  title: string;
  told: readonly Told[];
  isOpen: boolean;
  children: ReactNode;
}) {
  return (
    <details open={isOpen || undefined} className="group/done border-t">
      <summary className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-4 py-3 text-s">
        <span className="grid gap-1">
          {told.map(({ label, value }) => (
            <span key={label} className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-3">
              <span className="text-quiet">{label}</span>
              <span>{value}</span>
            </span>
          ))}
        </span>
        <span className="link inline-flex min-h-6 items-center">
          <span className="group-open/done:hidden">Change</span>
          <span className="hidden group-open/done:inline">Close</span>
          <span className="sr-only"> {title.toLowerCase()}</span>
        </span>
      </summary>
      <div className="grid gap-5 pt-2 pb-8">{children}</div>
    </details>
  );
}
