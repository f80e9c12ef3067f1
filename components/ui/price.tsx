import { cx } from "./cx";

/** A price already written out. With `was` it fell: the old one is struck and both are named for screen readers. */
export function Price({
  now,
  was,
  note,
  className,
}: {
  now: string;
  was?: string | null;
  note?: string | null;
  className?: string;
}) {
  return (
    <span className={cx("num", className)}>
      {was && (
        <>
          <span className="sr-only">Was </span>
          <s className="mr-1.5 text-quiet">{was}</s>
          <span className="sr-only">, now </span>
        </>
      )}
      <span className={was ? "text-signal" : undefined}>{now}</span>
      {note && <span className="ml-2 text-s text-quiet">{note}</span>}
    </span>
  );
}
