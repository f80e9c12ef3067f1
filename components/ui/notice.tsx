import type { ReactNode } from "react";
import { cx } from "./cx";

const tones = {
  info: { edge: "border-ink", role: "status" },
  success: { edge: "border-good", role: "status" },
  error: { edge: "border-signal", role: "alert" },
} as const;

/** A sentence that reports what happened, read out at once. Words carry the meaning, the edge only repeats it. */
export function Notice({
  tone = "info",
  title,
  children,
  className,
}: {
  tone?: keyof typeof tones;
  title?: ReactNode;
  children?: ReactNode;
  className?: string;
}) {
  return (
    <div
      role={tones[tone].role}
      className={cx("border-l-4 bg-raised px-4 py-3", tones[tone].edge, className)}
    >
      {title && <p className="font-semibold">{title}</p>}
      {children && <div>{children}</div>}
    </div>
  );
}
