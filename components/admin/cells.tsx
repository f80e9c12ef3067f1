import type { Route } from "next";
import type { ReactNode } from "react";
import { cx } from "@/components/ui/cx";
import { Link } from "@/components/ui/link";
import { shortMoment } from "@/lib/domain/moments";

/** What leads from a row to its own page. */
export function RowLink({
  href,
  className,
  children,
}: {
  href: string;
  className?: string;
  children: ReactNode;
}) {
  return (
    <Link
      href={href as Route}
      className={cx("inline-flex min-h-6 items-center underline-offset-4 hover:underline", className)}
    >
      {children}
    </Link>
  );
}

/** A moment as lists write it. */
export function When({ at, now, timeZone }: { at: Date; now: Date; timeZone: string }) {
  return (
    <time dateTime={at.toISOString()} className="num whitespace-nowrap text-quiet">
      {shortMoment(at, now, timeZone)}
    </time>
  );
}
