/** Widths, in pixels, in which stored pictures are served: the server makes each once, from `/media/WIDTHw/KEY`. */
export const WIDTHS = [96, 160, 240, 360, 480, 640, 768, 960, 1280, 1600] as const;

const MEDIA = "/media/";

/** The address of a stored picture (`/media/KEY`) at one of the widths. */
export function renditionOf(src: string, width: (typeof WIDTHS)[number]): string {
  return src.startsWith(MEDIA) ? `${MEDIA}${width}w/${src.slice(MEDIA.length)}` : src;
}

/** The `srcset` of a stored picture; `least` and `most` leave out what no window will ask for. */
export function renditionSet(src: string, least = 0, most = Number.POSITIVE_INFINITY): string {
  return WIDTHS.filter((width) => width >= least && width <= most)
    .map((width) => `${renditionOf(src, width)} ${width}w`)
    .join(", ");
}
