import localFont from "next/font/local";

/** Headlines: tight and heavy at hero size, with an optical size and a width axis. */
export const display = localFont({
  src: "../../node_modules/@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-standard-normal.woff2",
  weight: "200 800",
  declarations: [{ prop: "font-stretch", value: "75% 100%" }],
  variable: "--face-display",
  display: "swap",
  adjustFontFallback: "Arial",
});

/** Everything that is read. */
export const text = localFont({
  src: "../../node_modules/@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2",
  weight: "400 700",
  variable: "--face-text",
  display: "swap",
  adjustFontFallback: "Arial",
});
