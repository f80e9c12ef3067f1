import { Link } from "@/components/ui/link";

const radii = [2, 4.4, 6.8, 9.2];

/** Two sets of rings that meet, and the shop's name; a long one ends in dots. Without a name the rings stand alone. */
export function BrandMark({ name }: { name: string }) {
  return (
    <Link
      href="/"
      className="flex min-h-target min-w-0 items-center gap-2.5 font-display text-l leading-none font-bold tracking-tighter"
    >
      <svg
        viewBox="0 0 30 30"
        className="size-7.5 shrink-0"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        aria-hidden="true"
      >
        {[11.6, 18.4].map((x) => radii.map((r) => <circle key={`${x}-${r}`} cx={x} cy="15" r={r} />))}
      </svg>
      {/* Room for what letters reach below the line, which is cut off with what is too long. */}
      {name ? (
        <span className="truncate py-1">{name}</span>
      ) : (
        <span className="sr-only">To the front page</span>
      )}
    </Link>
  );
}
