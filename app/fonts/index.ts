import localFont from "next/font/local";

/*
 * The files hold what the shop shows and nothing else: Latin, and of the axes those that are used. They were cut with
 * subset-font 2.9.0 from @fontsource-variable/bricolage-grotesque 5.3.0 (latin-standard: wdth 100, wght 620; the
 * optical size stays variable) and instrument-sans 5.3.0 (latin-wght). They are not preloaded: a cached page brings its
 * sheet along, so the browser finds them at once, and the first picture comes before them; until then stand-ins.css.
 */

/** Headlines: tight and heavy at hero size, with an optical size. One weight: a second would double the file. */
export const display = localFont({
  src: "./bricolage-grotesque.woff2",
  weight: "200 800",
  variable: "--face-display",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  fallback: ["display like arial", "display like roboto", "display like dejavu"],
});

/** Everything that is read. */
export const text = localFont({
  src: "./instrument-sans.woff2",
  weight: "400 700",
  variable: "--face-text",
  display: "swap",
  preload: false,
  adjustFontFallback: false,
  fallback: ["text like arial", "text like roboto", "text like dejavu"],
});
