import type { Route } from "next";
import { Link } from "./link";

/** Where a page stands. The last step is the page itself and no link. */
export function Breadcrumb({ steps }: { steps: readonly { label: string; href?: string }[] }) {
  return (
    <nav aria-label="Breadcrumb" className="text-s text-quiet">
      <ol className="flex flex-wrap gap-x-1.5">
        {steps.map((step, i) => (
          <li key={`${step.href ?? ""}${step.label}`} className="flex min-h-6 min-w-0 gap-x-1.5">
            {i > 0 && <span aria-hidden="true">/</span>}
            {step.href && i < steps.length - 1 ? (
              <Link
                href={step.href as Route}
                className="min-w-0 wrap-anywhere hover:text-ink hover:underline"
              >
                {step.label}
              </Link>
            ) : (
              <span
                aria-current={i === steps.length - 1 ? "page" : undefined}
                className="min-w-0 wrap-anywhere"
              >
                {step.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
