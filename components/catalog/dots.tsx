import { cx } from "@/components/ui/cx";
import { isDye, Swatch } from "@/components/ui/picture";

/** A colour of the goods: the house's dye where it is one, otherwise the colour that is stored. */
export function Dot({
  value,
  swatch,
  size = "small",
}: {
  value: string;
  swatch: string;
  size?: "small" | "large";
}) {
  const dye = value.toLowerCase();
  if (isDye(dye)) return <Swatch dye={dye} size={size} />;
  return (
    <span
      aria-hidden="true"
      style={{ backgroundColor: swatch }}
      className={cx("inline-block rounded-round hairline", size === "large" ? "size-4.5" : "size-3")}
    />
  );
}

const SHOWN = 5;

/** The colours of a product as a row of dots; their names are read out. */
export function Dots({
  swatches,
  className,
}: {
  swatches: readonly { value: string; swatch: string }[];
  className?: string;
}) {
  const more = swatches.length - SHOWN;
  return (
    <span className={cx("flex h-5 items-center gap-1.5", className)}>
      <span className="sr-only">In {swatches.map(({ value }) => value).join(", ")}</span>
      {swatches.slice(0, SHOWN).map(({ value, swatch }) => (
        <Dot key={value} value={value} swatch={swatch} />
      ))}
      {more > 0 && (
        <span aria-hidden="true" className="num text-xs text-quiet">
          +{more}
        </span>
      )}
    </span>
  );
}
