import { cx } from "./cx";
import { Gratings } from "./gratings";
import { renditionOf, renditionSet } from "./rendition";

/** The backdrops that a cut-out picture can stand on; the names are those of the tokens. */
export const BACKDROPS = ["cobalt", "vermilion", "saffron", "moss", "plum", "stone"] as const;
export type Backdrop = (typeof BACKDROPS)[number];

const grounds: Record<Backdrop, string> = {
  cobalt: "bg-cobalt",
  vermilion: "bg-vermilion",
  saffron: "bg-saffron",
  moss: "bg-moss",
  plum: "bg-plum",
  stone: "bg-stone",
};

const shapes = {
  square: "aspect-square",
  tall: "aspect-[4/5]",
  wide: "aspect-[3/2]",
  fill: "h-full",
} as const;

/** The backdrop of any stored name; stone where the name is not one of ours. */
export function backdropOf(name: string | null | undefined): Backdrop {
  return BACKDROPS.find((known) => known === name) ?? "stone";
}

/**
 * A product's picture on its backdrop. The cell has its size before the picture comes, so nothing shifts; the
 * backdrop itself is the placeholder. `sizes` is needed: say how wide the cell is at each width.
 */
export function Picture({
  src,
  alt,
  sizes,
  backdrop = "stone",
  shape = "square",
  fit = "contain",
  eager = false,
  late = false,
  grow = false,
  className,
}: {
  /** `/media/KEY`, or nothing where there is no picture yet. */
  src: string | null | undefined;
  alt: string;
  sizes: string;
  backdrop?: Backdrop;
  shape?: keyof typeof shapes;
  /** Cut-out pictures are contained; a photograph without a backdrop covers its cell. */
  fit?: "contain" | "cover";
  /** For the largest picture of the first screen only. */
  eager?: boolean;
  /** Behind another one: everything else comes first. */
  late?: boolean;
  grow?: boolean;
  className?: string;
}) {
  return (
    <span className={cx("relative block overflow-hidden", grounds[backdrop], shapes[shape], className)}>
      {src ? (
        // biome-ignore lint/performance/noImgElement: next/image's code and addresses weigh on every page; sizes are ours.
        <img
          src={renditionOf(src, 640)}
          srcSet={renditionSet(src, ...limitsOf(sizes))}
          sizes={sizes}
          alt={alt}
          loading={eager ? "eager" : "lazy"}
          decoding="async"
          fetchPriority={eager ? "high" : late ? "low" : undefined}
          className={cx(
            "absolute inset-0 size-full",
            fit === "cover" ? "object-cover" : "object-contain",
            grow && "grow",
          )}
        />
      ) : (
        <Missing alt={alt} />
      )}
    </span>
  );
}

/** Thumbnails have a size of their own and need no wide ones; what grows with the window needs no narrow ones. */
function limitsOf(sizes: string): [least: number, most: number] {
  return /vw/.test(sizes) ? [240, 1600] : [0, 360];
}

/** Where no picture is: the brand's figure, and in cells that are large enough the reason. */
function Missing({ alt }: { alt: string }) {
  return (
    <span className="@container block size-full">
      {alt && <span className="sr-only">{alt}</span>}
      <span aria-hidden="true" className="grid size-full place-content-center justify-items-center gap-3 p-1">
        <Gratings className="w-[30cqw] min-w-6 text-ink opacity-20" />
        <span className="hidden text-ink text-s @3xs:block">No picture yet</span>
      </span>
    </span>
  );
}

const dyes = {
  cobalt: "bg-dye-cobalt",
  vermilion: "bg-dye-vermilion",
  saffron: "bg-dye-saffron",
  moss: "bg-dye-moss",
  plum: "bg-dye-plum",
  ink: "bg-dye-ink",
} as const;
export type Dye = keyof typeof dyes;

/** Whether a colour's name is one of the shop's dyes. */
export const isDye = (name: string): name is Dye => name in dyes;

/** A colour of the goods as a dot. Decoration: the colour's name stands beside it or in the option. */
export function Swatch({ dye, size = "small" }: { dye: Dye; size?: "small" | "large" }) {
  return (
    <span
      aria-hidden="true"
      className={cx(
        "inline-block rounded-round hairline",
        size === "large" ? "size-4.5" : "size-3",
        dyes[dye],
      )}
    />
  );
}
