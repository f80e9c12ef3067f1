import type { ReactNode } from "react";
import { Gratings } from "./gratings";

/** Nothing here yet, and what to do next. */
export function EmptyState({
  title,
  children,
  action,
  level = 2,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  level?: 1 | 2 | 3;
}) {
  const Heading = `h${level}` as const;
  return (
    <div className="grid justify-items-start gap-6 py-16">
      <Gratings className="size-24 text-quiet" />
      <Heading className="text-xl">{title}</Heading>
      {children && <div className="max-w-read text-l text-quiet">{children}</div>}
      {action}
    </div>
  );
}
