import { cx } from "@/components/ui/cx";

/** The button to the picture before or after. At an end it stays in the tab order and says that it is off. */
export function Turn({ to, off, onClick }: { to: "previous" | "next"; off: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={to === "next" ? "Next picture" : "Previous picture"}
      aria-disabled={off}
      onClick={() => !off && onClick()}
      className={cx(
        "pointer-events-auto grid size-11 place-items-center rounded-control bg-paper -outline-offset-4",
        off ? "cursor-default text-quiet" : "hover:bg-raised",
      )}
    >
      <span aria-hidden="true">{to === "next" ? "→" : "←"}</span>
    </button>
  );
}
