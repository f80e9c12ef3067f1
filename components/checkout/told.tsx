import type { Route } from "next";
import Link from "next/link";

/** What was told at earlier steps, with the way back to change it. */
export function Told({ rows }: { rows: readonly { label: string; value: string; href: string }[] }) {
  return (
    <dl className="border-y text-s">
      {rows.map((row) => (
        <div
          key={row.label}
          className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-baseline gap-3 border-b py-2.5 last:border-b-0"
        >
          <dt className="text-quiet">{row.label}</dt>
          <dd>{row.value}</dd>
          <dd>
            <Link href={row.href as Route} prefetch={false} className="link inline-flex min-h-6 items-center">
              Change<span className="sr-only"> {row.label.toLowerCase()}</span>
            </Link>
          </dd>
        </div>
      ))}
    </dl>
  );
}
