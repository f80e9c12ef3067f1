"use client";

import type { Route } from "next";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Link } from "@/components/ui/link";
import { waitingText } from "@/lib/domain/sections";

export interface Section {
  readonly label: string;
  readonly href: string;
  /** What waits there, and what it counts for those who hear it. */
  readonly count?: number;
  readonly counts?: string;
  /** After "g", the key that goes there. */
  readonly shortcut?: string | undefined;
}

export interface SectionGroup {
  /** Its heading; none for the first. */
  readonly group: string;
  readonly sections: readonly Section[];
}

/** The sections of the back office, group by group; the one that is open is marked. */
export function Sections({
  groups,
  label,
  head,
}: {
  groups: readonly SectionGroup[];
  label: string;
  /** Above the sections, and part of the same landmark. */
  head?: ReactNode;
}) {
  return (
    <nav aria-label={label}>
      {head}
      <div className="grid gap-4">
        {groups.map(({ group, sections }) => (
          <div key={group}>
            {group && <p className="px-3 pb-1 text-xs text-quiet">{group}</p>}
            <ul aria-label={group || undefined} className="grid gap-0.5">
              {sections.map((section) => (
                <SectionLink key={section.href} {...section} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </nav>
  );
}

function SectionLink({ label, href, count, counts }: Section) {
  const path = usePathname();
  const isCurrent = path === href || (href !== "/admin" && path.startsWith(`${href}/`));
  const item = useRef<HTMLLIElement>(null);
  useEffect(() => {
    const rail = isCurrent ? item.current?.closest<HTMLElement>("[data-rail]") : undefined;
    if (rail && item.current) showWithin(rail, item.current);
  }, [isCurrent]);
  return (
    <li ref={item}>
      <Link
        href={href as Route}
        aria-current={isCurrent ? "page" : undefined}
        className="flex min-h-target items-center justify-between rounded-control px-3 hover:hairline aria-[current=page]:bg-ink aria-[current=page]:text-paper lg:min-h-9"
      >
        {label}
        {count ? (
          <span className="num text-s">
            {waitingText(count)}
            {counts && <span className="sr-only"> {counts}</span>}
          </span>
        ) : null}
      </Link>
    </li>
  );
}

/** On a low screen the rail scrolls: the open section is in sight. The page itself stays where it is. */
function showWithin(rail: HTMLElement, item: HTMLElement): void {
  const [outer, inner] = [rail.getBoundingClientRect(), item.getBoundingClientRect()];
  if (inner.bottom > outer.bottom) rail.scrollTop += inner.bottom - outer.bottom + inner.height;
  else if (inner.top < outer.top) rail.scrollTop -= outer.top - inner.top + inner.height;
}
