import type { Route } from "next";
import type { ReactNode } from "react";
import { cx } from "./cx";
import { Link } from "./link";

/** A small word on a picture: New, Only 4 left. */
export function Badge({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <span
      className={cx("inline-block rounded-control bg-paper px-2 py-0.5 text-xs font-semibold", className)}
    >
      {children}
    </span>
  );
}

export type Tone = "good" | "signal" | "focus" | "quiet" | "ink";

const dots: Record<Tone, string> = {
  good: "bg-good",
  signal: "bg-signal",
  focus: "bg-focus",
  quiet: "bg-quiet",
  ink: "bg-ink",
};

/** A state in words, with a dot that repeats it. */
export function StatusDot({ tone = "quiet", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className="inline-flex items-baseline gap-2">
      <span aria-hidden="true" className={cx("size-2.5 shrink-0 rounded-round", dots[tone])} />
      {children}
    </span>
  );
}

/** A count in a pill; `quiet` draws only its edge (nothing in the cart). */
export function Count({
  children,
  quiet = false,
  className,
}: {
  children: ReactNode;
  quiet?: boolean;
  className?: string;
}) {
  return (
    <span
      className={cx(
        "num inline-grid h-5.5 min-w-5.5 place-items-center rounded-round px-1.5 text-xs",
        quiet ? "text-quiet hairline" : "bg-ink text-paper",
        className,
      )}
    >
      {children}
    </span>
  );
}

const chip = "inline-flex min-h-8 items-center gap-2 rounded-round border px-3 text-s whitespace-nowrap";

/** A filter or a tab as a pill. With `href` a link, with `remove` it reads as a filter that the link takes off. */
export function Chip<T extends string>({
  href,
  current = false,
  remove = false,
  children,
}: {
  href?: Route<T>;
  current?: boolean;
  remove?: boolean;
  children: ReactNode;
}) {
  const look = cx(chip, current ? "border-ink bg-ink text-paper" : "border-control hover:border-ink");
  if (!href) return <span className={look}>{children}</span>;
  return (
    <Link href={href} aria-current={current ? "page" : undefined} className={look}>
      {remove && <span className="sr-only">Remove </span>}
      {children}
      {remove && <span aria-hidden="true">×</span>}
    </Link>
  );
}
