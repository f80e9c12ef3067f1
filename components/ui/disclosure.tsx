import type { ReactNode } from "react";
import { cx } from "./cx";

/** A row that unfolds; works without scripts. Rows with one `group` close each other. */
export function Disclosure({
  title,
  end,
  children,
  open,
  group,
  className,
}: {
  title: ReactNode;
  end?: ReactNode;
  children: ReactNode;
  open?: boolean;
  group?: string;
  className?: string;
}) {
  return (
    <details name={group} open={open} className={cx("group/fold border-t last:border-b", className)}>
      <summary className="flex min-h-control items-center justify-between gap-4 py-3">
        <span className="flex-1">{title}</span>
        {end}
        <span aria-hidden="true" className="text-l leading-none group-open/fold:hidden">
          +
        </span>
        <span aria-hidden="true" className="hidden text-l leading-none group-open/fold:inline">
          −
        </span>
      </summary>
      <div className="max-w-read pb-6">{children}</div>
    </details>
  );
}
