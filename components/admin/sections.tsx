"use client";

import type { Route } from "next";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";

export interface Section {
  readonly label: string;
  readonly href: string;
  /** What waits there, and what it counts for those who hear it. */
  readonly count?: number;
  readonly counts?: string;
}

/** The sections of the back office; the one that is open is marked. */
export function Sections({
  sections,
  label,
  head,
}: {
  sections: readonly Section[];
  label: string;
  /** Above the sections, and part of the same landmark. */
  head?: ReactNode;
}) {
  const path = usePathname();
  const isCurrent = (href: string) => path === href || (href !== "/admin" && path.startsWith(`${href}/`));
  return (
    <nav aria-label={label}>
      {head}
      <ul className="grid gap-0.5">
        {sections.map(({ label: name, href, count, counts }) => (
          <li key={href}>
            <Link
              href={href as Route}
              prefetch={false}
              aria-current={isCurrent(href) ? "page" : undefined}
              className="flex min-h-target items-center justify-between rounded-control px-3 hover:hairline aria-[current=page]:bg-ink aria-[current=page]:text-paper"
            >
              {name}
              {count ? (
                <span className="num text-s">
                  {count}
                  {counts && <span className="sr-only"> {counts}</span>}
                </span>
              ) : null}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
