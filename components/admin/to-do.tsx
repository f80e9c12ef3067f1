import type { Route } from "next";
import { Link } from "@/components/ui/link";
import { waitingText } from "@/lib/domain/sections";

/** What waits, each with the list that holds it. What is done is said quietly. */
export function ToDo({ items }: { items: readonly { count: number; label: string; href: string }[] }) {
  return (
    <ul className="grid border-t sm:grid-cols-2 sm:border-l xl:grid-cols-4">
      {items.map(({ count, label, href }) => (
        <li key={href} className="border-b sm:border-r">
          <Link
            href={href as Route}
            className="flex min-h-control items-center gap-3 py-3 underline-offset-4 hover:underline sm:px-5"
          >
            <span className={`num font-display text-l font-semibold ${count === 0 ? "text-quiet" : ""}`}>
              {waitingText(count)}
            </span>
            <span className={count === 0 ? "text-quiet" : ""}>{label}</span>
            <span aria-hidden="true" className="ml-auto">
              →
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
