import { Link } from "@/components/ui/link";

const radii = [2, 4.4, 6.8, 9.2];

/** Two sets of rings that meet, and the name. */
export function BrandMark() {
  return (
    <Link
      href="/"
      className="flex min-h-target items-center gap-2.5 font-display text-l leading-none font-bold tracking-tighter"
    >
      <svg
        viewBox="0 0 30 30"
        className="size-7.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.25"
        aria-hidden="true"
      >
        {[11.6, 18.4].map((x) => radii.map((r) => <circle key={`${x}-${r}`} cx={x} cy="15" r={r} />))}
      </svg>
      Moiré
    </Link>
  );
}
