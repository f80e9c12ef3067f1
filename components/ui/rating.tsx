import { cx } from "./cx";

/** The outline of a star in a box of 24. */
export const STAR = "M12 2.5l2.9 6.2 6.8.8-5 4.7 1.3 6.7-6-3.4-6 3.4 1.3-6.7-5-4.7 6.8-.8z";

/** Five stars filled as far as `value` (0 to 5) says; screen readers get the sentence. */
export function Rating({ value, count, className }: { value: number; count?: number; className?: string }) {
  const share = `${Math.max(0, Math.min(5, value)) * 20}%`;
  const row = (tone: string) => (
    <span className={cx("flex w-max", tone)}>
      {[1, 2, 3, 4, 5].map((n) => (
        <svg key={n} viewBox="0 0 24 24" className="size-4" fill="currentColor" aria-hidden="true">
          <path d={STAR} />
        </svg>
      ))}
    </span>
  );
  return (
    <span className={cx("inline-flex items-center gap-2 text-s", className)}>
      <span className="relative inline-block">
        {row("text-line")}
        <span className="absolute inset-y-0 left-0 overflow-hidden" style={{ width: share }}>
          {row("text-ink")}
        </span>
      </span>
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
