const radii = Array.from({ length: 9 }, (_, i) => 4 + i * 4);

/** Two sets of rings that meet: the brand's figure, drawn in the current colour. */
export function Gratings({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 96 76"
      className={className}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      aria-hidden="true"
    >
      {[38, 58].map((x) => radii.map((r) => <circle key={`${x}-${r}`} cx={x} cy="38" r={r} />))}
    </svg>
  );
}
