const steps = Array.from({ length: 17 }, (_, i) => i * 6);

/** Two gratings a few degrees apart: the brand's figure, drawn in the current colour. */
export function Gratings({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 96 96" className={className} stroke="currentColor" strokeWidth="2" aria-hidden="true">
      {["rotate(12 48 48)", "rotate(19 48 48)"].map((turn) => (
        <g key={turn} transform={turn}>
          {steps.map((x) => (
            <path key={x} d={`M${x} 14V82`} />
          ))}
        </g>
      ))}
    </svg>
  );
}
