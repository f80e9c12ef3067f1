import type { CSSProperties } from "react";
import { cx } from "./cx";

/** The outline of a star in a box of 24. */
export const STAR = "M12 2.5l2.9 6.2 6.8.8-5 4.7 1.3 6.7-6-3.4-6 3.4 1.3-6.7-5-4.7 6.8-.8z";

/**
 * Five stars filled as far as `value` (0 to 5) says; screen readers get the sentence. One element, cut out by a mask:
 * a page of reviews shows dozens of these.
 */
export function Rating({ value, count, className }: { value: number; count?: number; className?: string }) {
  const share = `${Math.max(0, Math.min(5, value)) * 20}%`;
  return (
    <span className={cx("inline-flex items-center gap-2 text-s", className)}>
      <span className="stars" style={{ "--share": share } as CSSProperties} aria-hidden="true" />
      <span className="sr-only">{value.toFixed(1)} of 5 stars</span>
      <b aria-hidden="true" className="num">
        {value.toFixed(1)}
      </b>
      {count !== undefined && (
        <span className="text-quiet">
          {count} {count === 1 ? "review" : "reviews"}
        </span>
      )}
    </span>
  );
}
